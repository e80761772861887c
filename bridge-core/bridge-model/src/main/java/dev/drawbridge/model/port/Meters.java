package dev.drawbridge.model.port;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// What a connector shows an operator's monitoring, in numbers. Names are `stage.what`, in lower case; what a label
/// says must come from a small fixed set, never from others.
public interface Meters {
    /// Counts nothing.
    Meters NONE = new Meters() {
        @Override
        public Counter counter(String name, String description, String label, String value) {
            return () -> {};
        }

        @Override
        public void gauge(String name, String description, DoubleSupplier value) {}

        @Override
        public Stopwatch stopwatch(String name, String description) {
            return _ -> {};
        }
    };

    /// Only goes up. Asking for the same one again gives the same.
    ///
    /// @param label what kinds of it there are, as in `reason`
    /// @param value which of them this is
    Counter counter(String name, String description, String label, String value);

    /// Is read whenever somebody looks.
    void gauge(String name, String description, DoubleSupplier value);

    /// How long something takes.
    Stopwatch stopwatch(String name, String description);

    /// Safe from any thread.
    @FunctionalInterface
    interface Counter {
        void count();
    }

    /// Safe from any thread.
    @FunctionalInterface
    interface Stopwatch {
        void took(Duration time);
    }
}
