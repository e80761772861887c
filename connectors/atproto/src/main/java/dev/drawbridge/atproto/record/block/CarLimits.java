package dev.drawbridge.atproto.record.block;

/// How much a reader of CAR files takes before it refuses.
///
/// @param maxBytes length of the whole file
/// @param maxBlocks number of blocks, repeated ones included
/// @param maxBlockBytes length of one block
public record CarLimits(long maxBytes, int maxBlocks, int maxBlockBytes) {
    /// For the blocks of one commit on the event stream: 2,000,000 bytes, records of 1,000,000.
    public static final CarLimits COMMIT = new CarLimits(2_000_000, 20_000, 1_000_000);

    /// For a whole repository that is kept in memory.
    public static final CarLimits REPOSITORY = new CarLimits(256L << 20, 4_000_000, 1_000_000);
}
