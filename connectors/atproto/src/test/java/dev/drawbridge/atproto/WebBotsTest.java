package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerdict;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Bots whose DID is the name of a host of ours.
class WebBotsTest extends AtprotoConnectorFixture {
    private static final String HOST = "nostr-bot.bridge.org";
    private static final String DOCUMENT = "https://" + HOST + "/.well-known/did.json";
    private static final Did BOT = new Did("did:web:" + HOST);

    WebBotsTest(MongoDatabase database) {
        super(database, Map.of("bot-did", "web"));
    }

    private static GhostRequest bot() {
        NativeId origin = Ghost.botOrigin(Network.NOSTR);
        return new GhostRequest(origin, Profile.bare(origin, "nostr"));
    }

    /// What the host says to anybody who asks.
    private Optional<String> served(AtprotoConnector connector, String uri) {
        HttpCall call = new HttpCall("GET", URI.create(uri), Map.of(), Map.of(), new byte[0], "192.0.2.1");
        return connector.endpoints().stream()
                .filter(Endpoint.Http.class::isInstance)
                .map(Endpoint.Http.class::cast)
                .filter(http ->
                        http.path().equals(call.uri().getPath()) && http.when().test(call))
                .findFirst()
                .map(http -> http.handler().handle(call))
                .filter(reply -> reply.status() == 200)
                .map(WebBotsTest::text);
    }

