package dev.drawbridge.atproto.record.block;

import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.Optional;

/// Where blocks of a repository are read from: a CAR file, a database, a map.
@FunctionalInterface
public interface BlockSource {
    /// The block's bytes, which hash to `cid`; empty if it is not there.
    Optional<byte[]> get(Cid cid);

    /// A source that has nothing.
    static BlockSource empty() {
        return cid -> Optional.empty();
    }

    /// Asks `this` first, then `other`.
    default BlockSource or(BlockSource other) {
        return cid -> get(cid).or(() -> other.get(cid));
    }
}
