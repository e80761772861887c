package dev.drawbridge.atproto.record.fuzz;

/// What the fuzzer calls, in a process of its own.
public final class DecoderTarget {
    private static Decoder decoder = Decoder.CBOR;

    private DecoderTarget() {}

    /// @param arguments the name of a decoder
    public static void fuzzerInitialize(String[] arguments) {
        decoder = Decoder.valueOf(arguments[0]);
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        decoder.check(bytes);
    }
}
