package dev.drawbridge.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.DailyQuotas;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [DailyQuotas] must do.
public abstract class DailyQuotasContract {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private DailyQuotas one = none();
    private DailyQuotas other = besides(one);

    /// An implementation that has counted nothing.
    protected abstract DailyQuotas none();

    /// What another instance on the same store has.
    protected abstract DailyQuotas besides(DailyQuotas first);

    @BeforeEach
    void startEmpty() {
        one = none();
        other = besides(one);
    }

    @Test
    void twoInstancesCountTogether() {
        assertThat(one.admits("spam.example", "a", 2, TODAY)).isTrue();
        assertThat(other.admits("spam.example", "b", 2, TODAY)).isTrue();
        assertThat(one.admits("spam.example", "c", 2, TODAY)).isFalse();
        assertThat(other.admits("spam.example", "c", 2, TODAY)).isFalse();
    }

    @Test
    void askedAgainItSaysTheSame() {
        assertThat(one.admits("spam.example", "a", 1, TODAY)).isTrue();
        assertThat(other.admits("spam.example", "a", 1, TODAY)).isTrue();
        assertThat(one.admits("spam.example", "a", 1, TODAY)).isTrue();
        assertThat(one.admits("spam.example", "b", 1, TODAY)).isFalse();
        assertThat(other.admits("spam.example", "b", 1, TODAY)).isFalse();
    }

    @Test
    void lookingWhetherThereIsRoomCountsNothing() {
        assertThat(one.hasRoom("spam.example", "a", 1, TODAY)).isTrue();
        assertThat(other.hasRoom("spam.example", "b", 1, TODAY)).isTrue();
        assertThat(one.admits("spam.example", "c", 1, TODAY)).isTrue();
        assertThat(other.hasRoom("spam.example", "c", 1, TODAY)).as("granted").isTrue();
        assertThat(other.hasRoom("spam.example", "a", 1, TODAY)).isFalse();
        assertThat(other.hasRoom("spam.example", "a", 2, TODAY)).isTrue();
        assertThat(other.hasRoom("social.example", "a", 1, TODAY)).isTrue();
        assertThat(other.hasRoom("spam.example", "a", 1, TODAY.plusDays(1))).isTrue();
    }

    @Test
    void kindsAndDaysAreCountedApart() {
        assertThat(one.admits("spam.example", "a", 1, TODAY)).isTrue();
        assertThat(one.admits("social.example", "b", 1, TODAY)).isTrue();
        assertThat(one.admits("spam.example", "b", 1, TODAY.plusDays(1))).isTrue();
        assertThat(one.admits("spam.example", "a", 1, TODAY.plusDays(1))).isFalse();
        assertThat(one.admits("spam.example", "a", 1, TODAY))
                .as("clocks of two instances may differ at midnight")
                .isTrue();
    }

    @Test
    void anotherLimitCountsFromThenOn() {
        assertThat(one.admits("spam.example", "a", 2, TODAY)).isTrue();
        assertThat(one.admits("spam.example", "b", 2, TODAY)).isTrue();
        assertThat(one.admits("spam.example", "c", 3, TODAY)).isTrue();
        assertThat(one.admits("spam.example", "d", 1, TODAY)).isFalse();
    }

    @Test
    void whatIsLongPastIsForgotten() {
        assertThat(one.admits("spam.example", "a", 1, TODAY)).isTrue();
        assertThat(one.admits("social.example", "a", 1, TODAY.plusDays(2))).isTrue();
        assertThat(one.admits("spam.example", "b", 1, TODAY)).isTrue();
    }

    @Test
    void ofManyAtOnceSoManyAreAdmitted() {
        List<Boolean> admitted =
                Race.of(8, i -> (i % 2 == 0 ? one : other).admits("spam.example", "person " + i, 3, TODAY));
        assertThat(admitted).filteredOn(yes -> yes).hasSize(3);
    }
}
