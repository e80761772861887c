package dev.drawbridge.activitypub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.Testimony.Weight;
import dev.drawbridge.model.spi.UnavailableException;
import dev.drawbridge.testkit.TestMongo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What people of the Fediverse say about who they are elsewhere.
@ExtendWith(TestMongo.class)
class TestimonyTest {
    private static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    private static final NativeId ALICE_ID = new NativeId(Network.ACTIVITYPUB, ALICE.actor());
    private final LocalNet net = new LocalNet();
    private final ObjectNode document = ALICE.document();
    private Bridge bridge;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, net);
    }

    private Testimony testimony() {
        net.document(ALICE.actor(), Documents.write(document));
        return bridge.connector.testimony(ALICE_ID);
    }

    private boolean names(String name) {
        return ((Testimony.Said) testimony()).names(new Testimony.Said(Set.of(name), Set.of()));
    }

    private boolean isCalled(String name) {
        return new Testimony.Said(Set.of(), Set.of(name)).names((Testimony.Said) testimony());
    }

    private void fields(String... values) {
        ArrayNode fields = document.putArray("attachment");
        for (String value : values) {
            fields.addObject().put("type", "PropertyValue").put("name", "Me").put("value", value);
        }
    }

    private static final String PAGE = "https://social.example/@alice/109775066355589974";
    private static final String NOTE = "https://social.example/users/alice/statuses/109775066355589974";

    private void note(String author, String to) {
        String note = """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"%s","type":"Note","attributedTo":"%s",
             "content":"<p>Verifying: &quot;npub1alice&quot;</p>","to":["%s"],"cc":[]}
            """.formatted(NOTE, author, to);
        net.document(PAGE, note);
        net.document(NOTE, note);
    }

    @Test
    void whatAPostSaysIsReadIfItIsTheirsAndForEverybody() {
        String everybody = "https://www.w3.org/ns/activitystreams#Public";
        note(ALICE.actor(), everybody);
        assertThat(bridge.connector.words(ALICE_ID, PAGE)).hasValue("Verifying: \"npub1alice\"");
        assertThat(bridge.connector.words(ALICE_ID, NOTE)).isPresent();
        assertThat(bridge.connector.words(ALICE_ID, PAGE.replace("social", "evil")))
                .as("on another server")
                .isEmpty();
        assertThat(bridge.connector.words(ALICE_ID, "109775066355589974")).isEmpty();
        note("https://social.example/users/bob", everybody);
        assertThat(bridge.connector.words(ALICE_ID, PAGE)).as("somebody else's").isEmpty();
        note(ALICE.actor(), ALICE.actor() + "/followers");
        assertThat(bridge.connector.words(ALICE_ID, PAGE))
                .as("not for everybody")
                .isEmpty();
        net.fix(PAGE, HttpReply.of(404));
        assertThat(bridge.connector.words(ALICE_ID, PAGE)).as("deleted").isEmpty();
        for (int status : List.of(401, 403)) {
            net.fix(PAGE, HttpReply.of(status));
            assertThat(bridge.connector.words(ALICE_ID, PAGE))
                    .as("hidden since: %s", status)
                    .isEmpty();
        }
        net.document(PAGE, "<html>Log in to see this</html>");
        assertThat(bridge.connector.words(ALICE_ID, PAGE)).as("a page").isEmpty();
        for (int status : List.of(500, 503, 429)) {
            net.fix(PAGE, HttpReply.of(status));
            assertThatThrownBy(() -> bridge.connector.words(ALICE_ID, PAGE)).isInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void aliasesAndLinksThatSayMeNameThem() {
        document.putArray("alsoKnownAs").add("did:plc:alice").add("https://other.example/users/alice");
        fields(
                "<a href=\"https://bsky.app/profile/alice.example\" rel=\"me nofollow noopener\">alice</a>",
                " <span>npub1alice</span> ",
                "<a href=\"https://friend.example/@friend\" rel=\"nofollow\">a friend</a>",
                "<p>npub1words of mine</p>",
                "<a href=\"https://x.example/\" rel=\"some\">me</a>");
        for (String name : List.of(
                "did:plc:alice",
                "https://other.example/users/alice",
                "https://bsky.app/profile/alice.example",
                "npub1alice")) {
            assertThat(names(name)).as(name).isTrue();
        }
        for (String name : List.of("@friend@friend.example", "npub1words", "https://x.example/", "alice", "hello")) {
            assertThat(names(name)).as(name).isFalse();
        }
    }

    @Test
    void aFieldOfWordsMeansLessThanALinkThatSaysMe() {
        document.putArray("alsoKnownAs").add("did:plc:alice");
        fields("npub1alice", "<a href=\"https://b.example/\" rel=\"me\">b</a>", "did:plc:alice");
        assertThat(((Testimony.Said) testimony()).claims())
                .containsExactly(
                        Map.entry("did:plc:alice", Weight.FIRM),
                        Map.entry("https://b.example", Weight.FIRM),
                        Map.entry("npub1alice", Weight.WORD));
    }

    @Test
    void whatCannotBeReadIsNoAnswer() {
        net.fix(ALICE.actor(), HttpReply.of(200));
        assertThat(bridge.connector.testimony(ALICE_ID)).isEqualTo(new Testimony.Silent());
    }

    @Test
    void theyAreNamedByIdPageAndAddress() {
        for (String name : List.of(
                ALICE.actor(), "https://social.example/@alice", "@Alice@social.example", "acct:alice@social.example")) {
            assertThat(isCalled(name)).as(name).isTrue();
        }
    }

    @Test
    void aPageOfAnotherServerIsNotTheirs() {
        document.put("url", "https://victim.example/@victim");
        assertThat(isCalled("https://victim.example/@victim")).isFalse();
        assertThat(isCalled("@victim@victim.example")).isFalse();
        assertThat(isCalled(ALICE.actor())).isTrue();
    }

    @Test
    void itIsAskedForEachTimeAndSilenceIsNoAnswer() {
        document.put("alsoKnownAs", "did:plc:alice");
        assertThat(names("did:plc:alice")).isTrue();
        document.remove("alsoKnownAs");
        assertThat(names("did:plc:alice")).isFalse();
        net.fail(ALICE.actor(), Failure.TIMEOUT);
        assertThat(bridge.connector.testimony(ALICE_ID)).isEqualTo(new Testimony.Silent());
    }

    @Test
    void whoMovedOnOrIsGoneOrStandsInForSomebodySaysNothing() {
        document.put("movedTo", "https://third.example/alice");
        assertThat(testimony()).isEqualTo(new Testimony.Nobody());
        net.fix(ALICE.actor(), HttpReply.of(410));
        assertThat(bridge.connector.testimony(ALICE_ID)).isEqualTo(new Testimony.Nobody());
        NativeId ghost = bridge.ghost(new NativeId(Network.NOSTR, "ca".repeat(32)), "carol@site.example");
        assertThat(bridge.connector.testimony(ghost)).isEqualTo(new Testimony.Nobody());
    }
}