    private static String text(HttpReply reply) {
        assertThat(reply.headers()).containsEntry("access-control-allow-origin", "*");
        var out = new ByteArrayOutputStream();
        try {
            reply.body().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The name leads to the instance, as the operator set it up.
    private void isFoundFromOutside() {
        assertThat(connector.ensureGhost(bot())).isInstanceOf(GhostOutcome.Awaited.class);
        web.web.has("GET " + DOCUMENT, 200, served(connector, DOCUMENT).orElseThrow());
    }

    private DidDocument document() {
        return DidDocument.parse(DataJson.parse(served(connector, DOCUMENT).orElseThrow()), BOT);
    }

    private Account account() {
        return pds.store.accounts().byDid(BOT).orElseThrow();
    }

    @Test
    void aBotIsTheNameOfItsHostAndNoDirectoryKnowsOfIt() {
        isFoundFromOutside();
        Ghost ghost = made(bot());

        assertThat(ghost.id().value()).isEqualTo(BOT.value());
        assertThat(connector.troubles()).isEmpty();
        assertThat(ghost.handle()).isEqualTo(HOST);
        assertThat(web.created()).isZero();
        assertThat(document().handle()).contains(new Handle(HOST));
        assertThat(document().pds()).contains(URI.create("https://at.bridge.org"));
        assertThat(served(connector, "https://" + HOST + "/.well-known/atproto-did"))
                .contains(BOT.value());
        assertThat(pds.store.archive().state(BOT)).isPresent();
    }

    @Test
    void whatABotSaysIsSignedWithTheKeyItsDocumentNames() {
        isFoundFromOutside();
        made(bot());
        List<CommitEvent> commits = events().stream()
                .filter(CommitEvent.class::isInstance)
                .map(CommitEvent.class::cast)
                .toList();
        DidKey key = document().signingKey().orElseThrow();
        assertThat(new CommitVerifier(pds.cryptography)
                        .verify(commits.getFirst(), key, Optional.empty(), pds.clock.instant()))
                .isInstanceOf(CommitVerdict.Verified.class);
    }

    @Test
    void nobodyIsToldOfABotThatCannotBeFound() {
        assertThat(connector.ensureGhost(bot()))
                .isInstanceOfSatisfying(
                        GhostOutcome.Awaited.class,
                        awaited -> assertThat(awaited.reason()).contains(DOCUMENT));
        assertThat(connector.troubles()).singleElement().asString().contains(DOCUMENT);
        assertThat(events()).isEmpty();
        // Somebody else answers there.
        web.web.has("GET " + DOCUMENT, 200, "{\"id\":\"" + BOT + "\"}");
        pds.clock.advance(Duration.ofMinutes(6));
        assertThat(connector.ensureGhost(bot())).isInstanceOf(GhostOutcome.Awaited.class);
        assertThat(events()).isEmpty();
        assertThat(served(connector, "https://" + HOST + "/.well-known/atproto-did"))
                .isEmpty();
    }

    @Test
    void aBotThatADirectoryKnowsStaysWhatItIs() {
        AtprotoConnector before = connector(Map.of());
        Ghost ghost = ((GhostOutcome.Ready) before.ensureGhost(bot())).ghost();
        assertThat(ghost.id().value()).startsWith("did:plc:");

        assertThat(made(bot())).isEqualTo(ghost);
        assertThat(served(connector, DOCUMENT)).isEmpty();
    }

    @Test
    void whatABotHasStaysWhenTheSettingIsTakenBack() {
        isFoundFromOutside();
        Ghost ghost = made(bot());
        AtprotoConnector after = connector(Map.of());
        assertThat(((GhostOutcome.Ready) after.ensureGhost(bot())).ghost()).isEqualTo(ghost);
        assertThat(served(after, DOCUMENT)).isPresent();
    }

    @Test
    void aBotThatNobodyEverSawIsAnotherOneWhenTheSettingIsTakenBack() {
        assertThat(connector.ensureGhost(bot())).isInstanceOf(GhostOutcome.Awaited.class);
        AtprotoConnector after = connector(Map.of());
        assertThat(after.ensureGhost(bot())).isInstanceOfSatisfying(GhostOutcome.Ready.class, ready -> {
            assertThat(ready.ghost().id().value()).startsWith("did:plc:");
            assertThat(ready.ghost().handle()).isEqualTo(HOST);
        });
        assertThat(pds.store.accounts().byDid(BOT)).isEmpty();
        assertThat(served(after, DOCUMENT)).isEmpty();
        assertThat(after.troubles()).isEmpty();
    }

    @Test
    void aBotThatNobodyEverSawFollowsTheDomain() {
        assertThat(connector.ensureGhost(bot())).isInstanceOf(GhostOutcome.Awaited.class);
        AtprotoConnector after = connector(Map.of("bot-did", "web", "handle-domain", "other.test"));
        assertThat(after.ensureGhost(bot()))
                .isInstanceOfSatisfying(
                        GhostOutcome.Awaited.class,
                        awaited -> assertThat(awaited.reason()).contains("https://nostr-bot.other.test/"));
        assertThat(pds.store.accounts().byDid(BOT)).isEmpty();
    }

    @Test
    void peopleAreNeverNamedAfterAHost() {
        assertThat(made(alice()).id().value()).startsWith("did:plc:");
        assertThat(served(connector, "https://alice-social-example.ap.bridge.org/.well-known/did.json"))
                .isEmpty();
    }

    @Test
    void anotherKeyAndAnotherHostAreServedAndAnnounced() {
        isFoundFromOutside();
        made(bot());
        DidKey first = document().signingKey().orElseThrow();
        int before = events().size();

        assertThat(connector.renewKey(new NativeId(Network.ATPROTO, BOT.value())))
                .isEmpty();
        assertThat(document().signingKey()).isPresent().isNotEqualTo(Optional.of(first));
        assertThat(account().pending()).isEmpty();
        assertThat(events().subList(before, events().size()))
                .hasExactlyElementsOfTypes(IdentityEvent.class, RepoSyncEvent.class);

        AccountChanges moved = changes(List.of(), URI.create("https://new.bridge.org"));
        assertThat(changes(List.of()).isDue(account())).isFalse();
        assertThat(moved.isDue(account())).isTrue();
        assertThat(moved.align(BOT)).isEmpty();
        assertThat(moved.isDue(account())).isFalse();
        assertThat(document().pds()).contains(URI.create("https://new.bridge.org"));
        assertThat(events().getLast()).isInstanceOf(IdentityEvent.class);
    }

    @Test
    void nobodyTakesABotElsewhere() {
        isFoundFromOutside();
        made(bot());
        AccountChanges changes = changes(List.of());
        assertThat(changes.isElsewhere(BOT)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> changes.sign(BOT, change -> change));
        assertThat(connector.moveOut(new NativeId(Network.ATPROTO, BOT.value())))
                .isEmpty();
    }
}
