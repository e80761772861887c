package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.activitypub.support.Speech;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class ServedCollectionsTest {
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private MongoDatabase database;
    private Bridge bridge;
    private Speech carol;

    @BeforeEach
    void start(MongoDatabase opened) {
        database = opened;
        bridge = new Bridge(database, new LocalNet());
        carol = Speech.of(bridge, CAROL, "carol@site.example");
    }

    private As2 document(String address) {
        HttpReply reply = bridge.router.get(address, "application/activity+json");
        assertThat(reply.status()).as(address).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("Cache-Control", "public, max-age=180");
        As2 document = Documents.parse(Router.text(reply)).found().orElseThrow();
        assertThat(document.id()).contains(address);
        return document;
    }

    private static int total(As2 collection) {
        return collection.node().path("totalItems").asInt(-1);
    }

    /// Every page, in order.
    private List<As2> pages(String collection, Consumer<Integer> afterPage) {
        var pages = new ArrayList<As2>();
        Optional<String> next = document(collection).ref("first");
        while (next.isPresent()) {
            As2 page = document(next.get());
            assertThat(page.type()).isEqualTo("OrderedCollectionPage");
            assertThat(page.ref("partOf")).contains(collection);
            assertThat(page.node().path("orderedItems").size()).isBetween(1, 20);
            pages.add(page);
            afterPage.accept(pages.size());
            next = page.ref("next");
        }
        return pages;
    }

    @Test
    void theOutboxHasPagesThatDoNotMove() {
        for (int i = 1; i <= 60; i++) {
            carol.say(i, "number " + i, Optional.empty());
        }
        String outbox = carol.ghost().value() + "/outbox";
        assertThat(total(document(outbox))).isEqualTo(60);
        // While somebody reads, something is said and something is taken back.
        var pages = pages(outbox, page -> {
            if (page == 1) {
                carol.say(61, "meanwhile", Optional.empty());
                carol.delete(41);
            }
        });
        var ids = pages.stream()
                .flatMap(p -> p.objects("orderedItems").stream())
                .flatMap(a -> a.ref("object").stream())
                .toList();
        assertThat(ids).hasSize(60).doesNotHaveDuplicates();
        assertThat(pages).hasSize(3);
        As2 first = pages.getFirst().objects("orderedItems").getFirst();
        assertThat(first.type()).isEqualTo("Create");
        assertThat(first.node().toString()).contains("number 60");
        assertThat(pages.getLast().objects("orderedItems").getLast().node().toString())
                .contains("number 1<");
        assertThat(total(document(outbox))).isEqualTo(60);
        bridge.clock.advance(Duration.ofMinutes(2));
        carol.delete(61);
        assertThat(total(document(outbox))).isEqualTo(59);
    }

    @Test
    void whatIsSharedIsInTheOutboxAndWhatIsLikedIsNot() {
        String note = carol.say(1, "hello", Optional.empty());
        String share = carol.share(2, carol.source(1), note);
        carol.like(3, carol.source(1), note);
        var items = pages(carol.ghost().value() + "/outbox", _ -> {}).getFirst().objects("orderedItems");
        assertThat(items).extracting(As2::type).containsExactlyInAnyOrder("Create", "Announce");
        assertThat(items).extracting(i -> i.id().orElse("")).contains(share, note + "/create");
    }

    @Test
    void anEmptyOutboxHasNoPages() {
        As2 outbox = document(carol.ghost().value() + "/outbox");
        assertThat(total(outbox)).isZero();
        assertThat(outbox.has("first")).isFalse();
        assertThat(outbox.node().path("orderedItems").isArray()).isTrue();
        As2 page = document(carol.ghost().value() + "/outbox?page=true");
        assertThat(page.node().path("orderedItems").isEmpty()).isTrue();
        assertThat(page.has("next")).isFalse();
    }

    @Test
    void aPlaceThatNobodyNamedIsAnEmptyPage() {
        carol.say(1, "hello", Optional.empty());
        String wild = carol.ghost().value() + "/outbox?page=true&before=" + "%24ne".repeat(50);
        HttpReply reply = bridge.router.get(wild, "application/activity+json");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Router.text(reply)).doesNotContain("hello");
    }

    @Test
    void followersAreCountedNotNamed() {
        for (String name : List.of("alice", "bob")) {
            var follower = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/" + name);
            bridge.follows.put(
                    new Follows.Edge(follower, CAROL, new NativeId(Network.ACTIVITYPUB, name), Optional.empty(), true));
        }
        As2 followers = document(carol.ghost().value() + "/followers");
        assertThat(total(followers)).isEqualTo(2);
        assertThat(followers.node().toString()).doesNotContain("social.example");
        assertThat(total(document(carol.ghost().value() + "/following"))).isZero();
        assertThat(document(carol.ghost().value() + "/inbox")
                        .node()
                        .path("orderedItems")
                        .isArray())
                .isTrue();
        As2 featured = document(carol.ghost().value() + "/featured");
        assertThat(featured.type()).isEqualTo("OrderedCollection");
        assertThat(featured.node().path("orderedItems").isArray()).isTrue();
        assertThat(document(Bridge.BASE + "/ap/instance/outbox").type()).isEqualTo("OrderedCollection");
    }

    @Test
    void answersOfOurOwnAreListedOldestFirst() {
        String note = carol.say(1, "who is there?", Optional.empty());
        var dave = Speech.of(bridge, new NativeId(Network.ATPROTO, "did:plc:dave"), "dave.example");
        var answers = new ArrayList<String>();
        for (int i = 2; i <= 26; i++) {
            answers.add(dave.answer(i, "me " + i, carol.source(1), note));
        }
        dave.say(30, "about something else", Optional.empty());
        var listed = pages(note + "/replies", _ -> {}).stream()
                .flatMap(p -> p.refs("orderedItems").stream())
                .toList();
        assertThat(listed).isEqualTo(answers);
        dave.delete(2);
        bridge.clock.advance(Duration.ofMinutes(2));
        assertThat(total(document(note + "/replies"))).isEqualTo(24);
        assertThat(document(note + "/replies?page=true").refs("orderedItems"))
                .hasSize(20)
                .doesNotContain(answers.getFirst());
    }

    @Test
    void likesAndSharesOfOurOwnAreCounted() {
        String note = carol.say(1, "hello", Optional.empty());
        var dave = Speech.of(bridge, new NativeId(Network.ATPROTO, "did:plc:dave"), "dave.example");
        dave.like(2, carol.source(1), note);
        carol.like(3, carol.source(1), note);
        dave.share(4, carol.source(1), note);
        assertThat(total(document(note + "/likes"))).isEqualTo(2);
        assertThat(total(document(note + "/shares"))).isEqualTo(1);
        assertThat(document(note + "/likes").node().toString()).doesNotContain("dave");
        As2 served = Documents.parse(Router.text(bridge.router.get(note, "*/*")))
                .found()
                .orElseThrow();
        assertThat(served.ref("replies")).contains(note + "/replies");
        assertThat(served.object("likes").map(ServedCollectionsTest::total)).contains(2);
        assertThat(served.object("shares").map(ServedCollectionsTest::total)).contains(1);
    }

    @Test
    void thePlacesAreIndexed() {
        var keys = new ArrayList<String>();
        database.getCollection("activitypub_objects")
                .listIndexes()
                .forEach(i -> keys.add(i.get("key").toString()));
        assertThat(keys).anySatisfy(k -> assertThat(k).contains("actor", "listed", "order"));
        assertThat(keys).anySatisfy(k -> assertThat(k).contains("about", "role", "order"));
    }

    @Test
    void oneAddressCannotAskWithoutEnd() {
        var call = URI.create(carol.ghost().value() + "/outbox");
        int refused = 0;
        for (int i = 0; i < 310; i++) {
            HttpReply reply = bridge.router.call("GET", call, Map.of(), new byte[0]);
            refused += reply.status() == 429 ? 1 : 0;
        }
        assertThat(refused).isEqualTo(10);
        assertThat(bridge.router.get(carol.ghost().value(), "*/*").status()).isEqualTo(200);
        for (int i = 0; i < 310; i++) {
            assertThat(bridge.get("/ap/instance").status()).isEqualTo(200);
        }
        bridge.clock.advance(RateLimit.WINDOW);
        assertThat(bridge.router.call("GET", call, Map.of(), new byte[0]).status())
                .isEqualTo(200);
    }
}
