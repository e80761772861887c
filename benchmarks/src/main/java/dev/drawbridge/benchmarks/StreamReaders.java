package dev.drawbridge.benchmarks;

/// Those who read the event stream of a PDS while records are written.
interface StreamReaders extends AutoCloseable {
    /// How many messages they got since they began, all together.
    ///
    /// @throws IllegalStateException if one of them was cut off
    long received();

    @Override
    void close();
}
