package dev.drawbridge.activitypub.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.PausedHost;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostBreakerTest {
    private static final URI INBOX = URI.create("https://Down.example:8443/inbox");
    private final VirtualClock clock = new VirtualClock();
    private final HostBreaker breaker = new HostBreaker(clock);

    @Test
    void whoIsSparedIsShownUntilTheyAreTriedAgainOrAnswer() {
        breaker.silent(INBOX);
        breaker.silent(INBOX);
        assertThat(breaker.paused()).as("twice may be chance").isEmpty();
        breaker.silent(INBOX);
        assertThat(breaker.paused())
                .containsExactly(
                        new PausedHost("down.example:8443", 3, clock.instant().plus(Duration.ofMinutes(1))));
        URI worse = URI.create("https://worse.example/inbox");
        for (int i = 0; i < 5; i++) {
            breaker.silent(worse);
        }
        assertThat(breaker.paused()).extracting(PausedHost::host).containsExactly("worse.example", "down.example:8443");
        breaker.answered(worse);
        assertThat(breaker.paused()).extracting(PausedHost::host).containsExactly("down.example:8443");
        clock.advance(Duration.ofMinutes(1));
        assertThat(breaker.paused()).isEmpty();
    }
}
