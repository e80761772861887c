package dev.drawbridge.nostr;

import dev.drawbridge.engine.crypto.Argon2Hashes;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.testkit.InMemoryCursors;
import dev.drawbridge.testkit.InMemoryDeadLetters;
import dev.drawbridge.testkit.InMemoryFollows;
import dev.drawbridge.testkit.InMemoryIdentityMap;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Everything a connector is given, under a test's control.
public final class FakeContext {
    public final VirtualClock clock = new VirtualClock();
    public final ManualTimer timer = new ManualTimer(clock);
    public final FakeSockets sockets = new FakeSockets();
    public final FakeWatchlist watchlist = new FakeWatchlist();
    public final FakeSink sink = new FakeSink();
    public final InMemoryCursors cursors = new InMemoryCursors();
    public final InMemoryIdentityMap identities = new InMemoryIdentityMap();
    /// Bodies by address; everything else is unreachable.
    public final Map<String, String> pages = new HashMap<>();

    public final ConnectorContext context;

    public FakeContext(Signer signer, Map<String, String> settings) {
        context = new ConnectorContext(
                new InstanceInfo(
                        URI.create("https://nostr.bridge.example"),
                        "bridge.example",
                        "Drawbridge",
                        "0.1.0",
                        "mailto:op@bridge.example",
                        false),
                new ConnectorSettings(settings),
                clock,
                new Random(1),
                signer,
                People.CRYPTOGRAPHY,
                new Argon2Hashes(new SecureRandom()),
                this::page,
                sockets,
                identities,
                new InMemoryFollows(),
                cursors,
                watchlist,
                new InMemoryDeadLetters(),
                Set.of(Network.ACTIVITYPUB, Network.ATPROTO, Network.NOSTR),
                Meters.NONE,
                new ConnectorContext.Resources() {
                    @Override
                    public <T> T get(Class<T> type) {
                        throw new IllegalArgumentException("no " + type);
                    }
                });
    }

    private OutboundHttp.Answer page(OutboundHttp.Request request) {
        String body = pages.get(request.uri().toString());
        if (body == null) {
            throw new OutboundHttp.OutboundException(OutboundHttp.Failure.UNREACHABLE, "nobody there");
        }
        int status = body.startsWith("{") ? 200 : 302;
        return new OutboundHttp.Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), request.uri());
    }
}
