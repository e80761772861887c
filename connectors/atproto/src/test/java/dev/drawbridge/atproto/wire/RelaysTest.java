package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RelaysTest {
    private final VirtualClock clock = new VirtualClock();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private final OutboundHttp web = request -> {
        asked.add(request.uri() + " " + new String(request.body(), StandardCharsets.UTF_8));
        return new OutboundHttp.Answer(status, Map.of(), "HostBanned".getBytes(StandardCharsets.UTF_8), request.uri());
    };

    private Relays relays(String... addresses) {
        List<URI> uris = List.of(addresses).stream().map(URI::create).toList();
        return new Relays(uris, "at.bridge.org", new HostClient(web), clock);
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(asked.poll(30, TimeUnit.SECONDS), "no request");
    }

    private static void until(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void afterAWriteEveryRelayIsAskedOnceInAWhile() throws Exception {
        Relays relays = relays("https://one.test", "https://two.test/");
        relays.written();
        relays.written();
        assertThat(next())
                .isEqualTo("https://one.test/xrpc/com.atproto.sync.requestCrawl {\"hostname\":\"at.bridge.org\"}");
        assertThat(next()).startsWith("https://two.test/xrpc/");
        clock.advance(Duration.ofMinutes(19));
        relays.written();
        clock.advance(Duration.ofMinutes(1));
        relays.written();
        assertThat(next()).startsWith("https://one.test/xrpc/");
        assertThat(next()).startsWith("https://two.test/xrpc/");
        assertThat(asked).isEmpty();
        assertThat(relays.refusals()).isEmpty();
    }

    @Test
    void aRefusalIsKeptForTheOperatorUntilItEnds() throws Exception {
        Relays relays = relays("https://one.test");
        status = 400;
        relays.written();
        until(() -> !relays.refusals().isEmpty());
        assertThat(relays.refusals()).singleElement().asString().contains("https://one.test", "HostBanned");
        status = 503;
        clock.advance(Duration.ofMinutes(20));
        relays.written();
        until(() -> relays.refusals().getFirst().contains("503"));
        status = 200;
        clock.advance(Duration.ofMinutes(20));
        relays.written();
        until(() -> relays.refusals().isEmpty());
    }

    @Test
    void withoutRelaysNobodyIsAsked() {
        relays().written();
        assertThat(asked).isEmpty();
    }
}
