package dev.drawbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnocksTest {
    private static final Optional<String> OP = Optional.of("op");
    private final VirtualClock clock = new VirtualClock();
    private final Knocks knocks = new Knocks(5, Duration.ofMinutes(1), clock);

    @Test
    void whoKnowsANameDoesNotLockItsOwnerOut() {
        assertThat(knocks.take("203.0.113.1", OP)).isTrue();
        knocks.cameIn("203.0.113.1", OP);
        int strangers = 0;
        while (knocks.take("198.51.100." + strangers, OP)) {
            strangers++;
        }
        assertThat(strangers).isEqualTo(19);
        assertThat(knocks.take("192.0.2.1", OP)).isFalse();
        assertThat(knocks.take("192.0.2.1", Optional.of("other"))).isTrue();
        assertThat(knocks.take("203.0.113.1", OP)).as("where they came in from").isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(knocks.take("192.0.2.2", OP)).isTrue();
        assertThat(knocks.take("192.0.2.3", OP)).isFalse();
    }

    @Test
    void whoDrainsEverybodysTurnsDoesNotKeepOutWhoCameInLately() {
        knocks.cameIn("203.0.113.1", Optional.empty());
        clock.advance(Duration.ofDays(20));
        knocks.cameIn("203.0.113.1", Optional.empty());
        clock.advance(Duration.ofDays(20));
        int strangers = 0;
        while (knocks.take("198.51." + strangers / 250 + "." + strangers % 250, Optional.empty())) {
            strangers++;
        }
        assertThat(strangers).isEqualTo(300);
        assertThat(knocks.take("192.0.2.1", Optional.empty())).isFalse();
        assertThat(knocks.take("203.0.113.1", Optional.empty()))
                .as("came in lately, renewed since")
                .isTrue();
        assertThat(knocks.take("203.0.113.1", OP)).as("not as that one").isFalse();
        clock.advance(Duration.ofMillis(200));
        assertThat(knocks.take("192.0.2.1", Optional.empty())).isTrue();
    }

    @Test
    void whatIsKnownIsForgottenAfterAMonth() {
        knocks.cameIn("203.0.113.1", Optional.empty());
        clock.advance(Duration.ofDays(31));
        for (int i = 0; i < 300; i++) {
            knocks.take("198.51." + i / 250 + "." + i % 250, Optional.empty());
        }
        assertThat(knocks.take("203.0.113.1", Optional.empty())).isFalse();
    }

    @Test
    void oneCustomerDoesNotUseUpTheTurnsOfAll() {
        int taken = 0;
        for (int line = 0; line < 400; line++) {
            taken += knocks.take("2001:db8:1:" + Integer.toHexString(line) + "::1", Optional.empty()) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(40);
        assertThat(knocks.take("2001:db8:2::1", Optional.empty())).isTrue();
    }

    @Test
    void whoComesInHasNoTurnMoreForIt() {
        for (int i = 0; i < 5; i++) {
            assertThat(knocks.take("203.0.113.1", Optional.empty())).isTrue();
            knocks.cameIn("203.0.113.1", Optional.empty());
        }
        assertThat(knocks.take("203.0.113.1", Optional.empty())).isFalse();
        knocks.forgive("203.0.113.1");
        assertThat(knocks.take("203.0.113.1", Optional.empty())).isTrue();
    }

    @Test
    void aLineIsOneHoweverManyAddressesItHas() {
        assertThat(Turns.place("2001:db8:1:2::1")).isEqualTo(Turns.place("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assertThat(Turns.place("2001:db8:1:2::1")).isNotEqualTo(Turns.place("2001:db8:1:3::1"));
        assertThat(Turns.place("203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(Turns.place("::ffff:203.0.113.7")).as("mapped").isEqualTo("203.0.113.7");
        assertThat(Turns.place("no address")).isEqualTo("no address");
    }
}
