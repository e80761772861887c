package dev.drawbridge.atproto;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.RelayLimits;
import dev.drawbridge.atproto.wire.FakeWeb;
import dev.drawbridge.atproto.wire.HandleResolver;
import dev.drawbridge.atproto.wire.HostClient;
import dev.drawbridge.atproto.wire.PlcDirectory;
import dev.drawbridge.atproto.wire.RelayStatus;
import dev.drawbridge.atproto.wire.Relays;
import dev.drawbridge.engine.crypto.Argon2Hashes;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundSockets;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.testkit.InMemoryCursors;
import dev.drawbridge.testkit.InMemoryFollows;
import dev.drawbridge.testkit.InMemoryIdentityMap;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtendWith;

/// A connector with a PDS of its own and a directory that can be down or refuse, and Alice, whom it is to show.
@ExtendWith(TestMongo.class)
abstract class AtprotoConnectorFixture {
    static final NativeId ALICE = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
    static final Destination REPO = new Destination(Network.ATPROTO, "repo:" + ALICE.key());
    static final String PLC = "https://plc.test/";
    final TestPds pds;
    final Directory web = new Directory();
    final AtprotoConnector connector;
    final InMemoryIdentityMap identities = new InMemoryIdentityMap();
    final InMemoryCursors cursors = new InMemoryCursors();
    final MongoDatabase database;

    AtprotoConnectorFixture(MongoDatabase database) {
        this(database, RelayLimits.NONE);
    }

    AtprotoConnectorFixture(MongoDatabase database, RelayLimits limits) {
        this(database, limits, Map.of());
    }

    AtprotoConnectorFixture(MongoDatabase database, Map<String, String> settings) {
        this(database, RelayLimits.NONE, settings);
    }

    private AtprotoConnectorFixture(MongoDatabase database, RelayLimits limits, Map<String, String> settings) {
        this.database = database;
        pds = new TestPds(database, limits);
        connector = connector(settings);
    }

    /// The connector as it is with these settings.
    AtprotoConnector connector(Map<String, String> settings) {
        ConnectorContext context = context(settings);
        return new Assembly(context, pds.store, Assembly.status(context)).connector();
    }

    /// What the PDS does by itself with these settings.
    Upkeep upkeep(Map<String, String> settings) {
        ConnectorContext context = context(settings);
        RelayStatus status = Assembly.status(context);
        Relays nobody = new Relays(List.of(), "at.bridge.org", new HostClient(web), pds.clock);
        return new Assembly(context, pds.store, status)
                .upkeep(new RelayCare(pds.store, status, nobody, () -> 0, pds.clock));
    }

