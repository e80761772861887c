package dev.drawbridge.activitypub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.support.RudeServer;
import dev.drawbridge.activitypub.support.RudeServer.Manner;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Hosts that do not answer: whom they hold up, and how often they are asked.
@ExtendWith(TestMongo.class)
class SilentHostsTest {
    private static final int INBOXES = 20;
    private final List<URI> asked = new CopyOnWriteArrayList<>();
    private Shores shores;
    private NativeId nora;

    @BeforeEach
    void start(MongoDatabase database) {
        shores = new Shores(database);
        nora = shores.author("nora");
    }

    private static URI personal(int person) {
        return URI.create("https://down.example/users/u" + person + "/inbox");
    }

    /// A server without a shared inbox, and one beside it.
    private void followersWithInboxesOfTheirOwn() {
        for (int i = 0; i < INBOXES; i++) {
            shores.follower(
                    nora, "https://down.example/users/u" + i, personal(i).toString());
        }
        shores.follower(nora, "https://up.example/users/u", "https://up.example/inbox");
        shores.net.serve("up.example", (_, _, _, _) -> HttpReply.of(202));
    }

    private void down(Failure failure) {
        shores.net.serve("down.example", (_, uri, _, _) -> {
            asked.add(uri);
            throw new OutboundException(failure, "as the test wants it");
        });
    }

    private void answers(int status) {
        shores.net.serve("down.example", (_, uri, _, _) -> {
            asked.add(uri);
            return HttpReply.of(status);
        });
    }

    private void passes(Duration time) {
        for (long i = 0; i < time.toSeconds() / 5; i++) {
            shores.engine.after(Duration.ofSeconds(5));
        }
    }

    @Test
    void aHostThatIsSilentThreeTimesIsNotAskedForItsOtherInboxes() {
        followersWithInboxesOfTheirOwn();
        down(Failure.TIMEOUT);
        shores.post(nora, "hello");
        shores.engine.settle();
        assertThat(asked).hasSize(3);
        assertThat(shores.ports.parking().count()).isEqualTo(INBOXES);
        assertThat(shores.sentTo("https://up.example/inbox")).containsExactly("Create hello");
        passes(Duration.ofHours(1));
        // By themselves twenty inboxes would ask about nine times each.
        assertThat(asked).hasSizeLessThan(80);
    }

