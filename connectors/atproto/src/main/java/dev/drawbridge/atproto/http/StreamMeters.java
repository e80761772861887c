package dev.drawbridge.atproto.http;

import dev.drawbridge.model.port.Meters;
import java.util.function.DoubleSupplier;

/// The readers of our event stream in numbers, for whoever runs it.
final class StreamMeters {
    private final Meters.Counter cut;
    private final Meters.Counter refused;

    /// @param lag how many events the slowest reader is behind
    StreamMeters(Meters meters, DoubleSupplier readers, DoubleSupplier lag) {
        String what = "readers of the event stream that were ended by us";
        cut = meters.counter("stream.cut", what, "reason", "too-slow");
        refused = meters.counter("stream.cut", what, "reason", "too-many");
        meters.gauge("stream.readers", "readers of the event stream", readers);
        meters.gauge("stream.lag", "events the slowest reader is behind", lag);
    }

    void cut() {
        cut.count();
    }

    void refused() {
        refused.count();
    }
}
