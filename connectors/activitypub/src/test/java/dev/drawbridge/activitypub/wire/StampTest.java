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
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeDraft;
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

/// Permissions: given, asked for by anybody, taken back. And votes, which are nobody's business.
@ExtendWith(TestMongo.class)
class StampTest {
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private static final NativeId ALICE = ap("https://social.example/users/alice");
    private static final NativeId POLL = ap("https://social.example/users/alice/statuses/20");
    private static final NativeId ANSWER = new NativeId(Network.BRIDGE, "allow:1");
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final Destination THERE = new Destination(Network.ACTIVITYPUB, "https://social.example/inbox");
    private final LocalNet net = new LocalNet();
    private Bridge bridge;
    private NativeId ghost;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, net);
        net.fix(THERE.address(), HttpReply.of(202));
        ghost = bridge.ghost(CAROL, "carol@site.example");
    }

    private static NativeId ap(String id) {
        return new NativeId(Network.ACTIVITYPUB, id);
    }

    private NativeDraft draft(Activity activity, Map<NativeId, Resolved.Post> objects) {
        var actors = Map.of(
                CAROL, new Resolved.Actor(CAROL, Optional.of(ghost), Optional.empty(), Optional.empty()),
                ALICE, new Resolved.Actor(ALICE, Optional.of(ALICE), Optional.empty(), Optional.empty()));
        var resolved = new Resolved(actors, objects, Map.of(), Set.of());
        return ((Translation.Translated<NativeDraft>)
                        bridge.connector.translator().fromCanonical(activity, resolved, AT))
                .value();
    }

    private As2 last() {
        return Documents.parse(LocalNet.text(net.requests.getLast())).found().orElseThrow();
    }

    @Test
    void aPermissionIsNamedInTheAnswerServedToAnybodyAndGoneOnceItIsTakenBack() {
        String note = Bridge.BASE + "/ap/objects/nostr/abc";
        var answer = new Activity.InteractionAnswer(
                ANSWER,
                CAROL,
                AT,
                ap("https://social.example/requests/1"),
                ALICE,
                InteractionPolicy.Kind.QUOTE,
                ObjectRef.of(ap(note)),
                Optional.of(ap("https://social.example/statuses/60")),
                true);
        NativeDraft draft = draft(answer, Map.of());
        String stamp = draft.copy().orElseThrow().id().value();
        bridge.connector.deliver(draft, THERE);
        assertThat(last().type()).isEqualTo("Accept");
        assertThat(last().text("result")).contains(stamp);
        As2 served = Documents.parse(Router.text(bridge.router.get(stamp, "application/activity+json")))
                .found()
                .orElseThrow();
        assertThat(served.type()).isEqualTo("QuoteAuthorization");
        assertThat(served.ref("attributedTo")).contains(ghost.value());
        assertThat(served.ref("interactionTarget")).contains(note);
        assertThat(served.ref("interactingObject")).contains("https://social.example/statuses/60");

        var known = new Resolved.Post(
                ANSWER,
                Optional.of(CAROL),
                Optional.of(ObjectRef.of(ap(stamp))),
                Optional.empty(),
                Optional.of(ghost),
                Optional.empty());
        bridge.connector.deliver(draft(new Activity.Delete(ANSWER, CAROL, AT, ANSWER), Map.of(ANSWER, known)), THERE);
        assertThat(last().type()).isEqualTo("Delete");
        assertThat(last().ref("object")).contains(stamp);
        assertThat(bridge.router.get(stamp, "application/activity+json").status())
                .isEqualTo(410);
    }

    @Test
    void aVoteIsSentToTheAskerAndShownToNobody() {
        var poll = new Resolved.Post(
                POLL,
                Optional.of(ALICE),
                Optional.of(ObjectRef.of(POLL)),
                Optional.empty(),
                Optional.of(ALICE),
                Optional.empty(),
                List.of("Yes", "No"),
                Set.of());
        var vote = new Activity.Vote(new NativeId(Network.NOSTR, "01".repeat(32)), CAROL, AT, POLL, List.of(1));
        bridge.connector.deliver(draft(vote, Map.of(POLL, poll)), THERE);
        assertThat(last().refs("to")).containsExactly(ALICE.value());
        As2 note = last().object("object").orElseThrow();
        assertThat(note.text("name")).contains("No");
        assertThat(note.has("content")).isFalse();
        String outbox = Router.text(bridge.router.get(ghost.value() + "/outbox", "application/activity+json"));
        assertThat(outbox).contains("\"totalItems\":0");
    }
}
