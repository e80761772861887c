package dev.drawbridge.atproto.record.block;

import dev.drawbridge.atproto.record.cbor.Cid;
import java.util.List;

/// A CAR file in memory.
///
/// @param roots what the header names; the first is the commit in files of this network
public record CarFile(List<Cid> roots, BlockMap blocks) {
    public CarFile {
        roots = List.copyOf(roots);
    }
}
