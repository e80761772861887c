package dev.drawbridge.activitypub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.wire.Deliverer;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.UnavailableException;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class ActivityPubConnectorTest {
    private static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    private static final NativeId ALICE_ID = new NativeId(Network.ACTIVITYPUB, ALICE.actor());
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private final LocalNet net = new LocalNet();
    private Bridge bridge;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, net);
        ALICE.on(net);
    }

    private Ghost ghost(NativeId origin, String handle) {
        return ((GhostOutcome.Ready)
                        bridge.connector.ensureGhost(new GhostRequest(origin, Profile.bare(origin, handle))))
                .ghost();
    }

    private static InstanceInfo instance(String base, boolean loopback) {
        return new InstanceInfo(URI.create(base), "bridge.example", "drawbridge", "1", "", loopback);
    }

    @Test
    void theFactoryIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(ConnectorFactory.class))
                .anySatisfy(f -> assertThat(f.network()).isEqualTo(Network.ACTIVITYPUB));
    }

    @Test
    void everyWrongSettingIsNamedAtOnce() {
        var settings = new ConnectorSettings(Map.of(
                "host.nostr",
                "not a host",
                "host.AT",
                "at.bridge.example",
                "host.atproto",
                "at.bridge.example",
                "hosts.atproto",
                "bsky.bridge.example",
                "hosts.feed",
                "feed/",
                "rate-limit",
                "-1"));
        var errors = new ActivityPubFactory().check(settings, instance("http://bridge.example", false));
        assertThat(errors)
                .extracting(ConnectorFactory.SettingError::key)
                .containsExactlyInAnyOrder(
                        "drawbridge.activitypub.base-url",
                        "drawbridge.activitypub.host.nostr",
                        "drawbridge.activitypub.host.AT",
                        "drawbridge.activitypub.host.atproto",
                        "drawbridge.activitypub.hosts.feed",
                        "drawbridge.activitypub.rate-limit");
        assertThat(new ActivityPubFactory()
                        .check(new ConnectorSettings(Map.of()), instance("http://localhost:8080", true)))
                .isEmpty();
    }

    @Test
    void aGhostIsMadeOnce() {
        Ghost first = ghost(CAROL, "carol@site.example");
        assertThat(first.id().value()).isEqualTo(Bridge.BASE + "/ap/actors/carol.site.example");
        assertThat(first.handle()).isEqualTo("@carol.site.example@ap.bridge.example");
        bridge.clock.advance(Duration.ofDays(1));
        assertThat(ghost(CAROL, "other@site.example")).isEqualTo(first);
    }

    @Test
    void twoPeopleOfOneHandleGetTwoGhosts() {
        Ghost first = ghost(CAROL, "carol@site.example");
        Ghost second = ghost(new NativeId(Network.ATPROTO, "did:plc:carol"), "carol.site.example");
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.handle()).startsWith("@carol.site.example-");
        assertThat(bridge.get("/ap/actors/" + second.handle().substring(1).split("@")[0])
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBotIsCalledLikeTheNetworkItReaches() {
        assertThat(ghost(Ghost.botOrigin(Network.NOSTR), "nostr").handle()).isEqualTo("@nostr@ap.bridge.example");
    }

    @Test
    void nobodyOfThisNetworkNeedsAGhost() {
        assertThat(bridge.connector.ensureGhost(new GhostRequest(ALICE_ID, Profile.bare(ALICE_ID, "x"))))
                .isInstanceOf(GhostOutcome.Refused.class);
    }

    @Test
    void peopleAreReachedAtTheirSharedInbox() {
        assertThat(bridge.connector.locate(ALICE_ID))
                .contains(new Destination(Network.ACTIVITYPUB, ALICE.sharedInbox()));
        net.fix("https://social.example/users/gone", HttpReply.of(410));
        assertThat(bridge.connector.locate(new NativeId(Network.ACTIVITYPUB, "https://social.example/users/gone")))
                .isEmpty();
        assertThat(bridge.connector.locate(new NativeId(Network.ACTIVITYPUB, "nonsense")))
                .isEmpty();
        assertThat(bridge.connector.locate(ghost(CAROL, "carol@site.example").id()))
                .isEmpty();
    }

    @Test
    void aServerThatIsDownForADayIsStillFound() {
        bridge.connector.locate(ALICE_ID);
        net.fail(ALICE.actor(), Failure.TIMEOUT);
        bridge.clock.advance(Duration.ofHours(23));
        assertThat(bridge.connector.locate(ALICE_ID)).isPresent();
        bridge.clock.advance(Duration.ofHours(2));
        assertThat(bridge.connector.locate(ALICE_ID)).isEmpty();
    }

    @Test
    void aServerIsNotAskedAgainForWhatItJustSaid() {
        for (int i = 0; i < 10; i++) {
            bridge.connector.locate(ALICE_ID);
            bridge.connector.profile(ALICE_ID);
        }
        assertThat(net.asked(ALICE.actor())).isEqualTo(1);
        bridge.clock.advance(Duration.ofHours(2));
        bridge.connector.locate(ALICE_ID);
        assertThat(net.asked(ALICE.actor())).isEqualTo(2);
        net.fix("https://social.example/users/none", HttpReply.of(404));
        for (int i = 0; i < 10; i++) {
            bridge.connector.locate(new NativeId(Network.ACTIVITYPUB, "https://social.example/users/none"));
        }
        assertThat(net.asked("https://social.example/users/none")).isEqualTo(1);
    }

    @Test
    void aStrangerIsAskedAnewBeforeTheyAreWrittenTo() {
        bridge.connector.profile(ALICE_ID);
        assertThat(bridge.connector.mailbox(ALICE_ID))
                .contains(new Destination(Network.ACTIVITYPUB, ALICE.sharedInbox()));
        bridge.connector.profile(ALICE_ID);
        assertThat(net.asked(ALICE.actor())).isEqualTo(2);
        net.fail(ALICE.actor(), Failure.TIMEOUT);
        assertThat(bridge.connector.mailbox(ALICE_ID)).isEmpty();
        assertThat(bridge.connector.mailbox(ghost(CAROL, "carol@site.example").id()))
                .isEmpty();
    }

    @Test
    void whatWeAskIsSignedByTheInstance() {
        bridge.connector.profile(ALICE_ID);
        var headers = net.requests.getFirst().headers();
        assertThat(headers.get("Signature")).contains("keyId=\"" + Bridge.BASE + "/ap/instance#main-key\"");
        assertThat(headers.get("Accept")).contains("application/activity+json");
    }

    @Test
    void aProfileIsReadFromTheActor() {
        Profile profile = bridge.connector.profile(ALICE_ID).orElseThrow();
        assertThat(profile.handle()).isEqualTo("@alice@social.example");
        assertThat(profile.displayName()).isEqualTo("Alice");
        assertThat(profile.bio().text()).isEqualTo("hello");
        assertThat(profile.url()).contains(URI.create("https://social.example/@alice"));
    }

    @Test
    void whatIsNotServedAsActivityPubIsNotBelieved() {
        net.fix(ALICE.actor(), 200, "application/json", Documents.write(ALICE.document()));
        assertThat(bridge.connector.profile(ALICE_ID)).isEmpty();
    }

    @Test
    void anActorThatCallsItselfSomebodyElseIsNotBelieved() {
        net.document("https://social.example/users/evil", Documents.write(ALICE.document()));
        assertThat(bridge.connector.profile(new NativeId(Network.ACTIVITYPUB, "https://social.example/users/evil")))
                .isEmpty();
    }

    @Test
    void aFollowReachesEveryInboxAndOurOwnOutbox() {
        var inbox = new Destination(Network.ACTIVITYPUB, ALICE.sharedInbox());
        assertThat(bridge.connector.route(CAROL, Set.of(inbox)))
                .containsExactlyInAnyOrder(inbox, Deliverer.outbox(CAROL));
        assertThat(bridge.connector.route(CAROL, Set.of())).hasSize(1);
    }

    @Test
    void aPublicNoteIsFetchedFromItsSource() {
        net.document(ALICE.note(1), note("as:Public", ALICE.actor()));
        NativeEvent event = bridge.connector.fetch(id(ALICE.note(1))).orElseThrow();
        assertThat(event.author()).isEqualTo(ALICE_ID);
        assertThat(event.kind()).isEqualTo(NativeEvent.Kind.POST);
        assertThat(event.id()).isEqualTo(id(ALICE.note(1)));
    }

    @Test
    void whatIsNotPublicOrNotTheirsIsNotFetched() {
        net.document(ALICE.note(1), note(ALICE.actor() + "/followers", ALICE.actor()));
        assertThat(bridge.connector.fetch(id(ALICE.note(1)))).isEmpty();
        net.document(ALICE.note(1), note("as:Public", "https://other.example/users/bob"));
        assertThat(bridge.connector.fetch(id(ALICE.note(1)))).isEmpty();
        net.document(ALICE.note(1), "{\"id\":\"" + ALICE.note(1) + "\",\"type\":\"Tombstone\"}");
        assertThat(bridge.connector.fetch(id(ALICE.note(1)))).isEmpty();
        net.fix(ALICE.note(1), HttpReply.of(410));
        assertThat(bridge.connector.fetch(id(ALICE.note(1)))).isEmpty();
        assertThat(bridge.connector.fetch(id(ALICE.actor()))).isEmpty();
        assertThat(bridge.connector.fetch(id(Bridge.BASE + "/ap/objects/nostr/1")))
                .isEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerDoesNotSayThatANoteIsGone() {
        net.fail(ALICE.note(1), Failure.TLS);
        assertThatThrownBy(() -> bridge.connector.fetch(id(ALICE.note(1)))).isInstanceOf(UnavailableException.class);
        net.fix(ALICE.note(2), HttpReply.of(503));
        assertThatThrownBy(() -> bridge.connector.fetch(id(ALICE.note(2)))).isInstanceOf(UnavailableException.class);
    }

    private static NativeId id(String value) {
        return new NativeId(Network.ACTIVITYPUB, value);
    }

    private static String note(String to, String author) {
        return "{\"id\":\"%s\",\"type\":\"Note\",\"attributedTo\":\"%s\",\"content\":\"hi\",\"to\":\"%s\"}"
                .formatted(ALICE.note(1), author, to);
    }
}
