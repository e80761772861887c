package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.cbor.Cid;

/// A tree refers to a block that its source does not have. With a database that is our own corruption; with blocks from
/// the event stream it means that the sender left out a part of the proof.
public final class MissingBlock extends RuntimeException {
    private final Cid cid;

    public MissingBlock(Cid cid) {
        super("block " + cid + " is missing");
        this.cid = cid;
    }

    public Cid cid() {
        return cid;
    }
}
