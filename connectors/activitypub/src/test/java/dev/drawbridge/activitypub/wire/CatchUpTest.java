package dev.drawbridge.activitypub.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.support.Watched;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.InMemoryCursors;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestMongo.class)
class CatchUpTest {
    @AutoClose
    private static final TestMongo MONGO = new TestMongo();

    private final LocalNet net = new LocalNet();
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryCursors cursors = new InMemoryCursors();
    private final Set<String> denied = new HashSet<>();
    private final Set<NativeId> people = new HashSet<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<NativeEvent> received = new ArrayList<>();
    private final RemoteServer alice = new RemoteServer("social.example", "alice");
    private final String outbox = alice.actor() + "/outbox";
    private Instant since = Instant.EPOCH;
    private final MongoDatabase database = MONGO.fresh();
    private CatchUp catchUp = connect();

    private CatchUp connect() {
        return new CatchUp(
                Outboxes.of(database, net, clock, () -> {}),
                cursors,
                new Watched(people, listeners),
                new DeniedDomains(denied),
                clock,
                pauses::add);
    }

    @BeforeEach
    void goAway() {
        optIn(alice);
        catchUp.begin();
        since = clock.instant();
        clock.advance(Duration.ofHours(2));
    }

    private void optIn(RemoteServer server) {
        var actor = server.document().put("outbox", server.actor() + "/outbox");
        net.document(server.actor(), Documents.write(actor));
        people.add(new NativeId(Network.ACTIVITYPUB, server.actor()));
    }

    private void comeBack() {
        comeBack(new Receipt.Accepted());
    }

    private void comeBack(Receipt receipt) {
        catchUp = connect();
        catchUp.begin();
        catchUp.read(event -> {
            received.add(event);
            return receipt;
        });
    }

    private List<String> ids() {
        return received.stream().map(e -> e.id().value()).toList();
    }

    private String note(RemoteServer author, int number, Instant at) {
        return """
            {"id":"%s/activity","type":"Create","actor":"%s","published":"%s","object":%s}
            """.formatted(author.note(number), author.actor(), at, object(author, number, at));
    }

    private static String object(RemoteServer author, int number, Instant at) {
        return """
            {"id":"%s","type":"Note","attributedTo":"%s","content":"<p>n%d</p>","published":"%s",
             "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["%s/followers"]}
            """.formatted(author.note(number), author.actor(), number, at, author.actor());
    }

    private void pages(String... pages) {
        net.document(
                outbox,
                "{\"id\":\"%s\",\"type\":\"OrderedCollection\",\"first\":\"%s?page=0\"}".formatted(outbox, outbox));
        for (int i = 0; i < pages.length; i++) {
            String next = i + 1 < pages.length ? ",\"next\":\"%s?page=%d\"".formatted(outbox, i + 1) : "";
            page(i, pages[i], next);
        }
    }

    private void page(int number, String items, String more) {
        net.document(
                outbox + "?page=" + number,
                "{\"type\":\"OrderedCollectionPage\",\"orderedItems\":[%s]%s}".formatted(items, more));
    }

    @Test
    void whatWasPublishedMeanwhileIsTakenInTheOrderItWasSaid() {
        pages(
                note(alice, 4, since.plusSeconds(300)) + "," + note(alice, 3, since.plusSeconds(200)),
                note(alice, 2, since.plusSeconds(100)) + "," + note(alice, 1, since.minusSeconds(100)),
                note(alice, 0, since.minusSeconds(1000)));
        comeBack();
        assertThat(ids())
                .containsExactly(alice.note(2) + "/activity", alice.note(3) + "/activity", alice.note(4) + "/activity");
        assertThat(net.asked(outbox + "?page=2"))
                .as("older ones are of no interest")
                .isZero();
        assertThat(net.requests).allSatisfy(r -> assertThat(r.headers()).containsKey("Signature"));
        assertThat(received).extracting(NativeEvent::kind).containsOnly(NativeEvent.Kind.POST);
    }

    @Test
    void thePastOfSomebodyIsTheirWholeOutboxNewestFirst() {
        var person = new NativeId(Network.ACTIVITYPUB, alice.actor());
        pages(note(alice, 3, since.plusSeconds(200)), note(alice, 1, since.minusSeconds(100_000)));
        assertThat(catchUp.history(person).orElseThrow())
                .extracting(e -> e.id().value())
                .containsExactly(alice.note(3) + "/activity", alice.note(1) + "/activity");
        denied.add("social.example");
        assertThat(catchUp.history(person)).contains(List.of());
    }

