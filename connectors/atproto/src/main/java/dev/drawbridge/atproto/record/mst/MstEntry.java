package dev.drawbridge.atproto.record.mst;

import dev.drawbridge.atproto.record.cbor.Cid;

/// One leaf of the tree.
///
/// @param key `collection/rkey`
/// @param value the record's CID
public record MstEntry(String key, Cid value) {}
