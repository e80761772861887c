package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Network;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MicrometerMetersTest {
    private final MicrometerMeters meters = new MicrometerMeters();
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void whatWasMadeBeforeMonitoringIsThereIsShownToIt() {
        var size = new AtomicInteger(3);
        var nostr = meters.of(Network.NOSTR);
        var accepted = nostr.counter("relay.events", "what clients published", "reason", "accepted");
        var refused = nostr.counter("relay.events", "what clients published", "reason", "invalid");
        nostr.gauge("relay.connections", "open now", size::get);
        var publish = nostr.stopwatch("relay.publish", "until the answer");

        accepted.count();
        publish.took(Duration.ofSeconds(1));
        meters.showIn(prometheus);
        nostr.counter("relay.events", "what clients published", "reason", "accepted")
                .count();
        refused.count();
        publish.took(Duration.ofMillis(30));
        size.set(4);

        assertThat(prometheus.scrape())
                .contains("drawbridge_relay_events_total{network=\"nostr\",reason=\"accepted\"} 2.0")
                .contains("drawbridge_relay_events_total{network=\"nostr\",reason=\"invalid\"} 1.0")
                .contains("drawbridge_relay_connections{network=\"nostr\"} 4.0")
                .contains("drawbridge_relay_publish_seconds_bucket{network=\"nostr\",le=\"0.02\"} 0")
                .contains("drawbridge_relay_publish_seconds_bucket{network=\"nostr\",le=\"0.05\"} 1")
                .contains("drawbridge_relay_publish_seconds_count{network=\"nostr\"} 1");
    }

    @Test
    void eachNetworkCountsForItself() {
        meters.showIn(prometheus);
        meters.of(Network.NOSTR).counter("x.y", "d", "reason", "r").count();
        meters.of(Network.ATPROTO).counter("x.y", "d", "reason", "r");

        assertThat(prometheus.scrape())
                .contains("drawbridge_x_y_total{network=\"nostr\",reason=\"r\"} 1.0")
                .contains("drawbridge_x_y_total{network=\"atproto\",reason=\"r\"} 0.0");
    }
}
