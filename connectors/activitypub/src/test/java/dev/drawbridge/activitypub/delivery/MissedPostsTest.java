package dev.drawbridge.activitypub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.TestMongo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The bridge is away for an hour, which is longer than some servers try.
@ExtendWith(TestMongo.class)
class MissedPostsTest {
    private final RemoteServer alice = new RemoteServer("social.example", "alice");

    @Test
    void aPostThatWasGivenUpCrossesOnce(MongoDatabase database) throws InterruptedException {
        var shores = new Shores(database);
        String outbox = alice.actor() + "/outbox";
        shores.net.document(alice.actor(), Documents.write(alice.document().put("outbox", outbox)));
        shores.net.fix(alice.sharedInbox(), HttpReply.of(202));
        NativeId bot = shores.ghost(Ghost.botOrigin(Network.NOSTR));
        shores.ap.post(alice, bot.value() + "/inbox", alice.activity("Follow", "\"" + bot.value() + "\""));
        shores.engine.settle();
        shores.ap.people.add(new NativeId(Network.ACTIVITYPUB, alice.actor()));

        shores.ap.connector.stop();
        shores.clock.advance(Duration.ofHours(1));
        String missed = alice.create(1, "you were away").replace("2026-03-01T11:59:00Z", "2026-03-01T12:20:00Z");
        shores.net.document(outbox, "{\"type\":\"OrderedCollection\",\"orderedItems\":[" + missed + "]}");
        List<NativeEvent> caught = new CopyOnWriteArrayList<>();
        var came = new CountDownLatch(1);
        shores.ap.connector.start(event -> {
            caught.add(event);
            came.countDown();
            return new Receipt.Accepted();
        });
        assertThat(came.await(60, TimeUnit.SECONDS)).isTrue();
        shores.ap.connector.stop();

        caught.forEach(shores.engine::accept);
        shores.engine.settle();
        assertThat(posts(shores)).containsExactly("you were away");
        shores.ap.connector.start(shores.engine::accept);
        assertThat(shores.ap.post(alice, Bridge.BASE + "/ap/inbox", missed).status())
                .isEqualTo(202);
        shores.engine.settle();
        assertThat(posts(shores)).as("its server had not given up after all").containsExactly("you were away");
        shores.ap.connector.stop();
    }

    private static List<String> posts(Shores shores) {
        return shores.nostr.all().stream()
                .filter(Activity.Publish.class::isInstance)
                .map(a -> ((Activity.Publish) a).post().text().text())
                .toList();
    }
}
