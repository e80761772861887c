package dev.drawbridge.atproto.record.fuzz;

import dev.drawbridge.atproto.record.Vectors;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A repository made with the reference, as the bytes that a stranger would send of it.
///
/// @param key what its commits are signed with
/// @param cars the blocks of each commit
/// @param events each commit as an event, in the same order
record GoldenRepo(DidKey key, List<byte[]> cars, List<CommitEvent> events) {
    private static final Instant TIME = Instant.parse("2026-03-01T00:00:00Z");
    private static final GoldenRepo ONE = read();

    static GoldenRepo get() {
        return ONE;
    }

    List<byte[]> blocks() {
        List<byte[]> found = new ArrayList<>();
        cars.forEach(car -> CarReader.read(car, CarLimits.COMMIT).blocks().forEach((_, block) -> found.add(block)));
        return found;
    }

    List<byte[]> frames() {
        List<byte[]> found = new ArrayList<>();
        events.forEach(event -> found.add(FrameCodec.encode(event)));
        found.add(FrameCodec.encode(new Frame.Info(Frame.Info.OUTDATED_CURSOR, Optional.of("late"))));
        found.add(FrameCodec.encode(new Frame.Failure(Frame.Failure.FUTURE_CURSOR, Optional.empty())));
        return found;
    }

    /// The same event with other blocks.
    static CommitEvent with(CommitEvent event, byte[] blocks) {
        return new CommitEvent(
                event.seq(),
                event.did(),
                event.time(),
                event.rev(),
                event.since(),
                event.commit(),
                event.prevData(),
                event.ops(),
                blocks);
    }

    private static GoldenRepo read() {
        JsonNode golden = Vectors.own("repo.json");
        Did did = new Did(golden.get("did").asString());
        List<byte[]> cars = new ArrayList<>();
        List<CommitEvent> events = new ArrayList<>();
        for (JsonNode commit : golden.get("commits")) {
            if (commit.has("carB64")) {
                byte[] car = Base64.getDecoder().decode(commit.get("carB64").asString());
                cars.add(car);
                events.add(new CommitEvent(
                        1,
                        did,
                        TIME,
                        new Tid(commit.get("rev").asString()),
                        Optional.of(new Tid(commit.get("since").asString())),
                        Cid.parse(commit.get("cid").asString()),
                        Optional.of(Cid.parse(commit.get("prevData").asString())),
                        List.of(),
                        car));
            }
        }
        return new GoldenRepo(DidKey.parse(golden.get("signingDidKey").asString()), cars, events);
    }
}