    @Test
    void whenItIsBackEverybodyGetsTheirPost() {
        followersWithInboxesOfTheirOwn();
        down(Failure.UNREACHABLE);
        shores.post(nora, "hello");
        shores.engine.settle();
        passes(Duration.ofMinutes(10));
        asked.clear();
        answers(202);
        passes(Duration.ofHours(1));
        assertThat(asked)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, INBOXES)
                        .mapToObj(SilentHostsTest::personal)
                        .toList());
        assertThat(shores.ports.parking().count()).isZero();
    }

    @Test
    void aHostThatAnswersIsAskedForEachInbox() {
        followersWithInboxesOfTheirOwn();
        answers(503);
        shores.post(nora, "hello");
        shores.engine.settle();
        assertThat(asked).hasSize(INBOXES);
    }

    @Test
    void anAnswerInBetweenKeepsItOpen() {
        followersWithInboxesOfTheirOwn();
        shores.net.serve("down.example", (_, uri, _, _) -> {
            asked.add(uri);
            if (asked.size() % 3 == 0) {
                return HttpReply.of(202);
            }
            throw new OutboundException(Failure.TIMEOUT, "as the test wants it");
        });
        shores.post(nora, "hello");
        shores.engine.settle();
        assertThat(asked).hasSize(INBOXES);
    }

    @Test
    @Timeout(60)
    void aHundredGetTheirPostWhileOneHangs() throws InterruptedException {
        Set<String> served = ConcurrentHashMap.newKeySet();
        var hundred = new CountDownLatch(100);
        shores.net.serveEverywhereElse((_, uri, _, _) -> {
            if (served.add(uri.getHost())) {
                hundred.countDown();
            }
            return HttpReply.of(202);
        });
        for (int i = 0; i < 100; i++) {
            shores.follower(nora, "https://s" + i + ".example/users/u", "https://s" + i + ".example/inbox");
        }
        String hanging = "https://a-first.example/inbox";
        shores.follower(nora, "https://a-first.example/users/u", hanging);
        try (var server = new RudeServer(Manner.SILENT, Duration.ofMinutes(1))) {
            shores.net.serve("a-first.example", server);
            shores.post(nora, "hello");
            Thread engine = Thread.ofVirtual().start(shores.engine::settle);
            server.awaitRequest();
            assertThat(hundred.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(engine.isAlive()).as("it still hangs").isTrue();
            server.close();
            engine.join();
        }
        assertThat(shores.sentTo(hanging)).containsExactly("Create hello");
        assertThat(shores.ports.parking().count())
                .as("the hanging one alone is tried again")
                .isEqualTo(1);
        shores.net.serve("a-first.example", (_, _, _, _) -> HttpReply.of(202));
        passes(Duration.ofMinutes(1));
        assertThat(shores.ports.parking().count()).isZero();
    }

    @Test
    void whatWasNotAskedIsNotMissed() {
        followersWithInboxesOfTheirOwn();
        down(Failure.TIMEOUT);
        shores.post(nora, "hello");
        shores.engine.settle();
        assertThat(asked).hasSize(3);
        for (int i = 0; i < INBOXES; i++) {
            var place = new Destination(Network.ACTIVITYPUB, personal(i).toString());
            assertThat(shores.ports.absences().find(place).isPresent())
                    .as(place.address())
                    .isEqualTo(asked.contains(personal(i)));
        }
    }

    @Test
    @Timeout(60)
    void aDirectDeliveryThatHangsHoldsUpNobody() throws InterruptedException {
        String slow = "https://hangs.example/inbox";
        String quick = "https://up.example/inbox";
        shores.follower(nora, "https://hangs.example/users/u", slow);
        shores.follower(nora, "https://up.example/users/u", quick);
        shores.net.serve("up.example", (_, _, _, _) -> HttpReply.of(202));
        // As between the broker's consumers, each delivery has a thread.
        var outcomes = new ConcurrentHashMap<String, DeliveryOutcome>();
        NativeDraft draft = draft();
        try (var server = new RudeServer(Manner.SILENT, Duration.ofMinutes(1))) {
            shores.net.serve("hangs.example", server);
            Thread hanging = Thread.ofVirtual().start(() -> outcomes.put(slow, deliver(draft, slow)));
            server.awaitRequest();
            assertThat(deliver(draft, quick)).isInstanceOf(DeliveryOutcome.Delivered.class);
            assertThat(hanging.isAlive()).as("it still hangs").isTrue();
            server.close();
            hanging.join();
        }
        assertThat(outcomes.get(slow))
                .isInstanceOfSatisfying(
                        DeliveryOutcome.Retry.class,
                        retry -> assertThat(retry.asked())
                                .as("it was asked, and can be missed")
                                .isTrue());
        shores.net.serve("hangs.example", (_, _, _, _) -> HttpReply.of(202));
        assertThat(deliver(draft, slow)).isInstanceOf(DeliveryOutcome.Delivered.class);
    }

    private NativeDraft draft() {
        NativeId ghost = shores.ghost(nora);
        var me = new Resolved.Actor(nora, Optional.of(ghost), Optional.empty(), Optional.empty());
        var post = Post.builder(new NativeId(Network.NOSTR, "01".repeat(32)), nora, shores.clock.instant())
                .text(RichText.plain("hello"))
                .build();
        var activity = new Activity.Publish(post.id(), post.published(), post);
        var resolved = new Resolved(Map.of(nora, me), Map.of(), Map.of(), Set.of());
        return ((Translation.Translated<NativeDraft>)
                        shores.ap.connector.translator().fromCanonical(activity, resolved, shores.clock.instant()))
                .value();
    }

    private DeliveryOutcome deliver(NativeDraft draft, String inbox) {
        return shores.ap.connector.deliver(draft, new Destination(Network.ACTIVITYPUB, inbox));
    }
}
