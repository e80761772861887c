package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.wire.FakeWeb;
import dev.drawbridge.model.Capabilities;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundSockets;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.InMemoryCursors;
import dev.drawbridge.testkit.InMemoryFollows;
import dev.drawbridge.testkit.InMemoryIdentityMap;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class AtprotoConnectorTest {
    private static final NativeId ALICE = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
    private static final Destination REPO = new Destination(Network.ATPROTO, "repo:" + ALICE.key());
    private static final String PLC = "https://plc.test/";
    private final TestPds pds;
    private final Directory web = new Directory();
    private final AtprotoConnector connector;
    private final MongoDatabase database;

    AtprotoConnectorTest(MongoDatabase database) {
        this.database = database;
        pds = new TestPds(database);
        connector = new Assembly(context(), pds.store).connector();
    }

    private ConnectorContext context() {
        Watchlist nobody = new Watchlist() {
            @Override
            public Set<NativeId> people(Network network) {
                return Set.of();
            }

            @Override
            public Set<NativeId> ours(Network network) {
                return Set.of();
            }

            @Override
            public void onChange(Network network, Runnable listener) {}
        };
        OutboundSockets noSockets = (_, _, _) -> {
            throw new AssertionError("no firehose is set");
        };
        return new ConnectorContext(
                new InstanceInfo(URI.create("https://at.bridge.org"), "bridge.org", "drawbridge", "1", "", false),
                new ConnectorSettings(Map.of("plc-directory", "https://plc.test")),
                pds.clock,
                new Random(1),
                pds.signer,
                pds.cryptography,
                web,
                noSockets,
                new InMemoryIdentityMap(),
                new InMemoryFollows(),
                new InMemoryCursors(),
                nobody,
                this::resource);
    }

    private <T> T resource(Class<T> type) {
        return type.cast(database);
    }

    /// A directory that takes every operation that is what its DID says.
    private static final class Directory implements dev.drawbridge.model.port.OutboundHttp {
        private final FakeWeb web = new FakeWeb();
        private boolean down;
        private boolean refusing;

        @Override
        public Answer send(Request request) {
            String at = request.uri().toString();
            if (down && at.startsWith(PLC)) {
                throw new OutboundException(Failure.UNREACHABLE, at);
            }
            if (request.method().equals("POST") && at.startsWith(PLC)) {
                SignedPlcOperation operation = SignedPlcOperation.parse(DataJson.parse(request.body()));
                Did did = new Did(at.substring(PLC.length()));
                boolean sound = operation.did().equals(did) && !refusing;
                web.has("POST " + at, sound ? 200 : 400, sound ? "" : "{\"message\":\"no\"}");
                if (sound) {
                    DataMap document =
                            PlcState.document(did, operation).orElseThrow().toJson();
                    web.has("GET " + at, 200, DataJson.write(document));
                    web.has("GET " + at + "/data", 200, "{\"did\":\"" + did + "\"}");
                }
            }
            return web.send(request);
        }

        long created() {
            return web.requests.stream()
                    .filter(r -> r.startsWith("POST " + PLC))
                    .count();
        }
    }

    private static GhostRequest alice() {
        return new GhostRequest(
                ALICE,
                new Profile(
                        ALICE,
                        "@alice@social.example",
                        "Alice",
                        RichText.plain("Hello."),
                        Optional.of(URI.create("https://social.example/@alice")),
                        Optional.empty(),
                        false,
                        false,
                        false));
    }

    private Ghost made(GhostRequest request) {
        return ((GhostOutcome.Ready) connector.ensureGhost(request)).ghost();
    }

    private List<SyncEvent> events() {
        List<SyncEvent> events = new ArrayList<>();
        pds.store
                .sequencer()
                .read(0, 1000)
                .forEach(stored -> events.add(((Frame.Event) FrameCodec.decode(stored.frame())).event()));
        return events;
    }

    private NativeDraft draft(Ghost ghost, String rkey, String record) {
        String uri = "at://" + ghost.id().value() + "/app.bsky.feed.post/" + rkey;
        return new NativeDraft(
                Optional.of(ghost.id()),
                Optional.of(ObjectRef.of(new NativeId(Network.ATPROTO, uri))),
                List.of("{\"collection\":\"app.bsky.feed.post\",\"rkey\":\"" + rkey + "\",\"record\":" + record + "}"));
    }

    private static String post(String text) {
        return "{\"$type\":\"app.bsky.feed.post\",\"text\":\"" + text
                + "\",\"createdAt\":\"2026-03-01T12:00:00.000Z\"}";
    }

    @Test
    void aGhostHasADidAHandleARepositoryAndAProfile() {
        Ghost ghost = made(alice());
        assertThat(ghost.origin()).isEqualTo(ALICE);
        assertThat(ghost.handle()).isEqualTo("alice-social-example.ap.bridge.org");
        Did did = new Did(ghost.id().value());
        assertThat(events())
                .hasExactlyElementsOfTypes(
                        IdentityEvent.class,
                        AccountEvent.class,
                        CommitEvent.class,
                        RepoSyncEvent.class,
                        CommitEvent.class);
        var profile = pds.store
                .archive()
                .record(did, RepoPath.parse("app.bsky.actor.profile/self"))
                .orElseThrow();
        assertThat(profile.value().text("displayName")).contains("Alice");
        DidDocument document = DidDocument.parse(
                DataJson.parse(web.web
                        .send(dev.drawbridge.model.port.OutboundHttp.Request.get(URI.create(PLC + did), Map.of()))
                        .body()),
                did);
        assertThat(document.handle().orElseThrow().value()).isEqualTo(ghost.handle());
        assertThat(document.pds()).contains(URI.create("https://at.bridge.org"));
    }

    @Test
    void askingTwiceMakesOneGhost() {
        assertThat(made(alice())).isEqualTo(made(alice()));
        assertThat(web.created()).isEqualTo(1);
        assertThat(events()).hasSize(5);
    }

    @Test
    void twoPeopleOfTheSameHandleGetDifferentOnes() {
        NativeId other = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/2");
        Ghost first = made(alice());
        Ghost second = made(new GhostRequest(other, Profile.bare(other, "@Alice@social.example")));
        assertThat(second.handle()).isNotEqualTo(first.handle()).startsWith("alice-social-example-");
    }

    @Test
    void aDirectoryThatIsDownIsTriedAgainWithTheSameDid() {
        web.down = true;
        assertThat(connector.ensureGhost(alice())).isInstanceOf(GhostOutcome.Retry.class);
        assertThat(connector.ensureGhost(alice())).isInstanceOf(GhostOutcome.Retry.class);
        assertThat(events()).isEmpty();
        web.down = false;
        made(alice());
        assertThat(web.created()).isEqualTo(1);
        assertThat(database.getCollection("atproto_accounts").countDocuments()).isEqualTo(1);
    }

    @Test
    void anAnswerThatWasLostDoesNoHarm() {
        Ghost ghost = made(alice());
        database.getCollection("atproto_accounts")
                .updateOne(
                        new org.bson.Document(), new org.bson.Document("$set", new org.bson.Document("live", false)));
        web.refusing = true;
        assertThat(made(alice())).isEqualTo(ghost);
        assertThat(events()).hasSize(5);
    }

    @Test
    void aDirectoryThatRefusesIsToldOnce() {
        web.refusing = true;
        assertThat(connector.ensureGhost(alice()))
                .isInstanceOfSatisfying(
                        GhostOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("400"));
        assertThat(events()).isEmpty();
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
            assertThat(connector.deliver(draft(ghost, "a", bad), REPO))
                    .as(bad)
                    .isInstanceOf(DeliveryOutcome.Refused.class);
        }
        assertThat(events()).hasSize(5);
    }

    @Test
    void aClosedAccountTakesNothingNewUntilItsOwnerComesBack() {
        Ghost ghost = made(alice());
        connector.deliver(draft(ghost, "a", post("hello")), REPO);
        NativeDraft leave =
                new NativeDraft(Optional.of(ghost.id()), Optional.empty(), List.of("{\"account\":\"deactivated\"}"));
        assertThat(connector.deliver(leave, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(connector.deliver(leave, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(events()).hasSize(7).last().isInstanceOf(AccountEvent.class);
        assertThat(connector.deliver(draft(ghost, "b", post("late")), REPO))
                .isInstanceOf(DeliveryOutcome.Refused.class);
        assertThat(made(alice())).isEqualTo(ghost);
        assertThat(events().subList(7, events().size()))
                .hasExactlyElementsOfTypes(AccountEvent.class, RepoSyncEvent.class);
        assertThat(connector.deliver(draft(ghost, "b", post("back")), REPO))
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
        web.web.has(at, 200, answer.formatted(bob, ",\"bridgyOriginalUrl\":\"https://social.example/@bob\""));
        assertThat(connector.profile(id).orElseThrow().refusesBridging()).isTrue();
        assertThat(connector.locate(id)).contains(new Destination(Network.ATPROTO, bob.value()));
        NativeId unknown = new NativeId(Network.ATPROTO, "did:plc:cccccccccccccccccccccccc");
        assertThat(connector.profile(unknown)).isEmpty();
        assertThat(connector.locate(unknown)).isEmpty();
    }

    @Test
    void capabilitiesAreThoseOfTheNetwork() {
        assertThat(connector.capabilities())
                .isEqualTo(new Capabilities(
                        300, Capabilities.TextUnit.GRAPHEMES, true, Capabilities.Deletes.HONOURED, false, false, true));
        assertThat(connector.troubles()).isEmpty();
    }
}
