package dev.drawbridge.nostr.negentropy;

import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.negentropy.FrameReader.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One message and its answer.
final class Round {
    private final ItemSet items;
    private final boolean initiator;
    private final Frame frame;
    private final List<EventId> have = new ArrayList<>();
    private final List<EventId> need = new ArrayList<>();

    Round(ItemSet items, int limit, boolean initiator) {
        this.items = items;
        this.initiator = initiator;
        this.frame = new Frame(items, limit);
    }

    Reconciliation.Step take(byte[] message) {
        var in = new FrameReader(message);
        int version = in.oneByte();
        if ((version & 0xf0) != 0x60) {
            throw new Refused("not a negentropy message");
        }
        if (version == Reconciliation.VERSION) {
            ranges(in);
        } else if (initiator) {
            throw new Refused("the other side speaks version " + (version & 0x0f));
        }
        boolean done = initiator && frame.isEmpty();
        return new Reconciliation.Step.Progress(done ? Optional.empty() : Optional.of(frame.bytes()), have, need);
    }

    private void ranges(FrameReader in) {
        int from = 0;
        while (!in.atEnd()) {
            Bound end = in.bound();
            Mode mode = in.mode();
            int to = items.lowerBound(from, end);
            int answered = switch (mode) {
                case SKIP -> agree(to, end);
                case FINGERPRINT -> compare(in.raw(ItemSet.FINGERPRINT), from, to, end);
                case ID_LIST -> ids(in.ids(), from, to, end);
            };
            if (!frame.commit(answered) || answered < to) {
                frame.coverTheRest();
                return;
            }
            from = to;
        }
    }

    private int agree(int to, Bound end) {
        frame.agree(end);
        return to;
    }

    private int compare(byte[] theirs, int from, int to, Bound end) {
        if (Arrays.equals(theirs, items.fingerprint(from, to))) {
            return agree(to, end);
        }
        frame.split(from, to, end);
        return to;
    }

    /// Only the initiator compares; the responder says what it has.
    private int ids(Set<EventId> theirs, int from, int to, Bound end) {
        return initiator ? learn(theirs, from, to, end) : frame.listAll(from, to, end);
    }

    private int learn(Set<EventId> theirs, int from, int to, Bound end) {
        for (int i = from; i < to; i++) {
            EventId mine = items.eventId(i);
            if (!theirs.remove(mine)) {
                have.add(mine);
            }
        }
        need.addAll(theirs);
        return agree(to, end);
    }
}
