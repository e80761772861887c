package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.store.Sequencer;
import dev.drawbridge.atproto.store.StoredEvent;
import dev.drawbridge.model.spi.SocketPeer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// One reader of the event stream. It pulls: whoever reads slowly gets the same events later from the log, and costs no
/// more than [#MAX_PENDING] bytes of memory.
///
/// Spec: [Sequence numbers and cursors](https://atproto.com/specs/event-stream#sequence-numbers),
/// lexicon `com.atproto.sync.subscribeRepos`
final class Subscription {
    /// What may wait for a slow reader before we stop sending, in bytes.
    static final long MAX_PENDING = 4L << 20;

    /// RFC 6455: the other side broke a rule.
    static final int POLICY = 1008;

    private static final int BATCH = 100;

    private final Sequencer events;
    private final SocketPeer peer;
    private final InstantSource clock;
    private final Duration patience;
    private long position;
    private Optional<Instant> stalledSince = Optional.empty();
    private boolean tooSlow;

    /// What to do after a step.
    enum Next {
        GO_ON,
        WAIT_FOR_EVENTS,
        WAIT_FOR_READER,
        OVER
    }

    /// @param patience how long a reader may take nothing at all
    Subscription(Sequencer events, SocketPeer peer, InstantSource clock, Duration patience) {
        this.events = events;
        this.peer = peer;
        this.clock = clock;
        this.patience = patience;
    }

    /// Finds the place to begin.
    ///
    /// @param cursor the last event the reader has; empty to begin now
    Next begin(Optional<String> cursor) {
        long latest = events.latest();
        if (cursor.isEmpty()) {
            position = latest;
            return Next.GO_ON;
        }
        if (!cursor.get().matches("\\d{1,16}")) {
            return fail("InvalidRequest", "Error: cursor must be a number");
        }
        long asked = Long.parseLong(cursor.get());
        if (asked > latest) {
            return fail(Frame.Failure.FUTURE_CURSOR, "Cursor in the future.");
        }
        long gone = events.prunedUpTo();
        if (asked > 0 && asked < gone) {
            peer.send(FrameCodec.encode(new Frame.Info(
                    Frame.Info.OUTDATED_CURSOR,
                    Optional.of("Requested cursor exceeded limit. Possibly missing events"))));
        }
        position = asked;
        return Next.GO_ON;
    }

    /// The number of the last event that was sent.
    long position() {
        return position;
    }

    /// Sends what there is and what the reader has room for.
    Next step() {
        if (peer.pending() > MAX_PENDING) {
            return stalled();
        }
        stalledSince = Optional.empty();
        List<StoredEvent> batch = events.read(position, BATCH);
        for (StoredEvent event : batch) {
            peer.send(event.frame());
            position = event.seq();
            if (peer.pending() > MAX_PENDING) {
                return Next.WAIT_FOR_READER;
            }
        }
        return batch.isEmpty() ? Next.WAIT_FOR_EVENTS : Next.GO_ON;
    }

    private Next stalled() {
        Instant now = clock.instant();
        Instant since = stalledSince.orElse(now);
        stalledSince = Optional.of(since);
        tooSlow = now.isAfter(since.plus(patience));
        return tooSlow ? fail(Frame.Failure.CONSUMER_TOO_SLOW, "Stream consumer too slow") : Next.WAIT_FOR_READER;
    }

    /// Whether the reader was given up because it took nothing.
    boolean tooSlow() {
        return tooSlow;
    }

    private Next fail(String error, String message) {
        peer.send(FrameCodec.encode(new Frame.Failure(error, Optional.of(message))));
        peer.close(POLICY, error);
        return Next.OVER;
    }
}
