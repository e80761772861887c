package dev.drawbridge.atproto.record.sync;

import java.util.Optional;

/// One binary WebSocket message of an event stream.
///
/// Spec: [Framing](https://atproto.com/specs/event-stream#framing)
public sealed interface Frame {
    /// An event of a repository.
    record Event(SyncEvent event) implements Frame {}

    /// `#info`: a notice about the stream, e.g. `OutdatedCursor`.
    record Info(String name, Optional<String> message) implements Frame {
        public static final String OUTDATED_CURSOR = "OutdatedCursor";
    }

    /// The sender ends the stream, e.g. for `FutureCursor` or `ConsumerTooSlow`.
    record Failure(String error, Optional<String> message) implements Frame {
        public static final String FUTURE_CURSOR = "FutureCursor";
        public static final String CONSUMER_TOO_SLOW = "ConsumerTooSlow";
    }

    /// An event of a type not known here: to be skipped.
    record Unknown(String type) implements Frame {}
}
