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

/// What an author had to allow goes to everybody with the address of the permission, as GoToSocial wants it.
@ExtendWith(TestMongo.class)
class ApprovalTest {
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private static final NativeId SOURCE = new NativeId(Network.NOSTR, "01".repeat(32));
    private static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    private static final NativeId PARENT = ap(ALICE.note(1));
    private static final Instant AT = Instant.parse("2026-03-01T11:00:00Z");
    private static final Destination AUTHOR = new Destination(Network.ACTIVITYPUB, ALICE.sharedInbox());
    private static final Destination OTHER = new Destination(Network.ACTIVITYPUB, "https://other.example/inbox");
    private static final String STAMP = "https://social.example/authorizations/1";
    private final LocalNet net = new LocalNet();
    private Bridge bridge;
    private NativeId ghost;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, net);
        ALICE.on(net);
        bridge.people.add(ap(ALICE.actor()));
        net.fix(AUTHOR.address(), HttpReply.of(202));
        net.fix(OTHER.address(), HttpReply.of(202));
        ghost = bridge.ghost(CAROL, "carol@site.example");
    }

    private static NativeId ap(String id) {
        return new NativeId(Network.ACTIVITYPUB, id);
    }

    private static Post reply(String text) {
        return Post.builder(SOURCE, CAROL, AT)
                .text(RichText.plain(text))
                .inReplyTo(Optional.of(ObjectRef.of(PARENT)))
                .build();
    }

    private NativeDraft draft(Activity activity) {
        var alice = ap(ALICE.actor());
        var me = new Resolved.Actor(CAROL, Optional.of(ghost), Optional.empty(), Optional.empty());
        var parent = new Resolved.Post(
                PARENT,
                Optional.of(alice),
                Optional.of(ObjectRef.of(PARENT)),
                Optional.empty(),
                Optional.of(alice),
                Optional.empty());
        var resolved = new Resolved(Map.of(CAROL, me, ghost, me), Map.of(PARENT, parent), Map.of(), Set.of());
        return ((Translation.Translated<NativeDraft>)
                        bridge.connector.translator().fromCanonical(activity, resolved, AT))
                .value();
    }

    /// @return what it is called here
    private NativeId deliver(Activity activity, Destination where) {
        NativeDraft draft = draft(activity);
        assertThat(bridge.connector.deliver(draft, where)).isInstanceOf(DeliveryOutcome.Delivered.class);
        return draft.copy().map(ObjectRef::id).orElse(SOURCE);
    }

    private As2 last() {
        return Documents.parse(LocalNet.text(net.requests.getLast())).found().orElseThrow();
    }

    /// Alice allows something by its id alone.
    private Activity.InteractionAnswer allows(NativeId what, String result) {
        bridge.post(ALICE, Bridge.BASE + "/ap/inbox", """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"%s/accepts/1","type":"Accept","actor":"%s",
             "to":"%s","object":"%s"%s}
            """.formatted(
                        ALICE.actor(), ALICE.actor(), ghost.value(), what.value(), result));
        NativeEvent event = bridge.received.getLast();
        var read = bridge.connector.translator().toCanonical(event, Resolved.NOTHING, AT);
        return (Activity.InteractionAnswer)
                ((Translation.Translated<List<Activity>>) read).value().getFirst();
    }

    private static String result(String stamp) {
        return ",\"result\":\"" + stamp + "\"";
    }

    @Test
    void anAnswerGoesToEverybodyOnceItIsAllowed() {
        NativeId note = deliver(new Activity.Publish(SOURCE, AT, reply("may I?")), AUTHOR);
        var answer = allows(note, result(STAMP));
        assertThat(answer.kind()).isEqualTo(InteractionPolicy.Kind.REPLY);
        assertThat(answer.requester()).isEqualTo(ghost);
        assertThat(answer.target().id()).isEqualTo(PARENT);
        deliver(answer, OTHER);
        assertThat(last().type()).isEqualTo("Create");
        assertThat(last().ref("actor")).contains(ghost.value());
        assertThat(last().id()).contains(note.value() + "/create");
        As2 sent = last().object("object").orElseThrow();
        assertThat(sent.ref("approvedBy")).contains(STAMP);
        assertThat(sent.has("amends")).isFalse();
        assertThat(sent.text("content").orElseThrow()).contains("may I?");
        assertThat(last().refs("to")).isEqualTo(sent.refs("to")).isNotEmpty();
        String served = Router.text(bridge.router.get(note.value(), "application/activity+json"));
        assertThat(served).contains("\"approvedBy\":\"" + STAMP + "\"");
        var edit = new Activity.Edit(new NativeId(Network.NOSTR, "02".repeat(32)), AT.plusSeconds(9), reply("I may."));
        deliver(edit, OTHER);
        assertThat(last().object("object").flatMap(o -> o.ref("approvedBy"))).contains(STAMP);
    }

    @Test
    void aLikeGoesToEverybodyOnceItIsAllowed() {
        var like = new Activity.React(SOURCE, CAROL, AT, ObjectRef.of(PARENT), Optional.empty());
        NativeId id = deliver(like, AUTHOR);
        var answer = allows(id, result(STAMP));
        assertThat(answer.kind()).isEqualTo(InteractionPolicy.Kind.LIKE);
        deliver(answer, OTHER);
        assertThat(last().type()).isEqualTo("Like");
        assertThat(last().id()).contains(id.value());
        assertThat(last().ref("approvedBy")).contains(STAMP);
        assertThat(last().ref("object")).contains(PARENT.value());
        assertThat(LocalNet.text(net.requests.getLast())).contains("https://gotosocial.org/ns#approvedBy");
    }

    @Test
    void anAnnounceIsAllowedInTheSameWay() {
        NativeId id = deliver(new Activity.Repost(SOURCE, CAROL, AT, ObjectRef.of(PARENT)), AUTHOR);
        var answer = allows(id, result(STAMP));
        assertThat(answer.kind()).isEqualTo(InteractionPolicy.Kind.REPOST);
        deliver(answer, OTHER);
        assertThat(last().type()).isEqualTo("Announce");
        assertThat(last().ref("approvedBy")).contains(STAMP);
    }

    @Test
    void withoutAStampOfItsOwnHostTheAcceptItselfIsOne() {
        NativeId note = deliver(new Activity.Publish(SOURCE, AT, reply("may I?")), AUTHOR);
        assertThat(allows(note, "").stamp()).contains(ap(ALICE.actor() + "/accepts/1"));
        assertThat(allows(note, result("https://evil.example/1")).stamp()).contains(ap(ALICE.actor() + "/accepts/1"));
    }

    @Test
    void whatAnswersSomethingElseIsNotAllowedByIt() {
        NativeId note = deliver(new Activity.Publish(SOURCE, AT, reply("may I?")), AUTHOR);
        var answer = allows(note, result(STAMP));
        var other = new Activity.InteractionAnswer(
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
        assertThat(bridge.connector.deliver(draft(other), OTHER)).isInstanceOf(DeliveryOutcome.Refused.class);
        assertThat(net.asked(OTHER.address())).isZero();
    }

    @Test
    void whatWasTakenBackMeanwhileStaysSo() {
        NativeId note = deliver(new Activity.Publish(SOURCE, AT, reply("may I?")), AUTHOR);
        var answer = allows(note, result(STAMP));
        deliver(new Activity.Delete(new NativeId(Network.NOSTR, "03".repeat(32)), CAROL, AT, SOURCE), AUTHOR);
        assertThat(bridge.connector.deliver(draft(answer), OTHER)).isInstanceOf(DeliveryOutcome.Refused.class);
    }
}
