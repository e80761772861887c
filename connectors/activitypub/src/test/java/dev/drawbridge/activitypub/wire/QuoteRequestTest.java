package dev.drawbridge.activitypub.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.testkit.TestMongo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// One of ours quotes a post of this network: its author is asked, and the note shows what they answered.
@ExtendWith(TestMongo.class)
class QuoteRequestTest {
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private static final NativeId SOURCE = new NativeId(Network.NOSTR, "01".repeat(32));
    private static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    private static final NativeId QUOTED = ap(ALICE.note(1));
    private static final Instant AT = Instant.parse("2026-03-01T11:00:00Z");
    private static final Destination THERE = new Destination(Network.ACTIVITYPUB, ALICE.sharedInbox());
    private static final String STAMP = "https://social.example/stamps/1";
    private final LocalNet net = new LocalNet();
    private Bridge bridge;
    private NativeId ghost;
    private NativeId note;

    @BeforeEach
    void carolQuotesAlice(MongoDatabase database) {
        bridge = new Bridge(database, net);
        ALICE.on(net);
        bridge.people.add(ap(ALICE.actor()));
        net.fix(THERE.address(), HttpReply.of(202));
        ghost = bridge.ghost(CAROL, "carol@site.example");
        note = deliver(new Activity.Publish(SOURCE, AT, quoting("look", 0)))
                .copy()
                .orElseThrow()
                .id();
    }

    private static NativeId ap(String id) {
        return new NativeId(Network.ACTIVITYPUB, id);
    }

    private static Post quoting(String text, int after) {
        return Post.builder(SOURCE, CAROL, AT.plusSeconds(after))
                .text(RichText.plain(text))
                .languages(List.of("en"))
                .quote(Optional.of(Quote.of(QUOTED)))
                .build();
    }

    private NativeDraft draft(Activity activity) {
        var alice = ap(ALICE.actor());
        var me = new Resolved.Actor(CAROL, Optional.of(ghost), Optional.empty(), Optional.empty());
        var quoted = new Resolved.Post(
                QUOTED,
                Optional.of(alice),
                Optional.of(ObjectRef.of(QUOTED)),
                Optional.empty(),
                Optional.of(alice),
                Optional.empty());
        var resolved = new Resolved(Map.of(CAROL, me, ghost, me), Map.of(QUOTED, quoted), Map.of(), Set.of());
        return ((Translation.Translated<NativeDraft>)
                        bridge.connector.translator().fromCanonical(activity, resolved, AT))
                .value();
    }

    private NativeDraft deliver(Activity activity) {
        NativeDraft draft = draft(activity);
        assertThat(bridge.connector.deliver(draft, THERE)).isInstanceOf(DeliveryOutcome.Delivered.class);
        return draft;
    }

    private As2 last() {
        return Documents.parse(LocalNet.text(net.requests.getLast())).found().orElseThrow();
    }

    private As2 served() {
        return Documents.parse(Router.text(bridge.router.get(note.value(), "application/activity+json")))
                .found()
                .orElseThrow();
    }

    private As2 request() {
        deliver(new Activity.InteractionRequest(
                new NativeId(Network.BRIDGE, "ask:1"),
                CAROL,
                AT,
                InteractionPolicy.Kind.QUOTE,
                ObjectRef.of(QUOTED),
                Optional.of(SOURCE)));
        return last();
    }

    /// What the inbox makes of an answer.
    private Activity.InteractionAnswer answer(String body) {
        bridge.post(ALICE, Bridge.BASE + "/ap/inbox", body);
        NativeEvent event = bridge.received.getLast();
        var read = bridge.connector.translator().toCanonical(event, Resolved.NOTHING, AT);
        return (Activity.InteractionAnswer)
                ((Translation.Translated<List<Activity>>) read).value().getFirst();
    }

    private String accept(String object, String stamp) {
        return """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"%s#accept","type":"Accept","actor":"%s",
             "to":"%s","object":%s,"result":"%s"}
            """.formatted(ALICE.actor(), ALICE.actor(), ghost.value(), object, stamp);
    }

    private String reject(As2 request) {
        return accept(Documents.write(request.node()), STAMP)
                .replace("\"Accept\"", "\"Reject\"")
                .replace(",\"result\":\"" + STAMP + "\"", "");
    }

    @Test
    void theAuthorIsAskedAboutTheNote() {
        As2 request = request();
        assertThat(request.type()).isEqualTo("QuoteRequest");
        assertThat(request.ref("actor")).contains(ghost.value());
        assertThat(request.ref("object")).contains(QUOTED.value());
        assertThat(request.ref("instrument")).contains(note.value());
        assertThat(request.refs("to")).containsExactly(ALICE.actor());
    }

