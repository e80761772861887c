package dev.drawbridge.activitypub.support;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.ActivityPubFactory;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Pem;
import dev.drawbridge.engine.crypto.Argon2Hashes;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.InMemoryCursors;
import dev.drawbridge.testkit.InMemoryDeadLetters;
import dev.drawbridge.testkit.InMemoryFollows;
import dev.drawbridge.testkit.InMemoryIdentityMap;
import dev.drawbridge.testkit.InMemoryKeyStore;
import dev.drawbridge.testkit.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// The connector with real parts around it: signatures, MongoDB in memory, and a [LocalNet] it is part of.
public final class Bridge {
    public static final String BASE = "https://ap.bridge.example";
    /// One of them is known to nobody but this test: a new network needs no change here.
    public static final Network GOPHER = new Network("gopher");

    private static final Set<Network> NETWORKS = Set.of(Network.ACTIVITYPUB, Network.NOSTR, Network.ATPROTO, GOPHER);

    public final VirtualClock clock = new VirtualClock();
    public final LocalNet net;
    public final InMemoryFollows follows = new InMemoryFollows();
    public final InMemoryIdentityMap identities = new InMemoryIdentityMap();
    public final InMemoryCursors cursors = new InMemoryCursors();
    public final Set<NativeId> people = new HashSet<>();
    public final List<NativeEvent> received = new CopyOnWriteArrayList<>();
    public final CaptiveBackground background = new CaptiveBackground();
    public final NetworkConnector connector;
    public final Router router;
    public Receipt receipt = new Receipt.Accepted();

    public Bridge(MongoDatabase database, LocalNet net) {
        this(database, net, Map.of());
    }

    public Bridge(MongoDatabase database, LocalNet net, Map<String, String> settings) {
        this(database, net, settings, UnaryOperator.identity());
    }

    /// @param signing what signs, made from what usually does
    public Bridge(MongoDatabase database, LocalNet net, Map<String, String> settings, UnaryOperator<Signer> signing) {
        this.net = net;
        var instance = new InstanceInfo(URI.create(BASE), "bridge.example", "drawbridge", "0.1.0", "", false);
        Cryptography cryptography = Cryptography.portable();
        var context = new ConnectorContext(
                instance,
                new ConnectorSettings(settings),
                clock,
                RandomGenerator.getDefault(),
                signing.apply(signer(cryptography)),
                cryptography,
                new Argon2Hashes(new SecureRandom()),
                net,
                (_, _, _) -> {
                    throw new UnsupportedOperationException("no sockets here");
                },
                identities,
                follows,
                cursors,
                new Watched(people),
                new InMemoryDeadLetters(),
                NETWORKS,
                Meters.NONE,
                resources(database));
        connector = new ActivityPubFactory(() -> background).create(context);
        router = new Router(connector.endpoints());
        net.serve("ap.bridge.example", router::call);
        start();
    }

    /// Starts the connector, also after it was stopped.
    public void start() {
        connector.start(event -> {
            received.add(event);
            return receipt;
        });
    }

    /// Somebody of another network, with a ghost.
    public NativeId ghost(NativeId origin, String handle) {
        var outcome = connector.ensureGhost(new GhostRequest(origin, Profile.bare(origin, handle)));
        return ((GhostOutcome.Ready) outcome).ghost().id();
    }

    /// Brings an activity to an inbox, signed by its sender, and lets the bridge find out about it.
    public HttpReply post(RemoteServer sender, String inbox, String body) {
        var reply = post(inbox, sender.signed(inbox, body, clock.instant()), body);
        background.run();
        return reply;
    }

    /// Brings a request to an inbox; what it leaves to do is not done yet.
    public HttpReply post(String inbox, Map<String, List<String>> headers, String body) {
        return router.call("POST", URI.create(inbox), headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /// The public key one of our actors shows, SubjectPublicKeyInfo.
    public byte[] actorKey(NativeId actor) {
        String pem = Documents.parse(Router.text(get(URI.create(actor.value()).getRawPath())))
                .found()
                .flatMap(a -> a.object("publicKey"))
                .flatMap(k -> k.text("publicKeyPem"))
                .orElseThrow();
        return Pem.read(pem).orElseThrow();
    }

    public HttpReply get(String path) {
        return router.get(BASE + path, "application/activity+json");
    }

    private static Signer signer(Cryptography cryptography) {
        try {
            Path folder = Files.createTempDirectory("keys");
            Path file = folder.resolve("master.keys");
            var master = MasterKeys.open(file, new SecureRandom());
            Files.delete(file);
            Files.delete(folder);
            return cryptography.signer(new InMemoryKeyStore(), master, new SecureRandom());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConnectorContext.Resources resources(MongoDatabase database) {
        return new ConnectorContext.Resources() {
            @Override
            public <T> T get(Class<T> type) {
                return type.cast(database);
            }
        };
    }
}