    @Test
    void itHasTheIdUnderWhichItWouldHaveBeenDelivered(MongoDatabase database) {
        pages(note(alice, 1, since.plusSeconds(5)));
        comeBack();
        var bridge = new Bridge(database, net);
        bridge.people.add(new NativeId(Network.ACTIVITYPUB, alice.actor()));
        String body = note(alice, 1, since.plusSeconds(5));
        bridge.clock.advance(Duration.between(bridge.clock.instant(), clock.instant()));
        assertThat(bridge.post(alice, Bridge.BASE + "/ap/inbox", body).status()).isEqualTo(202);
        assertThat(bridge.received)
                .extracting(NativeEvent::id)
                .containsExactly(received.getFirst().id());
        bridge.connector.stop();
    }

    @Test
    void aShortPauseIsNoAbsence() {
        catchUp.begin();
        clock.advance(Duration.ofMinutes(2));
        pages(note(alice, 1, since.plusSeconds(5)));
        catchUp.begin();
        assertThat(cursors.get(CatchUp.OPEN)).contains(since.toString());
        cursors.remove(CatchUp.OPEN);
        clock.advance(Duration.ofMinutes(3));
        catchUp.begin();
        assertThat(cursors.get(CatchUp.OPEN)).isEmpty();
    }

    @Test
    void theFirstStartEverReadsNothing() {
        cursors.remove(CatchUp.MARK);
        catchUp.begin();
        assertThat(cursors.get(CatchUp.OPEN)).isEmpty();
        assertThat(cursors.get(CatchUp.MARK)).contains(clock.instant().toString());
    }

    @Test
    void onlyPeopleWhoOptedInAreRead() {
        var bob = new RemoteServer("social.example", "bob");
        optIn(bob);
        people.remove(new NativeId(Network.ACTIVITYPUB, bob.actor()));
        pages("");
        comeBack();
        assertThat(net.asked(bob.actor())).isZero();
        assertThat(net.asked(bob.actor() + "/outbox")).isZero();
    }

    @Test
    void whoIsDeniedIsNotRead() {
        pages(note(alice, 1, since.plusSeconds(5)));
        denied.add("social.example");
        comeBack();
        assertThat(received).isEmpty();
        assertThat(net.requests).isEmpty();
    }

    @Test
    void whoOptsInNowIsNotReadBackToBefore() {
        catchUp.begin();
        cursors.remove(CatchUp.OPEN);
        clock.advance(Duration.ofSeconds(20));
        catchUp.start(_ -> new Receipt.Accepted());
        listeners.getLast().run();
        assertThat(cursors.get(CatchUp.MARK)).contains(clock.instant().toString());
        catchUp.stop();
    }

    @Test
    void objectsThatAreOnlyNamedAreAskedFor() {
        pages("""
            {"id":"%s/activity","type":"Create","actor":"%s","object":"%s"}
            """.formatted(alice.note(1), alice.actor(), alice.note(1)));
        net.document(alice.note(1), object(alice, 1, since.plusSeconds(9)));
        comeBack();
        assertThat(ids()).containsExactly(alice.note(1) + "/activity");
        assertThat(received.getFirst().body().text()).contains("<p>n1</p>");
    }

    @Test
    void activitiesThatAreOnlyNamedAreAskedFor() {
        pages("\"%s/activity\"".formatted(alice.note(1)));
        net.document(alice.note(1) + "/activity", note(alice, 1, since.plusSeconds(9)));
        comeBack();
        assertThat(ids()).containsExactly(alice.note(1) + "/activity");
    }

    @Test
    void whatIsNotTheirsIsLeftAlone() {
        var mallory = new RemoteServer("evil.example", "mallory");
        Instant at = since.plusSeconds(9);
        String foreign = note(mallory, 1, at);
        String claimed =
                note(mallory, 2, at).replace(mallory.actor() + "\",\"published", alice.actor() + "\",\"published");
        String inside = note(alice, 3, at)
                .replace("\"attributedTo\":\"" + alice.actor(), "\"attributedTo\":\"" + mallory.actor());
        String follow = "{\"id\":\"%s#f\",\"type\":\"Follow\",\"actor\":\"%s\",\"object\":\"%s\"}"
                .formatted(alice.actor(), alice.actor(), mallory.actor());
        String secret = note(alice, 4, at)
                .replace("https://www.w3.org/ns/activitystreams#Public", alice.actor() + "/followers");
        pages(String.join(",", foreign, claimed, inside, follow, secret, "{}", "null", "7", "\"x\""));
        comeBack();
        assertThat(received).isEmpty();
        assertThat(net.requests).extracting(r -> r.uri().getHost()).containsOnly("social.example");
    }