    @Test
    void aYesPutsTheStampOnTheNote() {
        As2 request = request();
        var answer = answer(accept(Documents.write(request.node()), STAMP));
        assertThat(answer.stamp()).contains(ap(STAMP));
        assertThat(answer.instrument()).contains(note);
        deliver(answer);
        assertThat(last().type()).isEqualTo("Update");
        As2 sent = last().object("object").orElseThrow();
        assertThat(sent.ref("quoteAuthorization")).contains(STAMP);
        assertThat(sent.text("content").orElseThrow()).contains("look");
        assertThat(last().refs("to")).isEqualTo(sent.refs("to")).isNotEmpty();
        assertThat(last().refs("cc")).isEqualTo(sent.refs("cc")).contains(ALICE.actor());
        assertThat(sent.has("updated")).isFalse();
        assertThat(sent.has("amends")).isFalse();
        assertThat(LocalNet.text(net.requests.getLast())).contains("https://w3id.org/fep/044f#quoteAuthorization");
        assertThat(served().ref("quoteAuthorization")).contains(STAMP);
    }

    @Test
    void aYesThatNamesTheRequestByItsIdIsUnderstood() {
        As2 request = request();
        var answer = answer(accept("\"" + request.id().orElseThrow() + "\"", STAMP));
        assertThat(answer.accepted()).isTrue();
        assertThat(answer.instrument()).contains(note);
    }

    @Test
    void aStampOfAnotherHostIsNone() {
        var answer = answer(accept(Documents.write(request().node()), "https://evil.example/stamps/1"));
        assertThat(answer.stamp()).isEmpty();
    }

    @Test
    void aLaterVersionKeepsTheStamp() {
        deliver(answer(accept(Documents.write(request().node()), STAMP)));
        deliver(new Activity.Edit(
                new NativeId(Network.NOSTR, "02".repeat(32)), AT.plusSeconds(9), quoting("looks", 0)));
        As2 edited = last().object("object").orElseThrow();
        assertThat(edited.text("content").orElseThrow()).contains("looks");
        assertThat(edited.ref("quoteAuthorization")).contains(STAMP);
        assertThat(served().ref("quoteAuthorization")).contains(STAMP);
    }

    @Test
    void aNoMakesTheQuoteALink() {
        deliver(answer(reject(request())));
        As2 sent = last().object("object").orElseThrow();
        assertThat(sent.has("quote")).isFalse();
        assertThat(sent.has("quoteUri")).isFalse();
        assertThat(sent.has("quoteUrl")).isFalse();
        assertThat(sent.has("_misskey_quote")).isFalse();
        assertThat(sent.objects("tag")).noneMatch(t -> t.isA("Link"));
        assertThat(sent.text("content").orElseThrow())
                .contains("<p>RE: ", QUOTED.value())
                .doesNotContain("quote-inline");
        assertThat(sent.languages("content").get("en")).doesNotContain("quote-inline");
        assertThat(served().has("quote")).isFalse();
    }

    @Test
    void anAnswerToldTwiceSaysTheSame() {
        var answer = answer(accept(Documents.write(request().node()), STAMP));
        deliver(answer);
        String first = LocalNet.text(net.requests.getLast());
        deliver(answer);
        assertThat(LocalNet.text(net.requests.getLast())).isEqualTo(first);
        var no = answer(reject(request()));
        deliver(no);
        deliver(no);
        assertThat(last().object("object").orElseThrow().has("quote")).isFalse();
    }

    @Test
    void anAnswerAboutANoteThatIsGoneOrQuotesSomethingElseChangesNothing() {
        var answer = answer(accept(Documents.write(request().node()), STAMP));
        var about = new Activity.InteractionAnswer(
                answer.id(),
                answer.author(),
                answer.at(),
                answer.request(),
                answer.requester(),
                answer.kind(),
                ObjectRef.of(ap(ALICE.note(2))),
                answer.instrument(),
                true,
                answer.stamp());
        long before = net.asked(THERE.address());
        assertThat(bridge.connector.deliver(draft(about), THERE)).isInstanceOf(DeliveryOutcome.Refused.class);
        deliver(new Activity.Delete(new NativeId(Network.NOSTR, "03".repeat(32)), CAROL, AT, SOURCE));
        assertThat(bridge.connector.deliver(draft(answer), THERE)).isInstanceOf(DeliveryOutcome.Refused.class);
        assertThat(net.asked(THERE.address())).isEqualTo(before + 1);
        assertThat(bridge.router.get(note.value(), "application/activity+json").status())
                .isEqualTo(410);
    }
}
