package dev.drawbridge.atproto.record.fuzz;

/// A decoder with a defect that guesses alone would not find in the time: four comparisons, one after the other.
public final class BrokenTarget {
    private BrokenTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length > 3 && bytes[0] == 'c' && bytes[1] == 'b' && bytes[2] == 'o' && bytes[3] == 'r') {
            throw new IllegalStateException("found");
        }
    }
}
