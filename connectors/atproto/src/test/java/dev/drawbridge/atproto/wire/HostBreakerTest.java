package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.model.spi.PausedHost;
import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostBreakerTest {
    private final VirtualClock clock = new VirtualClock();
    private final HostBreaker breaker = new HostBreaker(clock);
    private final List<String> asked = new ArrayList<>();

    private Duration silent(String host, Optional<Duration> asks) {
        Unavailable failure = catchThrowableOfType(
                Unavailable.class,
                () -> breaker.ask(host, () -> {
                    asked.add(host);
                    throw new Unavailable("no answer", asks);
                }));
        return failure.retryAfter().orElseThrow();
    }

    private String answers(String host) {
        return breaker.ask(host, () -> {
            asked.add(host);
            return "answer";
        });
    }

    @Test
    void aSilentHostIsAskedSeldomerAndOthersAsEver() {
        assertThat(silent("slow.test", Optional.empty())).isEqualTo(Duration.ofSeconds(5));
        assertThat(silent("slow.test", Optional.empty())).isEqualTo(Duration.ofSeconds(5));
        assertThat(asked).as("it was not asked again").hasSize(1);
        assertThat(answers("good.test")).isEqualTo("answer");
        clock.advance(Duration.ofSeconds(5));
        assertThat(silent("slow.test", Optional.empty())).isEqualTo(Duration.ofSeconds(10));
        assertThat(asked).containsExactly("slow.test", "good.test", "slow.test");
        for (int i = 0; i < 9; i++) {
            clock.advance(Duration.ofHours(1));
            silent("slow.test", Optional.empty());
        }
        clock.advance(Duration.ofMinutes(6));
        assertThat(answers("slow.test")).isEqualTo("answer");
        assertThat(silent("slow.test", Optional.empty()))
                .as("from the beginning")
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whoAsksForPatienceHasIt() {
        assertThat(silent("busy.test", Optional.of(Duration.ofMinutes(30)))).isEqualTo(Duration.ofMinutes(30));
        clock.advance(Duration.ofMinutes(29));
        assertThat(silent("busy.test", Optional.empty())).isEqualTo(Duration.ofMinutes(1));
        assertThat(asked).hasSize(1);
    }

    @Test
    void whoIsSparedIsShownUntilTheyAreAskedAgain() {
        assertThat(breaker.paused()).isEmpty();
        silent("slow.test", Optional.empty());
        clock.advance(Duration.ofSeconds(5));
        silent("slow.test", Optional.empty());
        silent("busy.test", Optional.of(Duration.ofSeconds(8)));
        assertThat(breaker.paused())
                .containsExactly(
                        new PausedHost("slow.test", 2, clock.instant().plusSeconds(10)),
                        new PausedHost("busy.test", 1, clock.instant().plusSeconds(8)));
        clock.advance(Duration.ofSeconds(9));
        assertThat(breaker.paused()).extracting(PausedHost::host).containsExactly("slow.test");
        clock.advance(Duration.ofSeconds(1));
        assertThat(breaker.paused()).isEmpty();
        for (int i = 0; i < 250; i++) {
            silent("host" + i + ".test", Optional.empty());
        }
        assertThat(breaker.paused()).hasSize(200);
    }

    @Test
    void onlyOneTriesWhetherItIsBack() {
        silent("slow.test", Optional.empty());
        clock.advance(Duration.ofSeconds(6));
        breaker.ask("slow.test", () -> {
            silent("slow.test", Optional.empty());
            return "answer";
        });
        assertThat(asked).hasSize(1);
        assertThat(answers("slow.test")).isEqualTo("answer");
    }
}
