package dev.drawbridge.atproto.record.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.drawbridge.atproto.record.FixedKeys;
import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.Vectors;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.CarFile;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.mst.MissingBlock;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.mst.NodeParts;
import dev.drawbridge.atproto.record.repo.SignedCommit;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Bytes of strangers are either read or refused as malformed, whatever is in them; nothing else is thrown, and what is
/// read is written again as it was.
///
/// What is begun with is kept in `src/test/resources/fuzz`, one folder for each decoder; what breaks one belongs there.
/// `-Dfuzz.seconds` is how long all of them together take, `-Dfuzz.seed` repeats a run.
class DecoderFuzzTest {
    private static final Duration TIME =
            Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 20)).dividedBy(5);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final JsonNode golden = Vectors.own("repo.json");
    private final DidKey key = DidKey.parse(golden.get("signingDidKey").asString());

    @Test
    void dagCbor() {
        List<byte[]> corpus = corpus("cbor");
        cars().forEach(car -> car.blocks().forEach((_, bytes) -> corpus.add(bytes)));
        fuzz(corpus, bytes -> assertThat(DagCbor.encode(DagCbor.decode(bytes))).isEqualTo(bytes));
    }

    @Test
    void carFiles() {
        List<byte[]> corpus = corpus("car");
        corpus.addAll(carBytes());
        fuzz(corpus, bytes -> {
            CarFile car = CarReader.read(bytes, CarLimits.COMMIT);
            car.blocks().forEach((cid, block) -> assertThat(cid.matches(block)).isTrue());
        });
    }

    @Test
    void treeNodes() {
        List<byte[]> corpus = corpus("node");
        cars().forEach(car -> car.blocks().forEach((_, bytes) -> {
            if (isNode(bytes)) {
                corpus.add(bytes);
            }
        }));
        fuzz(corpus, bytes -> {
            NodeParts.of(bytes);
            BlockMap one = new BlockMap().put(Cid.ofCbor(bytes), bytes);
            Mst tree = Mst.load(one, Cid.ofCbor(bytes));
            tree.get("app.bsky.feed.post/3lh6bhzlfzk2k");
            tree.from("").forEachRemaining(entry -> assertThat(entry.key()).isNotEmpty());
        });
    }

    private static boolean isNode(byte[] bytes) {
        try {
            return !NodeParts.of(bytes).isEmpty();
        } catch (MalformedData e) {
            return false;
        }
    }

    @Test
    void frames() {
        List<byte[]> corpus = corpus("frame");
        corpus.addAll(frameBytes());
        fuzz(corpus, bytes -> {
            Frame frame = FrameCodec.decode(bytes);
            encoded(frame)
                    .ifPresent(again -> assertThat(FrameCodec.decode(again)).isEqualTo(frame));
        });
    }

    private static Optional<byte[]> encoded(Frame frame) {
        return switch (frame) {
            case Frame.Event(var event) -> Optional.of(FrameCodec.encode(event));
            case Frame.Info info -> Optional.of(FrameCodec.encode(info));
            case Frame.Failure failure -> Optional.of(FrameCodec.encode(failure));
            case Frame.Unknown _ -> Optional.empty();
        };
    }

    @Test
    void commits() {
        List<byte[]> corpus = corpus("commit");
        corpus.addAll(carBytes());
        CommitVerifier verifier = new CommitVerifier(FixedKeys.verifier());
        List<CommitEvent> events = events();
        Random random = new Random(SEED);
        fuzz(corpus, bytes -> {
            CommitEvent sound = events.get(random.nextInt(events.size()));
            CommitEvent event = new CommitEvent(
                    1,
                    sound.did(),
                    sound.time(),
                    sound.rev(),
                    sound.since(),
                    sound.commit(),
                    sound.prevData(),
                    sound.ops(),
                    bytes);
            assertThat(verifier.verify(event, key, Optional.empty(), NOW)).isNotNull();
            CarReader.read(bytes, CarLimits.COMMIT).blocks().forEach((_, block) -> read(block));
        });
    }

    private static void read(byte[] block) {
        try {
            SignedCommit commit = SignedCommit.parse(block);
            assertThat(commit.bytes()).isEqualTo(block);
        } catch (MalformedData e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    private List<byte[]> carBytes() {
        List<byte[]> found = new ArrayList<>();
        for (JsonNode commit : golden.get("commits")) {
            if (commit.has("carB64")) {
                found.add(Base64.getDecoder().decode(commit.get("carB64").asString()));
            }
        }
        return found;
    }

    private List<CarFile> cars() {
        return carBytes().stream()
                .map(bytes -> CarReader.read(bytes, CarLimits.COMMIT))
                .toList();
    }

    private List<CommitEvent> events() {
        Did did = new Did(golden.get("did").asString());
        List<CommitEvent> found = new ArrayList<>();
        for (JsonNode commit : golden.get("commits")) {
            if (commit.has("carB64")) {
                found.add(new CommitEvent(
                        1,
                        did,
                        NOW,
                        new Tid(commit.get("rev").asString()),
                        Optional.of(new Tid(commit.get("since").asString())),
                        Cid.parse(commit.get("cid").asString()),
                        Optional.of(Cid.parse(commit.get("prevData").asString())),
                        List.of(),
                        Base64.getDecoder().decode(commit.get("carB64").asString())));
            }
        }
        return found;
    }

    private List<byte[]> frameBytes() {
        List<byte[]> found = new ArrayList<>();
        events().forEach(event -> found.add(FrameCodec.encode(event)));
        found.add(FrameCodec.encode(new Frame.Info(Frame.Info.OUTDATED_CURSOR, Optional.of("late"))));
        found.add(FrameCodec.encode(new Frame.Failure(Frame.Failure.FUTURE_CURSOR, Optional.empty())));
        return found;
    }

    private static void fuzz(List<byte[]> corpus, Consumer<byte[]> decoder) {
        corpus.forEach(bytes -> once(bytes, decoder));
        Mutator mutator = new Mutator(new Random(SEED), corpus);
        long end = System.nanoTime() + TIME.toNanos();
        int tried = 0;
        do {
            once(mutator.next(), decoder);
            tried++;
        } while (System.nanoTime() < end);
        assertThat(tried).isPositive();
    }

    private static void once(byte[] bytes, Consumer<byte[]> decoder) {
        try {
            decoder.accept(bytes.clone());
        } catch (MalformedData | MissingBlock e) {
            // Refused, as it should be.
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            fail("with -Dfuzz.seed=" + SEED + " at " + HexFormat.of().formatHex(bytes), e);
        }
    }

    private static List<byte[]> corpus(String decoder) {
        try (Stream<Path> files =
                Files.list(Path.of(Objects.requireNonNull(DecoderFuzzTest.class.getResource("/fuzz/" + decoder))
                        .toURI()))) {
            List<byte[]> found = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                found.add(HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", "")));
            }
            assertThat(found).isNotEmpty();
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
