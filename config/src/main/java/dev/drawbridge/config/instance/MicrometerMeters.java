package dev.drawbridge.config.instance;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Meters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// [Meters] on Micrometer. Connectors are there before the registry that monitoring asks: what they count until then is
/// shown once it is; how long something took before is not.
final class MicrometerMeters {
    private static final String PREFIX = "drawbridge.";

    /// Where the curve of a stopwatch has its steps.
    private static final Duration[] STEPS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(150),
        Duration.ofMillis(500),
        Duration.ofSeconds(2)
    };

    private final List<MeterBinder> meters = new ArrayList<>();
    private Optional<MeterRegistry> registry = Optional.empty();

    /// @param where the one registry of the instance
    synchronized void showIn(MeterRegistry where) {
        registry = Optional.of(where);
        meters.forEach(meter -> meter.bindTo(where));
    }

    private synchronized void add(MeterBinder meter) {
        meters.add(meter);
        registry.ifPresent(meter::bindTo);
    }

    /// Those of one network.
    Meters of(Network network) {
        return new OfNetwork(Tags.of("network", network.name()));
    }

    private final class OfNetwork implements Meters {
        private final Tags tags;
        private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

        private OfNetwork(Tags tags) {
            this.tags = tags;
        }

        @Override
        public Counter counter(String name, String description, String label, String value) {
            return counts.computeIfAbsent(name + ' ' + label + ' ' + value, _ -> {
                var count = new LongAdder();
                add(where -> FunctionCounter.builder(PREFIX + name, count, LongAdder::sum)
                        .description(description)
                        .tags(tags.and(label, value))
                        .register(where));
                return count;
            })::increment;
        }

        @Override
        public void gauge(String name, String description, DoubleSupplier value) {
            add(where -> Gauge.builder(PREFIX + name, value::getAsDouble)
                    .description(description)
                    .tags(tags)
                    .register(where));
        }

        @Override
        public Stopwatch stopwatch(String name, String description) {
            var timer = new AtomicReference<@Nullable Timer>();
            add(where -> timer.set(Timer.builder(PREFIX + name)
                    .description(description)
                    .tags(tags)
                    .serviceLevelObjectives(STEPS)
                    .register(where)));
            return time -> {
                Timer there = timer.get();
                if (there != null) {
                    there.record(time);
                }
            };
        }
    }
}
