package dev.drawbridge.config.instance;

import dev.drawbridge.config.http.Gate;
import dev.drawbridge.config.http.SocketMount;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.model.port.StoreUnavailableException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What an operator and their monitoring see: `/actuator/health` and `/actuator/prometheus`.
@Configuration(proxyBeanMethods = false)
class Insight {
    /// Serves, but an operator should look.
    private static final Status TROUBLED = new Status("TROUBLED");

    @Bean
    HealthIndicator brokerHealthIndicator(Parts parts) {
        return () -> upUnless(parts.broker()::trouble);
    }

    @Bean
    HealthIndicator storeHealthIndicator(Parts parts) {
        return () -> upUnless(parts.store()::trouble);
    }

    /// Ready is who has bots and takes events, not who merely answers.
    @Bean
    HealthIndicator gateHealth(Gate gate) {
        return () -> upUnless(() -> gate.isOpen() ? Optional.empty() : Optional.of("starting or stopping"));
    }

    /// A network in trouble does not take the others down with it.
    @Bean
    HealthIndicator networksHealthIndicator(Connectors connectors) {
        return () -> {
            var health = Health.up();
            for (var connector : connectors.all()) {
                List<String> troubles = connector.troubles();
                if (!troubles.isEmpty()) {
                    health.status(TROUBLED);
                }
                health.withDetail(connector.network().name(), troubles.isEmpty() ? "well" : troubles);
            }
            return health.build();
        };
    }

    private static Health upUnless(Supplier<Optional<String>> trouble) {
        return trouble.get()
                .map(reason -> Health.down().withDetail("reason", reason).build())
                .orElseGet(() -> Health.up().build());
    }

    @Bean
    MeterBinder bridgeMeters(Parts parts, Ports ports, Connectors connectors, SocketMount sockets) {
        return registry -> {
            parts.meters().showIn(registry);
            Gauge.builder("drawbridge.parked", ports, known(p -> p.parking().count()))
                    .description("deliveries that wait in the store")
                    .register(registry);
            Gauge.builder(
                            "drawbridge.dead.letters",
                            ports,
                            known(p -> p.deadLetters().count()))
                    .description("items that were given up")
                    .register(registry);
            Gauge.builder("drawbridge.sockets.open", sockets, SocketMount::size)
                    .description("WebSockets open to this instance")
                    .register(registry);
            queue(registry, parts, "inbox");
            connectors.networks().forEach(network -> queue(registry, parts, "outbox." + network.name()));
        };
    }

    private static void queue(io.micrometer.core.instrument.MeterRegistry registry, Parts parts, String queue) {
        Gauge.builder("drawbridge.queue.depth", parts.broker(), broker -> {
                    var depth = broker.depth(queue);
                    return depth.isPresent() ? depth.getAsLong() : Double.NaN;
                })
                .tag("queue", queue)
                .description("items that are ready and not yet done")
                .register(registry);
    }

    /// A store that does not answer leaves a gap in the curve instead of an error in the log.
    private static <T> ToDoubleFunction<T> known(ToDoubleFunction<T> count) {
        return what -> {
            try {
                return count.applyAsDouble(what);
            } catch (StoreUnavailableException e) {
                return Double.NaN;
            }
        };
    }
}