    private ConnectorContext context(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("plc-directory", "https://plc.test");
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
                new ConnectorSettings(settings),
                pds.clock,
                new Random(1),
                pds.signer,
                pds.cryptography,
                new Argon2Hashes(new SecureRandom()),
                web,
                noSockets,
                identities,
                new InMemoryFollows(),
                cursors,
                nobody,
                pds.deadLetters,
                Set.of(Network.ATPROTO, Network.ACTIVITYPUB, Network.NOSTR),
                Meters.NONE,
                this::resource);
    }

    private <T> T resource(Class<T> type) {
        return type.cast(database);
    }

    /// As the connector changes accounts, with other keys of an operator.
    AccountChanges changes(List<DidKey> operator) {
        return changes(operator, URI.create("https://at.bridge.org"));
    }

    AccountChanges changes(List<DidKey> operator, URI host) {
        return new AccountChanges(
                pds.store,
                new PlcDirectory(URI.create("https://plc.test"), web),
                pds.signer,
                pds.cryptography,
                new RotationKeys(operator),
                identities,
                host);
    }

    MovesOut movesOut() {
        return new MovesOut(
                pds.store,
                changes(List.of()),
                new Argon2Hashes(new SecureRandom()),
                identities,
                new ChosenHandles(
                        pds.store,
                        changes(List.of()),
                        new HandleResolver(web, _ -> List.of())::resolve,
                        host -> host.endsWith(".bridge.org"),
                        pds.clock),
                URI.create("https://at.bridge.org"),
                pds.clock,
                new SecureRandom());
    }

    /// A directory that takes every operation that is what its DID says.
    static final class Directory implements dev.drawbridge.model.port.OutboundHttp {
        final FakeWeb web = new FakeWeb();
        final Map<Did, List<SignedPlcOperation>> logs = new HashMap<>();
        boolean down;
        boolean refusing;

        /// Somebody else who is asked first.
        Function<Request, Optional<Answer>> other = _ -> Optional.empty();

        @Override
        public Answer send(Request request) {
            return other.apply(request).orElseGet(() -> answer(request));
        }

        private Answer answer(Request request) {
            String at = request.uri().toString();
            if (down && at.startsWith(PLC)) {
                throw new OutboundException(Failure.UNREACHABLE, at);
            }
            if (request.method().equals("POST") && at.startsWith(PLC)) {
                SignedPlcOperation operation = SignedPlcOperation.parse(DataJson.parse(request.body()));
                Did did = new Did(at.substring(PLC.length()));
                boolean sound = follows(did, operation) && !refusing;
                web.has("POST " + at, sound ? 200 : 400, sound ? "" : "{\"message\":\"no\"}");
                if (sound) {
                    logs.computeIfAbsent(did, _ -> new ArrayList<>()).add(operation);
                    show(did, operation);
                }
            }
            return web.send(request);
        }

        /// Whether an operation is the first of a DID, or names the last one.
        private boolean follows(Did did, SignedPlcOperation operation) {
            List<SignedPlcOperation> log = logs.getOrDefault(did, List.of());
            return log.isEmpty()
                    ? operation.operation().prev().isEmpty() && operation.did().equals(did)
                    : operation
                            .operation()
                            .prev()
                            .equals(Optional.of(log.getLast().cid()));
        }

        /// Somebody else changed a DID.
        void took(Did did, SignedPlcOperation operation) {
            Objects.requireNonNull(logs.get(did)).add(operation);
            show(did, operation);
        }

        private void show(Did did, SignedPlcOperation last) {
            PlcState.document(did, last)
                    .ifPresent(document -> web.has("GET " + PLC + did, 200, DataJson.write(document.toJson())));
            web.has("GET " + PLC + did + "/data", 200, "{\"did\":\"" + did + "\"}");
            List<String> entries = Objects.requireNonNull(logs.get(did)).stream()
                    .map(operation -> DataJson.write(DataMap.builder()
                            .put("did", did.value())
                            .put("operation", operation.toJson())
                            .put("cid", operation.cid().toString())
                            .put("nullified", false)
                            .put("createdAt", "2026-03-01T12:00:00.000Z")
                            .build()))
                    .toList();
            web.has("GET " + PLC + did + "/log/audit", 200, "[" + String.join(",", entries) + "]");
        }

        long created() {
            return web.requests.stream()
                    .filter(r -> r.startsWith("POST " + PLC))
                    .count();
        }
    }

    static GhostRequest alice() {
        return new GhostRequest(
                ALICE,
                Profile.builder(ALICE, "@alice@social.example")
                        .displayName("Alice")
                        .bio(RichText.plain("Hello."))
                        .url(Optional.of(URI.create("https://social.example/@alice")))
                        .build());
    }

    Ghost made(GhostRequest request) {
        return ((GhostOutcome.Ready) connector.ensureGhost(request)).ghost();
    }

    List<SyncEvent> events() {
        List<SyncEvent> events = new ArrayList<>();
        pds.store
                .sequencer()
                .read(0, 1000)
                .forEach(stored -> events.add(((Frame.Event) FrameCodec.decode(stored.frame())).event()));
        return events;
    }

    NativeDraft draft(Ghost ghost, String rkey, String record) {
        String uri = "at://" + ghost.id().value() + "/app.bsky.feed.post/" + rkey;
        return new NativeDraft(
                Optional.of(ghost.id()),
                Optional.of(ObjectRef.of(new NativeId(Network.ATPROTO, uri))),
                List.of("{\"collection\":\"app.bsky.feed.post\",\"rkey\":\"" + rkey + "\",\"record\":" + record + "}"));
    }

    static String post(String text) {
        return "{\"$type\":\"app.bsky.feed.post\",\"text\":\"" + text
                + "\",\"createdAt\":\"2026-03-01T12:00:00.000Z\"}";
    }
}
