package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.INBOX;
import static dev.drawbridge.testkit.contract.Samples.OTHER_INBOX;
import static dev.drawbridge.testkit.contract.Samples.RELAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Absences;
import dev.drawbridge.model.port.Absences.Absence;
import dev.drawbridge.model.port.Absences.Kind;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Absences] must do.
public abstract class AbsencesContract {
    private static final String HOME = "social.example";
    private static final Instant FIRST = Instant.parse("2026-03-01T12:00:00.000000001Z");
    private static final Instant LATER = FIRST.plusSeconds(86_400);
    private Absences absences = none();

    /// An implementation that holds nothing.
    protected abstract Absences none();

    @BeforeEach
    void startEmpty() {
        absences = none();
    }

    @Test
    void nobodyIsMissedAtFirst() {
        assertThat(absences.find(INBOX)).isEmpty();
        assertThat(absences.at(Network.ACTIVITYPUB, HOME)).isEmpty();
        absences.forget(INBOX);
        absences.answered(INBOX);
        assertThat(absences.find(INBOX)).isEmpty();
    }

    @Test
    void anAbsenceBeginsOnceAndIsCounted() {
        assertThat(absences.missed(INBOX, HOME, Kind.SILENT, FIRST))
                .isEqualTo(new Absence(INBOX, HOME, Kind.SILENT, FIRST, 1, false));
        var second = new Absence(INBOX, HOME, Kind.SILENT, FIRST, 2, false);
        assertThat(absences.missed(INBOX, HOME, Kind.SILENT, LATER)).isEqualTo(second);
        assertThat(absences.find(INBOX)).contains(second);
    }

    @Test
    void anotherKindBeginsAnew() {
        absences.missed(INBOX, HOME, Kind.SILENT, FIRST);
        assertThat(absences.missed(INBOX, HOME, Kind.GONE, LATER))
                .isEqualTo(new Absence(INBOX, HOME, Kind.GONE, LATER, 1, false));
    }

    @Test
    void whoIsForgottenStaysSoUntilItAnswers() {
        absences.missed(INBOX, HOME, Kind.GONE, FIRST);
        absences.forget(INBOX);
        assertThat(absences.find(INBOX).map(Absence::forgotten)).contains(true);
        assertThat(absences.missed(INBOX, HOME, Kind.GONE, LATER).forgotten()).isTrue();
        absences.answered(INBOX);
        assertThat(absences.find(INBOX)).isEmpty();
        assertThat(absences.missed(INBOX, HOME, Kind.GONE, LATER).forgotten()).isFalse();
    }

    @Test
    void placesAreFoundByTheirHome() {
        absences.missed(INBOX, HOME, Kind.SILENT, FIRST);
        absences.missed(OTHER_INBOX, "other.example", Kind.SILENT, FIRST);
        absences.missed(RELAY, HOME, Kind.SILENT, FIRST);
        assertThat(absences.at(Network.ACTIVITYPUB, HOME))
                .extracting(Absence::place)
                .containsExactly(INBOX);
        absences.answered(INBOX);
        assertThat(absences.at(Network.ACTIVITYPUB, HOME)).isEmpty();
    }
}
