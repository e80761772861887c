package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.wire.HostClient;
import dev.drawbridge.atproto.wire.RelayStatus;
import dev.drawbridge.atproto.wire.Relays;
import dev.drawbridge.model.Capabilities;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.FileOutcome;
import dev.drawbridge.model.spi.HostedFile;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// What the connector delivers for its ghosts, and what it fetches and believes of others.
class AtprotoConnectorTest extends AtprotoConnectorFixture {
    AtprotoConnectorTest(MongoDatabase database) {
        super(database);
    }

    @Test
    void aDeliveredPostHasItsVersionAndComesOnce() {
        Ghost ghost = made(alice());
        NativeDraft draft = draft(ghost, "3mfyouv3wnpf7", post("hello"));
        DeliveryOutcome first = connector.deliver(draft, REPO);
        DeliveryOutcome second = connector.deliver(draft, REPO);
        assertThat(second).isEqualTo(first);
        assertThat(first)
                .isInstanceOfSatisfying(
                        DeliveryOutcome.Delivered.class,
                        delivered -> assertThat(
                                        delivered.copy().orElseThrow().version().orElseThrow())
                                .startsWith("bafyrei"));
        assertThat(events()).hasSize(6);
    }

    @Test
    void aPictureIsKeptForTheGhostAndGoesWithItsPost() throws IOException {
        Ghost ghost = made(alice());
        Did did = new Did(ghost.id().value());
        URI source = URI.create("https://files.example/boat.png");
        var png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB), "png", png);
        web.web.has("GET " + source, 200, png.toByteArray());
        HostedFile file = ((FileOutcome.Ready) connector.host(Media.of(source, Media.Kind.IMAGE), ghost.id())).file();
        String record = "{\"$type\":\"app.bsky.feed.post\",\"text\":\"a\",\"createdAt\":\"2026-03-01T12:00:00.000Z\","
            + "\"embed\":{\"$type\":\"app.bsky.embed.images\",\"images\":[{\"alt\":\"\",\"image\":{\"$type\":\"blob\","
            + "\"ref\":{\"$link\":\"" + file.id() + "\"},\"mimeType\":\"image/jpeg\",\"size\":" + file.bytes()
                + "}}]}}";
        assertThat(connector.deliver(draft(ghost, "3mfyouv3wnpf7", record), REPO))
                .isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(pds.blobs.list(did, Optional.empty(), Optional.empty(), 10)).containsExactly(Cid.parse(file.id()));
        assertThat(connector.deliver(
                        draft(
                                ghost,
                                "3mfyouv3wnpg7",
                                record.replace(file.id(), Cid.ofRaw(new byte[1]).toString())),
                        REPO))
                .as("a file that is not here")
                .isInstanceOf(DeliveryOutcome.Refused.class);
        NativeDraft delete = new NativeDraft(
                Optional.of(ghost.id()),
                Optional.empty(),
                List.of("{\"collection\":\"app.bsky.feed.post\",\"rkey\":\"3mfyouv3wnpf7\",\"delete\":true}"));
        connector.deliver(delete, REPO);
        assertThat(pds.blobs.list(did, Optional.empty(), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void whatIsPutFirstChangesNothingElseOfTheProfile() {
        Ghost ghost = made(alice());
        DataMap before = profileOf(ghost);
        assertThat(before.fields()).containsKey("description").doesNotContainKey("pinnedPost");

        connector.deliver(first(ghost, FIRST), REPO);
        int told = events().size();
        connector.deliver(first(ghost, FIRST), REPO);
        assertThat(events()).as("nothing changed").hasSize(told);
        DataMap pinned = profileOf(ghost);
        assertThat(DataJson.write(pinned.map("pinnedPost").orElseThrow())).isEqualTo(FIRST);
        assertThat(pinned.fields()).containsAllEntriesOf(before.fields());

        connector.deliver(first(ghost, "null"), REPO);
        assertThat(profileOf(ghost)).isEqualTo(before);
    }

    @Test
    void nobodyWithoutAProfilePutsAnythingFirst() {
        Ghost ghost = made(alice());
        connector.deliver(
                new NativeDraft(
                        Optional.of(ghost.id()),
                        Optional.empty(),
                        List.of("{\"collection\":\"app.bsky.actor.profile\",\"rkey\":\"self\",\"delete\":true}")),
                REPO);
        assertThat(connector.deliver(first(ghost, FIRST), REPO)).isInstanceOf(DeliveryOutcome.Refused.class);
    }

    private static final String FIRST = "{\"cid\":\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\","
            + "\"uri\":\"at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3mfyouv3wnpf7\"}";

    private static NativeDraft first(Ghost ghost, String post) {
        return new NativeDraft(
                Optional.of(ghost.id()),
                Optional.empty(),
                List.of("{\"collection\":\"app.bsky.actor.profile\",\"rkey\":\"self\",\"change\":{\"pinnedPost\":"
                        + post + "}}"));
    }

    private DataMap profileOf(Ghost ghost) {
        return pds.store
                .archive()
                .record(new Did(ghost.id().value()), RepoPath.parse("app.bsky.actor.profile/self"))
                .orElseThrow()
                .value();
    }

    @Test
    void deletingWhatIsNotThereIsDone() {
        Ghost ghost = made(alice());
        NativeDraft delete = new NativeDraft(
                Optional.of(ghost.id()),
                Optional.empty(),
                List.of("{\"collection\":\"app.bsky.feed.post\",\"rkey\":\"never\",\"delete\":true}"));
        assertThat(connector.deliver(delete, REPO)).isEqualTo(new DeliveryOutcome.Delivered(Optional.empty()));
        assertThat(events()).hasSize(5);
    }

    @Test
    void whatConsumersWouldDropIsRefusedAndNotWritten() {
        Ghost ghost = made(alice());
        for (String bad : List.of(
                post("x".repeat(301)),
                "{\"$type\":\"app.bsky.feed.post\",\"text\":\"a\"}",
                "{\"$type\":\"app.bsky.feed.post\",\"text\":\"a\",\"createdAt\":\"yesterday\"}",
                "{\"$type\":\"app.bsky.feed.post\",\"text\":\"a\",\"langs\":null,"
                        + "\"createdAt\":\"2026-03-01T12:00:00.000Z\"}",
                "{\"$type\":\"app.bsky.feed.like\",\"text\":\"a\",\"createdAt\":\"2026-03-01T12:00:00.000Z\"}",
                "5")) {
            assertThat(connector.deliver(draft(ghost, "3mfyouv3wnpf7", bad), REPO))
                    .as(bad)
                    .isInstanceOf(DeliveryOutcome.Refused.class);
        }
        assertThat(events()).hasSize(5);
    }

    @Test
    void aClosedAccountTakesNothingNewUntilItsOwnerComesBack() {
        Ghost ghost = made(alice());
        connector.deliver(draft(ghost, "3mfyouv3wnpf7", post("hello")), REPO);
        NativeDraft leave =
                new NativeDraft(Optional.of(ghost.id()), Optional.empty(), List.of("{\"account\":\"deactivated\"}"));
        assertThat(connector.deliver(leave, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(connector.deliver(leave, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(events()).hasSize(7).last().isInstanceOf(AccountEvent.class);
        assertThat(connector.deliver(draft(ghost, "3mfyouv3wnpg7", post("late")), REPO))
                .isInstanceOf(DeliveryOutcome.Refused.class);
        assertThat(made(alice())).isEqualTo(ghost);
        assertThat(events().subList(7, events().size()))
                .hasExactlyElementsOfTypes(AccountEvent.class, RepoSyncEvent.class);
        assertThat(connector.deliver(draft(ghost, "3mfyouv3wnpg7", post("back")), REPO))
                .isInstanceOf(DeliveryOutcome.Delivered.class);
    }

    @Test
    void whoIsNotHereCannotSpeak() {
        Ghost stranger = new Ghost(
                ALICE,
                new NativeId(Network.ATPROTO, "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz"),
                "x.test",
                true,
                pds.clock.instant());
        assertThat(connector.deliver(draft(stranger, "a", post("x")), REPO))
                .isInstanceOf(DeliveryOutcome.Refused.class);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> connector.deliver(new NativeDraft(Optional.empty(), Optional.empty(), List.of()), REPO));
    }

    @Test
    void anInstanceThatDoesNotPublishWritesNothingAndSaysWhy() {
        Ghost ghost = made(alice());
        int before = events().size();
        database.getCollection("atproto_sequence")
                .updateOne(
                        Filters.eq("events"),
                        Updates.combine(
                                Updates.inc("epoch", 1L),
                                Updates.set("host", "elsewhere"),
                                Updates.set(
                                        "until", Date.from(pds.clock.instant().plusSeconds(20)))));
        RelayStatus status = new RelayStatus(List.of(), "at.bridge.org", web);
        Relays nobody = new Relays(List.of(), "at.bridge.org", new HostClient(web), pds.clock);
        Upkeep upkeep = new Upkeep(
                pds.store,
                pds.blobs,
                status,
                new RelayCare(pds.store, status, nobody, () -> 0, pds.clock),
                new AccountUpkeep(pds.store, pds.blobs, changes(List.of()), Duration.ofDays(30), pds.clock),
                movesOut(),
                () -> {},
                Duration.ofHours(96),
                pds.clock);
        upkeep.once();
        assertThat(connector.troubles()).singleElement().asString().contains("on elsewhere publishes the event stream");
        assertThat(connector.deliver(draft(ghost, "3mfcb2bsk2k2a", post("hello")), REPO))
                .isInstanceOfSatisfying(DeliveryOutcome.Retry.class, retry -> {
                    assertThat(retry.asked()).isFalse();
                    assertThat(retry.reason()).contains("one instance at a time");
                });
        assertThat(events()).hasSize(before);
        pds.clock.advance(Duration.ofSeconds(21));
        upkeep.once();
        assertThat(connector.troubles()).isEmpty();
        assertThat(connector.deliver(draft(ghost, "3mfcb2bsk2k2a", post("hello")), REPO))
                .isInstanceOf(DeliveryOutcome.Delivered.class);
    }

    @Test
    void everythingOfOnePersonGoesToOnePlace() {
        Destination follower = new Destination(Network.ATPROTO, "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
        assertThat(connector.route(ALICE, Set.of(follower))).containsExactly(REPO);
        assertThat(connector.route(ALICE, Set.of())).containsExactly(REPO);
    }

    @Test
    void aRecordIsFetchedWithProofAndAForgedOneIsNot() {
        Did bob = pds.account("bob");
        pds.post(bob, "a", "hello");
        Did host = bob;
        DataMap document = PlcState.document(host, pds.genesis("bob", URI.create("https://pds.test")))
                .orElseThrow()
                .toJson();
        web.web.has("GET " + PLC + host, 200, DataJson.write(document));
        String at = "GET https://pds.test/xrpc/com.atproto.sync.getRecord?did=did%3Aplc%3A" + host.identifier()
                + "&collection=app.bsky.feed.post&rkey=a";
        byte[] proof = pds.store
                .archive()
                .proof(bob, RepoPath.parse("app.bsky.feed.post/a"))
                .orElseThrow();
        web.web.has(at, 200, proof);
        NativeId uri = new NativeId(Network.ATPROTO, "at://" + bob + "/app.bsky.feed.post/a");
        NativeEvent event = connector.fetch(uri).orElseThrow();
        assertThat(event.kind()).isEqualTo(NativeEvent.Kind.POST);
        assertThat(event.author().value()).isEqualTo(bob.value());
        assertThat(connector.fetch(new NativeId(Network.ATPROTO, "at://" + bob + "/app.bsky.feed.post/none")))
                .isEmpty();
        byte[] forged = proof.clone();
        forged[forged.length / 2] ^= 1;
        web.web.has(at, 200, forged);
        assertThat(connector.fetch(uri)).isEmpty();
        web.web.has(at, 200, "<html>");
        assertThat(connector.fetch(uri)).isEmpty();
        Did mallory = pds.account("mallory");
        pds.post(mallory, "a", "not bob's");
        web.web.has(
                at,
                200,
                pds.store
                        .archive()
                        .proof(mallory, RepoPath.parse("app.bsky.feed.post/a"))
                        .orElseThrow());
        assertThat(connector.fetch(uri)).isEmpty();
    }

    @Test
    void aProfileIsWhatTheHostShowsAndABridgesCopyRefuses() {
        Did bob = new Did("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
        web.web.has("GET " + PLC + bob, 200, """
            {"id":"%s","alsoKnownAs":["at://bob.org"],"service":[{"id":"#atproto_pds",
            "type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.test"}]}\
            """.formatted(bob));
        NativeId id = new NativeId(Network.ATPROTO, bob.value());
        web.web.has("GET https://bob.org/.well-known/atproto-did", 200, bob.value());
        String at = "GET https://pds.test/xrpc/com.atproto.repo.getRecord?repo=did%3Aplc%3A" + bob.identifier()
                + "&collection=app.bsky.actor.profile&rkey=self";
        assertThat(connector.profile(id).orElseThrow().displayName()).isEmpty();
        String answer = """
            {"uri":"at://%s/app.bsky.actor.profile/self",
            "cid":"bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq",
            "value":{"$type":"app.bsky.actor.profile","displayName":"Bob"%s}}\
            """;
        web.web.has(at, 200, answer.formatted(bob, ""));
        Profile shown = connector.profile(id).orElseThrow();
        assertThat(shown.displayName()).isEqualTo("Bob");
        assertThat(shown.handle()).isEqualTo("bob.org");
        assertThat(shown.refusesBridging()).isFalse();
        assertThat(shown.signals()).isEmpty();
        web.web.has(at, 200, answer.formatted(bob, ",\"description\":\"I write. #NoBot\""));
        assertThat(connector.profile(id).orElseThrow().signals()).containsExactly(ConsentSignal.NO_BOTS);
        web.web.has(at, 200, answer.formatted(bob, ",\"bridgyOriginalUrl\":\"https://social.example/@bob\""));
        assertThat(connector.profile(id).orElseThrow().refusesBridging()).isTrue();
        assertThat(connector.locate(id)).contains(new Destination(Network.ATPROTO, bob.value()));
        NativeId unknown = new NativeId(Network.ATPROTO, "did:plc:cccccccccccccccccccccccc");
        assertThat(connector.profile(unknown)).isEmpty();
        assertThat(connector.locate(unknown)).isEmpty();
    }

    @Test
    void whatSomebodyDeclaresOfTheUseOfTheirDataIsReadWithTheirProfile() {
        Did bob = new Did("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
        web.web.has("GET " + PLC + bob, 200, """
            {"id":"%s","alsoKnownAs":["at://bob.org"],"service":[{"id":"#atproto_pds",
            "type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.test"}]}\
            """.formatted(bob));
        NativeId id = new NativeId(Network.ATPROTO, bob.value());
        String at = "GET https://pds.test/xrpc/com.atproto.repo.getRecord?repo=did%3Aplc%3A" + bob.identifier();
        String record = """
            {"uri":"at://%s/%s/self","cid":"bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq","value":%s}\
            """;
        String intents = at + "&collection=org.user-intents.declaration&rkey=self";
        String declaration = "{\"$type\":\"org.user-intents.declaration\",\"protocolBridging\":{\"allow\":%s,"
                + "\"updatedAt\":\"2026-03-01T12:00:00Z\"}}";
        String no = record.formatted(bob, "org.user-intents.declaration", declaration.formatted("false"));
        String yes = record.formatted(bob, "org.user-intents.declaration", declaration.formatted("true"));
        web.web.has(intents, 200, no);
        assertThat(connector.profile(id).orElseThrow().refusesBridging())
                .as("who shows nothing else")
                .isTrue();
        String profile = at + "&collection=app.bsky.actor.profile&rkey=self";
        String shown = "{\"$type\":\"app.bsky.actor.profile\",\"displayName\":\"Bob\"%s}";
        web.web.has(profile, 200, record.formatted(bob, "app.bsky.actor.profile", shown.formatted("")));
        Profile refusing = connector.profile(id).orElseThrow();
        assertThat(refusing.displayName()).isEqualTo("Bob");
        assertThat(refusing.refusesBridging()).isTrue();
        assertThat(refusing.signals()).containsExactly(ConsentSignal.DECLARES_NO_BRIDGING);
        web.web.has(intents, 200, yes);
        assertThat(connector.profile(id).orElseThrow().refusesBridging()).isFalse();
        assertThat(connector.profile(id).orElseThrow().signals())
                .as("that it is allowed is no wish for it")
                .isEmpty();
        String refusal = ",\"description\":\"#nobridge\"";
        web.web.has(profile, 200, record.formatted(bob, "app.bsky.actor.profile", shown.formatted(refusal)));
        assertThat(connector.profile(id).orElseThrow().refusesBridging())
                .as("the other refusal stands")
                .isTrue();
        web.web.has(profile, 200, record.formatted(bob, "app.bsky.actor.profile", shown.formatted("")));
        web.web.has(intents, 400, "{\"error\":\"RecordNotFound\"}");
        assertThat(connector.profile(id).orElseThrow().refusesBridging()).isFalse();
    }

    @Test
    void capabilitiesAreThoseOfTheNetwork() {
        assertThat(connector.capabilities())
                .isEqualTo(new Capabilities(
                        300,
                        Capabilities.TextUnit.GRAPHEMES,
                        Capabilities.Deletes.HONOURED,
                        Trait.EDITS,
                        Trait.VERSIONED_REFERENCES,
                        Trait.PINS_IN_PROFILE));
        assertThat(connector.troubles()).isEmpty();
    }
}
