package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.Notices;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Notices] must do.
public abstract class NoticesContract {
    private Notices notices = none();

    /// An implementation that holds nothing.
    protected abstract Notices none();

    @BeforeEach
    void startEmpty() {
        notices = none();
    }

    @Test
    void eachNoticeIsWrittenOnce() {
        assertThat(notices.first("alice is asked", "follow 1")).isTrue();
        assertThat(notices.first("alice is asked", "follow 2")).isFalse();
        assertThat(notices.first("bob is asked", "follow 2")).isTrue();
    }

    @Test
    void whatIsDoneAgainAfterACrashWritesItAgain() {
        notices.first("alice is asked", "follow 1");
        assertThat(notices.first("alice is asked", "follow 1")).isTrue();
        assertThat(notices.first("alice is asked", "follow 2")).isFalse();
    }

    @Test
    void whetherItWasWrittenCanBeAsked() {
        assertThat(notices.written("alice is asked")).isFalse();
        notices.first("alice is asked", "follow 1");
        assertThat(notices.written("alice is asked")).isTrue();
        assertThat(notices.written("bob is asked")).isFalse();
    }

    @Test
    void whatCannotBeDueAnyMoreIsForgottenAndNothingElse() {
        notices.first("alice is asked", "follow 1");
        assertThat(notices.first("alice said stop", "message 1", NOON)).isTrue();
        assertThat(notices.first("alice said stop", "message 2", NOON)).isFalse();
        assertThat(notices.first("alice said stop", "message 1", NOON.plusSeconds(9)))
                .isTrue();
        notices.first("bob said stop", "message 3", NOON.plusNanos(1));
        assertThat(notices.forget(NOON.minusNanos(1))).isZero();
        assertThat(notices.forget(NOON)).isEqualTo(1);
        assertThat(notices.written("alice said stop")).isFalse();
        assertThat(notices.written("bob said stop")).isTrue();
        assertThat(notices.forget(NOON.plusSeconds(1_000_000_000))).isEqualTo(1);
        assertThat(notices.written("alice is asked")).isTrue();
    }

    @Test
    void whatMustNotBeWrittenTwiceIsNotWrittenAgainAlsoByTheSame() {
        assertThat(notices.once("alice is asked")).isTrue();
        assertThat(notices.once("alice is asked")).isFalse();
        assertThat(notices.once("bob is asked")).isTrue();
        assertThat(notices.written("alice is asked")).isTrue();
        assertThat(notices.first("alice is asked", "follow 1")).isFalse();
        notices.first("carol is asked", "follow 1");
        assertThat(notices.once("carol is asked")).isFalse();
        assertThat(notices.forget(NOON.plusSeconds(1_000_000_000))).isZero();
        assertThat(notices.once("alice is asked")).isFalse();
        assertThat(Race.of(8, _ -> notices.once("dave is asked"))).containsOnlyOnce(true);
    }

    @Test
    void ofManyAtOnceOneIsFirst() {
        List<Boolean> answers = Race.of(8, i -> notices.first("alice is asked", "follow " + i));
        assertThat(answers).containsOnlyOnce(true);
    }
}
