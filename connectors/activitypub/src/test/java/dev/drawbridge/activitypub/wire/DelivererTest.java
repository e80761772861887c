package dev.drawbridge.activitypub.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.testkit.TestMongo;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestMongo.class)
class DelivererTest {
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private static final NativeId EVENT = new NativeId(Network.NOSTR, "01".repeat(32));
    private static final NativeId LIKE = new NativeId(Network.NOSTR, "02".repeat(32));
    private static final NativeId ALICE = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
    private static final String INBOX = "https://social.example/inbox";
    private static final Destination THERE = new Destination(Network.ACTIVITYPUB, INBOX);
    private static final Instant AT = Instant.parse("2026-02-28T10:00:00Z");
    private final LocalNet net = new LocalNet();
    private Bridge bridge;
    private NativeId ghost;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, net);
        ghost = bridge.ghost(CAROL, "carol@site.example");
        net.fix(INBOX, HttpReply.of(202));
    }

    private static Activity publish(String text) {
        return new Activity.Publish(EVENT, AT, post(text));
    }

    private static Post post(String text) {
        return Post.builder(EVENT, CAROL, AT).text(RichText.plain(text)).build();
    }

    private NativeDraft draft(Activity activity, NativeId... copies) {
        var actors = new HashMap<NativeId, Resolved.Actor>();
        actors.put(CAROL, new Resolved.Actor(CAROL, Optional.of(ghost), Optional.empty(), Optional.empty()));
        var objects = new HashMap<NativeId, Resolved.Post>();
        for (int i = 0; i < copies.length; i += 2) {
            objects.put(
                    copies[i],
                    new Resolved.Post(
                            copies[i],
                            Optional.empty(),
                            Optional.of(ObjectRef.of(copies[i + 1])),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
        var resolved = new Resolved(actors, objects, Map.of(), Set.of());
        var translated = bridge.connector.translator().fromCanonical(activity, resolved, AT);
        return ((Translation.Translated<NativeDraft>) translated).value();
    }

    private DeliveryOutcome deliver(Activity activity, NativeId... copies) {
        return bridge.connector.deliver(draft(activity, copies), THERE);
    }

    private As2 sent(int index) {
        var posts = net.requests.stream().filter(r -> r.method().equals("POST")).toList();
        return Documents.parse(LocalNet.text(posts.get(index))).found().orElseThrow();
    }

    private HttpReply get(String address) {
        return bridge.router.get(address, "application/activity+json");
    }

    private String noteId() {
        return draft(publish("x")).copy().orElseThrow().id().value();
    }

    @Test
    void aDeliveryIsSignedAndTellsWhatItBecame() {
        var outcome = deliver(publish("hello"));
        assertThat(outcome)
                .isEqualTo(new DeliveryOutcome.Delivered(
                        Optional.of(ObjectRef.of(new NativeId(Network.ACTIVITYPUB, noteId())))));
        OutboundHttp.Request request = net.requests.getFirst();
        assertThat(request.headers())
                .containsEntry("Content-Type", "application/activity+json")
                .containsEntry("User-Agent", "drawbridge/0.1.0 (+https://ap.bridge.example/)")
                .containsKeys("Date", "Digest")
                .doesNotContainKey("Host");
        assertThat(request.headers().get("Signature"))
                .startsWith("keyId=\"" + ghost.value()
                        + "#main-key\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest"
                        + " content-type\"");
        assertThat(request.maxRedirects()).isZero();
    }

    @Test
    void everyAttemptGetsASignatureOfItsOwn() {
        deliver(publish("hello"));
        bridge.clock.advance(Duration.ofMinutes(10));
        deliver(publish("hello"));
        assertThat(net.requests).extracting(r -> r.headers().get("Signature")).doesNotHaveDuplicates();
        assertThat(net.requests).extracting(LocalNet::text).containsOnly(LocalNet.text(net.requests.getFirst()));
    }

    private static Destination inboxAt(String host) {
        return new Destination(Network.ACTIVITYPUB, "https://" + host + "/inbox");
    }

    @Test
    void whatIsMadeReadyForSeveralIsSignedForEachAndSentWhenItsTurnComes() {
        var places = List.of(inboxAt("one.example"), inboxAt("two.example"), inboxAt("three.example"));
        places.forEach(place -> net.fix(place.address(), HttpReply.of(202)));
        var ready = bridge.connector.prepare(draft(publish("hello")), places);
        assertThat(net.requests).isEmpty();
        assertThat(ready).allSatisfy(step -> assertThat(step.get()).isInstanceOf(DeliveryOutcome.Delivered.class));
        assertThat(net.requests)
                .extracting(r -> r.uri().toString())
                .containsExactlyElementsOf(
                        places.stream().map(Destination::address).toList());
        assertThat(net.requests).extracting(r -> r.headers().get("Signature")).doesNotHaveDuplicates();
    }

    @Test
    void whatWaitedTooLongForItsTurnIsSignedAnew() {
        var soon = bridge.connector.prepare(draft(publish("hello")), List.of(THERE));
        var late = bridge.connector.prepare(draft(publish("hello")), List.of(THERE));
        bridge.clock.advance(Duration.ofSeconds(10));
        soon.getFirst().get();
        bridge.clock.advance(Duration.ofSeconds(10));
        late.getFirst().get();
        Instant signed = DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                net.requests.getFirst().headers().get("Date"), Instant::from);
        assertThat(DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                        net.requests.getLast().headers().get("Date"), Instant::from))
                .isEqualTo(signed.plusSeconds(20));
    }

    @Test
    void whatIsMadeReadyKnocksTheOtherWayIfItIsRefused() {
        net.serve(
                "new.example", (_, _, headers, _) -> HttpReply.of(headers.containsKey("signature-input") ? 202 : 401));
        var ready = bridge.connector.prepare(draft(publish("hello")), List.of(inboxAt("new.example")));
        assertThat(ready.getFirst().get()).isInstanceOf(DeliveryOutcome.Delivered.class);
    }

    @Test
    void aHostThatFellSilentMeanwhileIsNotAsked() {
        net.fail(INBOX, Failure.TIMEOUT);
        var others = List.of(
                new Destination(Network.ACTIVITYPUB, INBOX + "/1"), new Destination(Network.ACTIVITYPUB, INBOX + "/2"));
        others.forEach(place -> net.fail(place.address(), Failure.TIMEOUT));
        var ready = bridge.connector.prepare(draft(publish("hello")), List.of(THERE));
        for (int i = 0; i < 3; i++) {
            bridge.connector.prepare(draft(publish("hello")), others).forEach(Supplier::get);
        }
        int asked = net.requests.size();
        assertThat(ready.getFirst().get()).isInstanceOf(DeliveryOutcome.Retry.class);
        assertThat(net.requests).hasSize(asked);
    }

    @Test
    void theObjectIsThereBeforeAnybodyIsTold() {
        net.serve("asks.example", (_, _, _, _) -> HttpReply.of(get(noteId()).status() == 200 ? 202 : 500));
        var outcome = bridge.connector.deliver(
                draft(publish("hello")), new Destination(Network.ACTIVITYPUB, "https://asks.example/inbox"));
        assertThat(outcome).isInstanceOf(DeliveryOutcome.Delivered.class);
    }

    @Test
    void theOutboxOnlyStores() {
        var outcome = bridge.connector.deliver(draft(publish("hello")), Deliverer.outbox(CAROL));
        assertThat(outcome).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(net.requests).isEmpty();
        assertThat(Router.text(get(noteId()))).contains("<p>hello</p>");
    }

    @ParameterizedTest
    @CsvSource({
        "200, Delivered",
        "201, Delivered",
        "202, Delivered",
        "204, Delivered",
        "301, Refused",
        "400, Refused",
        "401, Retry",
        "403, Refused",
        "404, Gone",
        "405, Refused",
        "408, Retry",
        "425, Retry",
        "410, Gone",
        "413, Refused",
        "415, Refused",
        "422, Refused",
        "429, Retry",
        "500, Retry",
        "501, Refused",
        "502, Retry",
        "503, Retry",
    })
    void theAnswerDecides(int status, String outcome) {
        net.fix(INBOX, HttpReply.text(status, "because"));
        assertThat(deliver(publish("hello")).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void withoutAnAnswerWeComeAgainUnlessItIsHopeless(Failure failure) {
        net.fail(INBOX, failure);
        boolean hopeless = failure == Failure.FORBIDDEN_ADDRESS || failure == Failure.TOO_LARGE;
        assertThat(deliver(publish("hello")))
                .isInstanceOf(hopeless ? DeliveryOutcome.Refused.class : DeliveryOutcome.Retry.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120 | PT2M",
                "Sun, 01 Mar 2026 12:10:00 GMT | PT10M",
                "9999999 | PT24H",
                "0 | PT0S",
                "soon |",
                "Sun, 01 Mar 2026 11:10:00 GMT |",
                "-5 |",
            })
    void aPauseThatIsAskedForIsKept(String retryAfter, Duration pause) {
        net.fix(INBOX, HttpReply.of(503).with("Retry-After", retryAfter));
        assertThat(deliver(publish("hello")))
                .isInstanceOfSatisfying(
                        DeliveryOutcome.Retry.class, r -> assertThat(r.after()).isEqualTo(Optional.ofNullable(pause)));
    }

    @Test
    void theReasonQuotesTheAnswerInOneLine() {
        net.fix(INBOX, HttpReply.text(403, "go\n\taway " + "x".repeat(1000)));
        assertThat(deliver(publish("hello")))
                .isInstanceOfSatisfying(
                        DeliveryOutcome.Refused.class,
                        r -> assertThat(r.reason())
                                .startsWith(INBOX + " answered 403: go away x")
                                .hasSizeLessThan(300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not an address", "ftp://x.example/", ""})
    void anAddressThatIsNoneIsRefused(String address) {
        var outcome = bridge.connector.deliver(draft(publish("x")), new Destination(Network.ACTIVITYPUB, address));
        assertThat(outcome).isInstanceOf(DeliveryOutcome.Refused.class);
    }

    @Test
    void nobodySpeaksWhoIsNotHere() {
        var stranger = new NativeId(Network.ACTIVITYPUB, Bridge.BASE + "/ap/actors/stranger");
        var outcome = bridge.connector.deliver(
                new NativeDraft(Optional.of(stranger), Optional.empty(), List.of("{}")), THERE);
        assertThat(outcome).isInstanceOf(DeliveryOutcome.Refused.class);
        assertThat(bridge.connector.deliver(new NativeDraft(Optional.empty(), Optional.empty(), List.of("{}")), THERE))
                .isInstanceOf(DeliveryOutcome.Refused.class);
    }

    @Test
    void aDeletedNoteIsATombstoneAndStaysOne() {
        deliver(publish("hello"));
        deliver(new Activity.Delete(new NativeId(Network.NOSTR, "de"), CAROL, AT, EVENT));
        deliver(publish("hello"));
        assertThat(get(noteId()).status()).isEqualTo(410);
        assertThat(Router.text(get(noteId()))).contains("Tombstone").doesNotContain("hello");
        assertThat(get(noteId() + "/create").status()).isEqualTo(410);
    }

    @Test
    void anEditReplacesTheNote() {
        deliver(publish("hello"));
        deliver(new Activity.Edit(new NativeId(Network.NOSTR, "ed"), AT.plusSeconds(60), post("better")));
        deliver(publish("hello"));
        assertThat(Router.text(get(noteId())))
                .contains("better")
                .contains("\"updated\"")
                .doesNotContain("hello");
    }

    private static Activity.Tally counted(long votes, long after) {
        List<Poll.Option> options = List.of(new Poll.Option("Tea", votes), new Poll.Option("Milk", 0));
        var poll = new Poll(options, false, Optional.empty(), Optional.empty(), Optional.of(votes));
        Post asked = post("what?").toBuilder().poll(Optional.of(poll)).build();
        return new Activity.Tally(new NativeId(Network.NOSTR, "tally" + after), AT.plusSeconds(after), asked);
    }

    @Test
    void whoAsksForAPollSeesTheLatestCountsAndNoEdit() {
        var asked = counted(0, 0).post();
        deliver(new Activity.Publish(EVENT, AT, asked));
        deliver(counted(5, 600));
        deliver(counted(3, 300));
        deliver(new Activity.Publish(EVENT, AT, asked));

        assertThat(Router.text(get(noteId())))
                .contains("\"totalItems\":5")
                .contains("\"votersCount\":5")
                .doesNotContain("\"updated\"");
    }

    @Test
    void anUndoneLikeIsToldInFull() {
        NativeId note = new NativeId(Network.ACTIVITYPUB, "https://social.example/notes/1");
        var like = new Activity.React(LIKE, CAROL, AT, ObjectRef.of(note), Optional.of("🎉"));
        deliver(like);
        NativeId copy = draft(like).copy().orElseThrow().id();
        assertThat(get(copy.value()).status()).isEqualTo(200);
        deliver(new Activity.Delete(new NativeId(Network.NOSTR, "de"), CAROL, AT, LIKE), LIKE, copy);
        As2 undone = sent(1).object("object").orElseThrow();
        assertThat(undone.type()).isEqualTo("EmojiReact");
        assertThat(undone.ref("object")).contains(note.value());
        assertThat(get(copy.value()).status()).isEqualTo(410);
    }

    @Test
    void aFollowMayBeAskedForByItsAddress() {
        var follow = new Activity.Follow(EVENT, CAROL, AT, ALICE);
        deliver(follow);
        String id = sent(0).id().orElseThrow();
        assertThat(Router.text(get(id))).contains("\"Follow\"").contains(ALICE.value());
        deliver(new Activity.Unfollow(LIKE, CAROL, AT, ALICE, Optional.of(EVENT)));
        assertThat(sent(1).object("object").flatMap(As2::id)).contains(id);
        assertThat(get(id).status()).isEqualTo(410);
    }

    @Test
    void aNewProfileIsSentWithKeyAndInboxAndShownFromThen() {
        var profile = Profile.builder(CAROL, "carol@site.example")
                .displayName("Carol & Co")
                .bio(RichText.plain("new bio"))
                .build();
        deliver(new Activity.ProfileUpdate(EVENT, AT, profile));
        As2 person = sent(0).object("object").orElseThrow();
        assertThat(person.text("name")).contains("Carol & Co");
        assertThat(person.ref("inbox")).contains(ghost.value() + "/inbox");
        assertThat(person.object("publicKey").flatMap(k -> k.text("publicKeyPem")))
                .isPresent();
        assertThat(Router.text(get(ghost.value()))).contains("Carol & Co").contains("new bio");
    }

    @Test
    void whoLeavesIsGoneAndStillSignsForTheRest() {
        var leave = new Activity.DeleteAccount(EVENT, CAROL, AT);
        assertThat(deliver(leave)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(get(ghost.value()).status()).isEqualTo(410);
        net.fix("https://other.example/inbox", HttpReply.of(202));
        var other = new Destination(Network.ACTIVITYPUB, "https://other.example/inbox");
        assertThat(bridge.connector.deliver(draft(leave), other)).isInstanceOf(DeliveryOutcome.Delivered.class);
    }

    @Test
    void whoReturnsIsTheSame() {
        deliver(new Activity.DeleteAccount(EVENT, CAROL, AT));
        bridge.connector.ensureGhost(new GhostRequest(CAROL, Profile.bare(CAROL, "carol2@site.example")));
        assertThat(get(ghost.value()).status()).isEqualTo(200);
        assertThat(Router.text(get(ghost.value()))).contains("carol2@site.example");
    }
}
