package dev.drawbridge.it.sides;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.peers.AtprotoPeer;
import dev.drawbridge.it.peers.FedifyPeer;
import dev.drawbridge.it.peers.NostrRelay;
import dev.drawbridge.it.peers.NostrTools;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Three real networks on this machine with a bridge between them.
public final class World implements AutoCloseable {
    /// What handles of ghosts end in on AT Protocol, where a host with a port cannot be one.
    private static final String HANDLE_DOMAIN = "drawbridge.test";

    private final RunningInstance instance;
    private final Map<String, Side> sides;

    private World(RunningInstance instance, Map<String, Side> sides) {
        this.instance = instance;
        this.sides = sides;
    }

    /// Starts the servers and then the bridge.
    ///
    /// @param home an empty folder for the bridge
    /// @param store a MongoDB; empty for the embedded store
    /// @param seconds the time, in seconds since 1970
    public static World start(Path home, Optional<String> store, LongSupplier seconds) {
        return start(home, store, seconds, Map.of());
    }

    /// The same with more settings of the bridge.
    ///
    /// @param more whole keys
    public static World start(Path home, Optional<String> store, LongSupplier seconds, Map<String, String> more) {
        var closing = new ArrayList<AutoCloseable>();
        try {
            var setup = RunningInstance.Setup.loopback(home);
            URI bridge = setup.base();
            var atproto = keep(closing, AtprotoPeer.start(Map.of('.' + HANDLE_DOMAIN, bridge)));
            var fediverse = keep(closing, FedifyPeer.start());
            var relay = keep(closing, NostrRelay.start());
            var tools = keep(closing, NostrTools.start());
            var told = setup.with("drawbridge.nostr.relays", relay.uri().toString())
                    .with("drawbridge.atproto.handle-domain", HANDLE_DOMAIN)
                    .with("drawbridge.atproto.plc-directory", atproto.plc().toString())
                    .with("drawbridge.atproto.firehose", atproto.firehose().toString());
            var whole = store.map(uri -> told.with("drawbridge.store.uri", uri)).orElse(told);
            for (var setting : more.entrySet()) {
                whole = whole.with(setting.getKey(), setting.getValue());
            }
            var instance = keep(closing, RunningInstance.start(whole));
            var sides = new LinkedHashMap<String, Side>();
            sides.put("activitypub", new FediverseSide(fediverse, bridge));
            sides.put("nostr", new NostrSide(relay, tools, bridge, seconds));
            sides.put("atproto", new AtprotoSide(atproto, bridge, HANDLE_DOMAIN));
            return new World(instance, sides);
        } catch (RuntimeException e) {
            closeAll(closing);
            throw e;
        }
    }

    public Side side(String network) {
        return Optional.ofNullable(sides.get(network)).orElseThrow();
    }

    public RunningInstance instance() {
        return instance;
    }

    @Override
    public void close() {
        instance.close();
        sides.values().forEach(Side::close);
    }

    private static <T extends AutoCloseable> T keep(List<AutoCloseable> closing, T started) {
        closing.add(started);
        return started;
    }

    private static void closeAll(List<AutoCloseable> started) {
        Collections.reverse(started);
        for (AutoCloseable one : started) {
            try {
                one.close();
            } catch (Exception e) {
                System.err.println("while giving up: " + e);
            }
        }
    }
}
