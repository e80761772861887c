package dev.drawbridge.atproto.record.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.FixedKeys;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.CarFile;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.mst.MissingBlock;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.mst.NodeParts;
import dev.drawbridge.atproto.record.repo.SignedCommit;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What reads bytes of strangers, and what holds of all that it reads.
enum Decoder {
    /// What is read is written again byte for byte: there is one form of everything.
    CBOR {
        @Override
        void read(byte[] bytes) {
            assertThat(DagCbor.encode(DagCbor.decode(bytes))).isEqualTo(bytes);
        }

        @Override
        List<byte[]> golden(GoldenRepo repo) {
            return repo.blocks();
        }
    },

    /// Each block is what its name says.
    CAR {
        @Override
        void read(byte[] bytes) {
            CarFile car = CarReader.read(bytes, CarLimits.COMMIT);
            car.blocks().forEach((cid, block) -> assertThat(cid.matches(block)).isTrue());
        }

        @Override
        List<byte[]> golden(GoldenRepo repo) {
            return repo.cars();
        }
    },

    /// A node of a tree can be asked and walked, whatever its neighbours are.
    NODE {
        @Override
        void read(byte[] bytes) {
            NodeParts.of(bytes);
            BlockMap one = new BlockMap().put(Cid.ofCbor(bytes), bytes);
            Mst tree = Mst.load(one, Cid.ofCbor(bytes));
            tree.get("app.bsky.feed.post/3lh6bhzlfzk2k");
            tree.from("").forEachRemaining(entry -> assertThat(entry.key()).isNotEmpty());
        }

        @Override
        List<byte[]> golden(GoldenRepo repo) {
            return repo.blocks().stream().filter(Decoder::isNode).toList();
        }
    },

    /// A frame of the event stream means the same when it is written again.
    FRAME {
        @Override
        void read(byte[] bytes) {
            Frame frame = FrameCodec.decode(bytes);
            encoded(frame)
                    .ifPresent(again -> assertThat(FrameCodec.decode(again)).isEqualTo(frame));
        }

        @Override
        List<byte[]> golden(GoldenRepo repo) {
            return repo.frames();
        }
    },

    /// The blocks of a commit, behind one byte that says which commit of the golden repository they claim to be.
    COMMIT {
        @Override
        void read(byte[] bytes) {
            if (bytes.length == 0) {
                return;
            }
            List<CommitEvent> events = GoldenRepo.get().events();
            byte[] blocks = Arrays.copyOfRange(bytes, 1, bytes.length);
            CommitEvent claimed = GoldenRepo.with(events.get((bytes[0] & 0xff) % events.size()), blocks);
            assertThat(VERIFIER.verify(claimed, GoldenRepo.get().key(), Optional.empty(), NOW))
                    .isNotNull();
            CarReader.read(blocks, CarLimits.COMMIT).blocks().forEach((_, block) -> signed(block));
        }

        @Override
        List<byte[]> golden(GoldenRepo repo) {
            return repo.cars().stream()
                    .map(car -> claiming(repo.cars().indexOf(car), car))
                    .toList();
        }
    };

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final CommitVerifier VERIFIER = new CommitVerifier(FixedKeys.verifier());

    /// @throws MalformedData or MissingBlock to refuse; anything else is a defect
    abstract void read(byte[] bytes);

    /// Sound input to begin with.
    abstract List<byte[]> golden(GoldenRepo repo);

    /// Fails when these bytes are neither read nor refused.
    void check(byte[] bytes) {
        try {
            read(bytes.clone());
        } catch (MalformedData | MissingBlock refused) {
            saysWhy(refused);
        }
    }

    /// The folder of its corpus.
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isNode(byte[] bytes) {
        try {
            return !NodeParts.of(bytes).isEmpty();
        } catch (MalformedData e) {
            return false;
        }
    }

    private static Optional<byte[]> encoded(Frame frame) {
        return switch (frame) {
            case Frame.Event(var event) -> Optional.of(FrameCodec.encode(event));
            case Frame.Info info -> Optional.of(FrameCodec.encode(info));
            case Frame.Failure failure -> Optional.of(FrameCodec.encode(failure));
            case Frame.Unknown _ -> Optional.empty();
        };
    }

    private static void signed(byte[] block) {
        try {
            assertThat(SignedCommit.parse(block).bytes()).isEqualTo(block);
        } catch (MalformedData e) {
            saysWhy(e);
        }
    }

    /// In words: names of blocks are letters by chance, and may well spell something.
    private static void saysWhy(RuntimeException refused) {
        assertThat(refused.getMessage()).isNotBlank().doesNotContainPattern("\\bnull\\b");
    }

    private static byte[] claiming(int commit, byte[] car) {
        byte[] all = new byte[car.length + 1];
        all[0] = (byte) commit;
        System.arraycopy(car, 0, all, 1, car.length);
        return all;
    }
}
