package dev.drawbridge.nostr.negentropy;

import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.negentropy.FrameReader.Refused;
import java.util.List;
import java.util.Optional;

/// One side's part in comparing two sets ([NIP-77](https://nips.nostr.com/77)). The [Initiator] asks and learns what
/// differs; the [Responder] only answers and remembers nothing between two messages.
public sealed interface Reconciliation {
    /// The first byte of every message: protocol version 1.
    int VERSION = 0x61;

    /// The least a message must be allowed to have, in bytes.
    int LEAST_FRAME = 4_096;

    /// What came of a message.
    sealed interface Step {
        /// @param next what to send now; empty when everything is known
        /// @param have ids the other side lacks; of a responder always empty
        /// @param need ids we lack; of a responder always empty
        record Progress(Optional<byte[]> next, List<EventId> have, List<EventId> need) implements Step {
            public Progress {
                have = List.copyOf(have);
                need = List.copyOf(need);
            }
        }

        /// The other side does not keep to the protocol.
        record Malformed(String detail) implements Step {}
    }

    /// Who starts.
    final class Initiator implements Reconciliation {
        private final ItemSet items;
        private final int limit;

        /// @param limit bytes of a message of ours; 0 for any size
        /// @throws IllegalArgumentException if `limit` is neither 0 nor at least [#LEAST_FRAME]
        public Initiator(ItemSet items, int limit) {
            this.items = items;
            this.limit = checked(limit);
        }

        /// The first message.
        public byte[] open() {
            var frame = new Frame(items, limit);
            frame.split(0, items.size(), Bound.END);
            frame.commit(items.size());
            return frame.bytes();
        }

        /// Takes an answer.
        public Step take(byte[] message) {
            var round = new Round(items, limit, true);
            try {
                return round.take(message);
            } catch (Refused e) {
                return new Step.Malformed(e.detail());
            }
        }
    }

    /// Who is asked.
    final class Responder implements Reconciliation {
        private final ItemSet items;
        private final int limit;

        /// @param limit bytes of a message of ours; 0 for any size
        /// @throws IllegalArgumentException if `limit` is neither 0 nor at least [#LEAST_FRAME]
        public Responder(ItemSet items, int limit) {
            this.items = items;
            this.limit = checked(limit);
        }

        /// Answers a message. There is always something to send, if only that there is nothing to say.
        public Step take(byte[] message) {
            var round = new Round(items, limit, false);
            try {
                return round.take(message);
            } catch (Refused e) {
                return new Step.Malformed(e.detail());
            }
        }
    }

    private static int checked(int limit) {
        if (limit != 0 && limit < LEAST_FRAME) {
            throw new IllegalArgumentException("a frame of " + limit + " bytes is too small");
        }
        return limit;
    }
}
