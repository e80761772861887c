package dev.drawbridge.atproto.record.cbor;

/// How much a reader takes before it refuses.
///
/// @param maxBytes length of the whole input
/// @param maxDepth containers within containers
/// @param maxItems items of one array, fields of one map
/// @param maxKeyBytes length of one map key
public record CborLimits(int maxBytes, int maxDepth, int maxItems, int maxKeyBytes) {
    /// For a record: the 1,000,000 bytes that the event stream allows, and the advice of the data model for the rest.
    public static final CborLimits RECORD = new CborLimits(1_000_000, 64, 131_072, 8_192);

    /// For a frame of the event stream: 5,000,000 bytes.
    public static final CborLimits FRAME = new CborLimits(5_000_000, 64, 131_072, 8_192);
}