    @Test
    void pagesThatLeadInCirclesAreReadOnce() {
        pages("");
        page(0, note(alice, 1, since.plusSeconds(5)), ",\"next\":\"%s?page=0\"".formatted(outbox));
        comeBack();
        assertThat(net.asked(outbox + "?page=0")).isEqualTo(1);
        assertThat(received).hasSize(1);
    }

    @Test
    void anEndlessOutboxIsLeft() {
        net.document(outbox, "{\"type\":\"OrderedCollection\",\"first\":\"%s?page=0\"}".formatted(outbox));
        net.serve("social.example", (_, uri, _, _) -> {
            int page = Integer.parseInt(uri.getQuery().substring(5));
            String items = note(alice, page, since.plusSeconds(page));
            return HttpReply.of(200, "application/activity+json", """
                {"type":"OrderedCollectionPage","orderedItems":[%s],"next":"%s?page=%d"}
                """.formatted(items, outbox, page + 1));
        });
        comeBack();
        assertThat(received).hasSizeLessThan(RemoteOutbox.MOST_PAGES);
        assertThat(net.requests).hasSizeLessThanOrEqualTo(RemoteOutbox.MOST_PAGES + 1);
    }

    @Test
    void ofAMillionItemsOnlySomeAreLookedAt() {
        var ids = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            ids.append(i == 0 ? "" : ",").append('"').append(alice.note(i)).append('"');
        }
        pages(ids.toString(), "");
        comeBack();
        assertThat(net.requests).hasSizeLessThanOrEqualTo(RemoteOutbox.MOST_FETCHES + 4);
        assertThat(cursors.get(CatchUp.OPEN)).isEmpty();
    }

    @Test
    void anOutboxElsewhereIsNotRead() {
        var actor = alice.document().put("outbox", "https://evil.example/outbox");
        net.document(alice.actor(), Documents.write(actor));
        comeBack();
        assertThat(net.asked("https://evil.example/outbox")).isZero();
        assertThat(cursors.get(CatchUp.OPEN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "{\"first\":7}",
                "{\"orderedItems\":{\"a\":[[[]]]}}",
                "not json",
                "{\"next\":\"javascript:1\"}"
            })
    void nonsenseIsSurvived(String body) {
        net.document(outbox, body);
        var bob = new RemoteServer("zzz.example", "bob");
        optIn(bob);
        net.document(bob.actor() + "/outbox", "{\"orderedItems\":[%s]}".formatted(note(bob, 1, since.plusSeconds(5))));
        comeBack();
        assertThat(ids()).containsExactly(bob.note(1) + "/activity");
        assertThat(cursors.get(CatchUp.OPEN)).isEmpty();
    }

    @Test
    void aServerThatIsAwayIsAskedAgainLaterAndHoldsNobodyUp() {
        var bob = new RemoteServer("other.example", "bob");
        optIn(bob);
        pages(note(alice, 1, since.plusSeconds(5)));
        net.fail(bob.actor() + "/outbox", Failure.TIMEOUT);
        comeBack();
        assertThat(ids()).containsExactly(alice.note(1) + "/activity");
        assertThat(net.asked(bob.actor() + "/outbox")).isEqualTo(4);
        assertThat(net.asked(outbox)).isEqualTo(1);
        assertThat(pauses).contains(Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofHours(1));
    }

    @Test
    void whatIsNotFinishedIsBegunAgainFromTheSameTime() {
        pages(note(alice, 1, since.plusSeconds(5)));
        catchUp = connect();
        catchUp.begin();
        assertThat(cursors.get(CatchUp.OPEN)).contains(since.toString());
        clock.advance(Duration.ofMinutes(1));
        comeBack();
        assertThat(ids()).containsExactly(alice.note(1) + "/activity");
        assertThat(cursors.get(CatchUp.OPEN)).isEmpty();
    }

    @Test
    void aBridgeThatIsBusyIsWaitedFor() {
        pages(note(alice, 1, since.plusSeconds(5)));
        comeBack(new Receipt.Busy(Duration.ofSeconds(30)));
        assertThat(pauses).contains(Duration.ofSeconds(30));
        assertThat(received).as("five times in each of four rounds").hasSize(20);
    }

    @Test
    void whoLeavesMeanwhileIsNotHanded() {
        pages(note(alice, 2, since.plusSeconds(6)) + "," + note(alice, 1, since.plusSeconds(5)));
        catchUp.begin();
        catchUp.read(event -> {
            received.add(event);
            people.clear();
            return new Receipt.Accepted();
        });
        assertThat(received).hasSize(1);
    }
}
