package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Complaints;
import dev.drawbridge.model.port.Complaints.Complaint;
import dev.drawbridge.model.port.Complaints.State;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Complaints] must do.
public abstract class ComplaintsContract {
    private static final NativeId PERSON = new NativeId(Network.NOSTR, "a1".repeat(32));
    private Complaints complaints = none();

    /// An implementation that holds nothing.
    protected abstract Complaints none();

    @BeforeEach
    void startEmpty() {
        complaints = none();
    }

    private static Complaint complaint(int number) {
        return new Complaint(
                "id" + number,
                Network.ACTIVITYPUB,
                PERSON,
                number % 2 == 0 ? Optional.empty() : Optional.of(new NativeId(Network.NOSTR, "post" + number)),
                "spam \uD83C\uDF09 $a.b",
                NOON.plusSeconds(number),
                NOON.plusSeconds(number),
                State.OPEN,
                "");
    }

    @Test
    void nobodyComplainsAtFirst() {
        assertThat(complaints.newest(false, 10)).isEmpty();
        assertThat(complaints.find("id1")).isEmpty();
        assertThat(complaints.decide("id1", State.DISMISSED, "x")).isFalse();
        assertThat(complaints.find("id1")).isEmpty();
    }

    @Test
    void aComplaintIsKeptAsItWas() {
        complaints.heard(complaint(1));
        complaints.heard(complaint(2));
        assertThat(complaints.find("id1")).contains(complaint(1));
        assertThat(complaints.find("id2")).contains(complaint(2));
    }

    @Test
    void whatIsHeardAgainIsOneComplaint() {
        complaints.heard(complaint(1));
        var again = complaint(1);
        complaints.heard(new Complaint(
                "id1",
                again.from(),
                PERSON,
                again.about(),
                "still",
                NOON.plusSeconds(60),
                NOON.plusSeconds(60),
                State.OPEN,
                ""));
        Complaint kept = complaints.find("id1").orElseThrow();
        assertThat(kept.reason()).isEqualTo("still");
        assertThat(kept.first()).isEqualTo(NOON.plusSeconds(1));
        assertThat(kept.last()).isEqualTo(NOON.plusSeconds(60));
        assertThat(complaints.newest(false, 10)).hasSize(1);
    }

    @Test
    void whatWasDecidedStaysDecidedWhoeverComplainsAgain() {
        complaints.heard(complaint(1));
        assertThat(complaints.decide("id1", State.DISMISSED, "satire")).isTrue();
        complaints.heard(complaint(1));
        Complaint kept = complaints.find("id1").orElseThrow();
        assertThat(kept.state()).isEqualTo(State.DISMISSED);
        assertThat(kept.decision()).isEqualTo("satire");
    }

    @Test
    void thoseHeardLastComeFirstAndOnlyOpenOnesIfAsked() {
        for (int number : new int[] {2, 5, 1, 4, 3}) {
            complaints.heard(complaint(number));
        }
        complaints.decide("id4", State.REMOVED, "spam");
        assertThat(complaints.newest(true, 10)).extracting(Complaint::id).containsExactly("id5", "id3", "id2", "id1");
        assertThat(complaints.newest(false, 2)).extracting(Complaint::id).containsExactly("id5", "id4");
    }
}
