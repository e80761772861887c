package dev.drawbridge.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.Sought;
import dev.drawbridge.testkit.TestMongo;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Who people mean by what they paste.
@ExtendWith(TestMongo.class)
class NameLookupTest {
    private static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    private static final Sought FOUND = new Sought.Found(new NativeId(Network.ACTIVITYPUB, ALICE.actor()));
    private static final String FINGER =
            "https://social.example/.well-known/webfinger?resource=acct%3Aalice%40social.example";
    private final LocalNet net = new LocalNet();
    private Bridge bridge;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, net);
        ALICE.on(net);
        finger(ALICE.actor());
    }

    private void finger(String actor) {
        net.fix(
                FINGER,
                200,
                "application/jrd+json",
                "{\"subject\":\"acct:alice@social.example\",\"links\":[{\"rel\":\"self\",\"type\":\"application/activity+json\",\"href\":\""
                        + actor + "\"}]}");
    }

    private Sought seek(String name) {
        return bridge.connector.seek(name);
    }

    @Test
    void aHandleIsAskedForInEveryFormPeopleWriteIt() {
        for (String name : List.of(
                "@alice@social.example",
                "alice@social.example",
                "acct:alice@social.example",
                "@alice@Social.Example")) {
            assertThat(seek(name)).as(name).isEqualTo(FOUND);
        }
    }

    @Test
    void anAddressLeadsToTheActorItsPageAndItsAuthor() {
        assertThat(seek(ALICE.actor())).isEqualTo(FOUND);
        net.document(
                "https://social.example/@alice", dev.drawbridge.activitypub.object.Documents.write(ALICE.document()));
        assertThat(seek("https://social.example/@alice")).isEqualTo(FOUND);
        net.document(
                ALICE.note(1),
                "{\"id\":\"" + ALICE.note(1) + "\",\"type\":\"Note\",\"attributedTo\":\"" + ALICE.actor() + "\"}");
        assertThat(seek(ALICE.note(1))).isEqualTo(FOUND);
    }

    @Test
    void aPrivateKeyIsNotLookedAt() {
        String key = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
        for (String name : List.of(
                key, "@" + key + "@social.example", "alice@" + key + ".example", "https://social.example/" + key)) {
            assertThat(seek(name)).as(name).isEqualTo(new Sought.Secret());
        }
        assertThat(net.requests).isEmpty();
    }

    @Test
    void standInsOfOursAreFoundWithoutAskingAnybody() {
        NativeId carol = new NativeId(Network.NOSTR, "ca".repeat(32));
        bridge.connector.ensureGhost(new GhostRequest(carol, Profile.bare(carol, "carol@site.example")));
        var ghost = new Sought.Found(new NativeId(Network.ACTIVITYPUB, Bridge.BASE + "/ap/actors/carol.site.example"));
        net.requests.clear();
        assertThat(seek("@carol.site.example@ap.bridge.example")).isEqualTo(ghost);
        assertThat(seek(Bridge.BASE + "/ap/actors/carol.site.example")).isEqualTo(ghost);
        assertThat(seek("@nobody@ap.bridge.example")).isEqualTo(new Sought.Nobody());
        assertThat(net.requests).isEmpty();
    }

    @Test
    void nobodyIsToldApartFromAServerThatIsSilent() {
        net.fix(FINGER, HttpReply.of(404));
        assertThat(seek("@alice@social.example")).isEqualTo(new Sought.Nobody());
        net.fix(FINGER, HttpReply.of(502));
        assertThat(seek("@alice@social.example")).isEqualTo(new Sought.Silent());
        net.fail(FINGER, Failure.TIMEOUT);
        assertThat(seek("@alice@social.example")).isEqualTo(new Sought.Silent());
        net.fail(FINGER, Failure.FORBIDDEN_ADDRESS);
        assertThat(seek("@alice@social.example")).isEqualTo(new Sought.Nobody());
        assertThat(seek("@alice@nowhere.example")).isEqualTo(new Sought.Nobody());
    }

    @Test
    void whatAServerSaysIsNotBelievedBlindly() {
        finger("javascript:alert(1)");
        assertThat(seek("@alice@social.example")).isEqualTo(new Sought.Nobody());
        net.fix(FINGER, 200, "application/jrd+json", "[[[");
        assertThat(seek("@alice@social.example")).isEqualTo(new Sought.Nobody());
        // Another server's actor is asked at that server.
        finger("https://other.example/users/alice");
        assertThat(seek("@alice@social.example")).isNotInstanceOf(Sought.Found.class);
    }

    @Test
    void whatIsNoNameHereIsAskedOfNobody() {
        net.requests.clear();
        for (String name : List.of(
                "alice",
                "did:plc:abc",
                "npub1abc",
                "@@",
                "a b@c",
                "alice@social.example/x",
                "file:///etc/passwd",
                "http://user:secret@social.example/",
                "<script>@x",
                "\u0000@x.example")) {
            assertThat(seek(name)).as(name).isEqualTo(new Sought.Foreign());
        }
        assertThat(net.requests).isEmpty();
    }
}
