package dev.drawbridge.nostr.negentropy;

/// An answer in the making: what is said range by range, within the size one message may have. What does not fit any
/// more is covered by one fingerprint, so that the next round goes on there.
final class Frame {
    /// Room for that last fingerprint and the bound before it.
    private static final int RESERVE = 200;

    private static final int BUCKETS = 16;

    private final ItemSet items;
    private final int limit;
    private final FrameWriter out = new FrameWriter().oneByte(Reconciliation.VERSION);

    /// The range that is being answered.
    private FrameWriter part = FrameWriter.after(out);

    /// Where what is said so far ends.
    private int said;

    private Bound agreedUntil = Bound.START;
    private boolean agreed;

    /// @param limit bytes; 0 for any size
    Frame(ItemSet items, int limit) {
        this.items = items;
        this.limit = limit;
    }

    /// Nothing is left to say about what lies below `end`.
    void agree(Bound end) {
        agreed = true;
        agreedUntil = end;
    }

    private void sayWhatIsAgreed() {
        if (agreed) {
            agreed = false;
            part.range(agreedUntil, Mode.SKIP);
        }
    }

    /// Says what lies between `from` and `to`: the ids if they are few, else a fingerprint for each sixteenth.
    void split(int from, int to, Bound end) {
        sayWhatIsAgreed();
        int count = to - from;
        if (count < BUCKETS * 2) {
            list(from, to, end);
            return;
        }
        int start = from;
        for (int i = 0; i < BUCKETS; i++) {
            int next = start + count / BUCKETS + (i < count % BUCKETS ? 1 : 0);
            part.range(next == to ? end : Bound.between(items, next - 1, next), Mode.FINGERPRINT)
                    .raw(items.fingerprint(start, next));
            start = next;
        }
    }

    /// Lists the ids between `from` and `to`, as many as there is room for.
    ///
    /// @return where the list ends
    int listAll(int from, int to, Bound end) {
        sayWhatIsAgreed();
        int room = limit == 0 ? Integer.MAX_VALUE : Math.max(0, limit - RESERVE - out.size() - part.size());
        int until = (int) Math.min(to, from + (long) room / ItemSet.ID);
        if (until == to) {
            list(from, to, end);
        } else if (until > from) {
            list(from, until, new Bound(items.createdAt(until), items.id(until)));
        }
        return until;
    }

    private void list(int from, int to, Bound end) {
        part.range(end, Mode.ID_LIST).varint(to - from);
        for (int i = from; i < to; i++) {
            part.raw(items.id(i));
        }
    }

    /// Ends a range.
    ///
    /// @param until the item it ends at
    /// @return whether there is room for more
    boolean commit(int until) {
        if (limit > 0 && out.size() + part.size() > limit - RESERVE / 2) {
            return false;
        }
        if (part.size() > 0) {
            out.append(part);
            part = FrameWriter.after(out);
            said = until;
        }
        return true;
    }

    /// Covers everything that is not said yet.
    void coverTheRest() {
        out.range(Bound.END, Mode.FINGERPRINT).raw(items.fingerprint(said, items.size()));
    }

    boolean isEmpty() {
        return out.size() == 1;
    }

    byte[] bytes() {
        return out.bytes();
    }
}
