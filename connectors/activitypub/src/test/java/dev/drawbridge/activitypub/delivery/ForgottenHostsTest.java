package dev.drawbridge.activitypub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Servers that are gone, and servers that only seemed to be.
@ExtendWith(TestMongo.class)
class ForgottenHostsTest {
    private final RemoteServer alice = new RemoteServer("social.example", "alice");
    private final String inbox = alice.sharedInbox();
    private Shores shores;
    private NativeId nora;

    @BeforeEach
    void start(MongoDatabase database) {
        shores = new Shores(database);
        nora = shores.author("nora");
        shores.follower(nora, alice.actor(), inbox);
        alice.on(shores.net);
        shores.net.fix(inbox, HttpReply.of(202));
    }

    private boolean forgotten() {
        return shores.ports
                .absences()
                .find(new Destination(Network.ACTIVITYPUB, inbox))
                .filter(a -> a.forgotten())
                .isPresent();
    }

    private void postsDaily(int days) {
        for (int day = 0; day < days; day++) {
            shores.post(nora, "day " + day);
            for (int hour = 0; hour < 24; hour++) {
                shores.engine.after(Duration.ofHours(1));
            }
        }
    }

    @Test
    void oneWrongAnswerLosesNobody() {
        shores.net.fix(inbox, HttpReply.of(404));
        shores.post(nora, "lost in a misconfiguration");
        shores.engine.settle();
        shores.net.fix(inbox, HttpReply.of(202));
        shores.net.requests.clear();
        postsDaily(3);
        assertThat(shores.sentTo(inbox)).containsExactly("Create day 0", "Create day 1", "Create day 2");
        assertThat(forgotten()).isFalse();
    }

    @Test
    void whatIsGoneForDaysIsNotAskedAgain() {
        shores.net.fix(inbox, HttpReply.of(410));
        postsDaily(4);
        assertThat(forgotten()).isTrue();
        long asked = shores.net.asked(inbox);
        assertThat(asked).isBetween(2L, 3L);
        postsDaily(10);
        assertThat(shores.net.asked(inbox)).isEqualTo(asked);
        assertThat(shores.ports.parking().count()).isZero();
        assertThat(shores.ports.follows().followerCount(nora, Network.ACTIVITYPUB))
                .as("the follower is kept")
                .isEqualTo(1);
    }

    @Test
    void whatIsSilentForTwoWeeksIsForgottenAndNotBefore() {
        shores.net.fail(inbox, Failure.UNKNOWN_HOST);
        postsDaily(13);
        assertThat(forgotten()).isFalse();
        postsDaily(2);
        assertThat(forgotten()).isTrue();
        postsDaily(4);
        long asked = shores.net.asked(inbox);
        postsDaily(5);
        assertThat(shores.net.asked(inbox)).isEqualTo(asked);
        assertThat(shores.ports.parking().count()).isZero();
    }

    @Test
    void anAnswerInBetweenBeginsAnew() {
        shores.net.fail(inbox, Failure.TIMEOUT);
        postsDaily(10);
        shores.net.fix(inbox, HttpReply.of(202));
        postsDaily(1);
        shores.net.fail(inbox, Failure.TIMEOUT);
        postsDaily(10);
        assertThat(forgotten()).isFalse();
    }

    @Test
    void aWordFromTheServerMakesItKnownAgain() {
        shores.net.fix(inbox, HttpReply.of(410));
        postsDaily(5);
        assertThat(forgotten()).isTrue();
        shores.net.fix(inbox, HttpReply.of(202));
        shores.net.requests.clear();
        String like = alice.activity("Like", "\"" + shores.ghost(nora).value() + "\"");
        assertThat(shores.ap
                        .post(alice, shores.ghost(nora).value() + "/inbox", like)
                        .status())
                .isEqualTo(202);
        assertThat(forgotten()).isFalse();
        shores.post(nora, "welcome back");
        shores.engine.settle();
        assertThat(shores.sentTo(inbox)).containsExactly("Create welcome back");
    }

    @Test
    void aWordFromSomebodyElseDoesNot() {
        shores.net.fix(inbox, HttpReply.of(410));
        postsDaily(5);
        var mallory = new RemoteServer("social.example.evil.example", "mallory").on(shores.net);
        String like = mallory.activity("Like", "\"" + shores.ghost(nora).value() + "\"");
        shores.ap.post(mallory, shores.ghost(nora).value() + "/inbox", like);
        assertThat(forgotten()).isTrue();
    }

    @Test
    void whatIsTakenBackGoesThereAllTheSame() {
        NativeId post = shores.post(nora, "regretted");
        shores.engine.settle();
        shores.net.fix(inbox, HttpReply.of(410));
        postsDaily(5);
        assertThat(forgotten()).isTrue();
        shores.net.requests.clear();
        shores.delete(nora, post);
        shores.engine.settle();
        assertThat(shores.sentTo(inbox)).containsExactly("Delete");
    }
}
