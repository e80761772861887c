package dev.drawbridge.config.demo;

import dev.drawbridge.config.http.EndpointServer;
import dev.drawbridge.config.instance.StartFailure;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.engine.net.GuardedHttp;
import dev.drawbridge.engine.net.GuardedSockets;
import dev.drawbridge.engine.net.NetSettings;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Three small networks on one web server, each with one person.
final class Sandbox implements AutoCloseable {
    private static final long LARGEST_FILE = 5_000_000;
    private final World world;
    private final GuardedHttp http;
    private final GuardedSockets sockets;
    private final EndpointServer server;
    private final SandboxFediverse fediverse;
    private final SandboxNostr nostr;
    private final SandboxAtproto atproto;
    private final List<Shore> shores;

    private Sandbox(Set<Network> networks, Map<String, String> logging) {
        var random = new SecureRandom();
        var net = NetSettings.of(true, "drawbridge-sandbox");
        var cryptography = Cryptography.portable();
        http = new GuardedHttp(net);
        sockets = new GuardedSockets(net);
        world = new World(
                URI.create("http://localhost:" + freePort()),
                InstantSource.system(),
                cryptography.signer(new SandboxKeys(), MasterKeys.inMemory(random), random),
                cryptography,
                http,
                sockets);
        fediverse = new SandboxFediverse(world);
        nostr = new SandboxNostr(world);
        atproto = new SandboxAtproto(world);
        shores = List.<Shore>of(fediverse, nostr, atproto).stream()
                .filter(shore -> networks.contains(shore.network()))
                .toList();
        var endpoints = new ArrayList<Endpoint>();
        shores.forEach(shore -> endpoints.addAll(shore.endpoints()));
        server = EndpointServer.start(world.origin(), endpoints, logging);
    }

    /// @param networks those that the bridge knows
    /// @param logging levels by `logging.level.…`
    /// @throws StartFailure if there is no port for it
    static Sandbox start(Set<Network> networks, Map<String, String> logging) {
        return new Sandbox(networks, logging);
    }

    List<Shore> shores() {
        return shores;
    }

    Optional<Shore> shore(String network) {
        return shores.stream()
                .filter(shore -> shore.network().name().equals(network))
                .findFirst();
    }

    /// What a bridge has to be told to reach these networks.
    Map<String, String> settings() {
        return Map.of(
                "drawbridge.nostr.relays", nostr.relayUrl(),
                "drawbridge.atproto.plc-directory", atproto.directory().toString(),
                "drawbridge.atproto.firehose", world.socket("").toString());
    }

    /// Lets the shores look at the bridge, where they look by themselves.
    void lookAt(URI bridge) {
        URI streams = URI.create(bridge.toString().replaceFirst("^http", "ws"));
        atproto.read(streams);
        nostr.read(streams);
    }

    /// What a post says that one of the sample people wrote.
    Optional<String> text(NativeId post) {
        return shores.stream()
                .flatMap(shore -> shore.journal().text(post).stream())
                .findFirst();
    }

    /// A file that a post on one of the shores names.
    ///
    /// @throws OutboundHttp.OutboundException if there is no answer
    OutboundHttp.Answer fetch(URI file) {
        return http.send(
                new OutboundHttp.Request("GET", file, Map.of(), new byte[0], LARGEST_FILE, Duration.ofSeconds(5), 0));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailure("there is no free port on this machine: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        shores.forEach(Shore::close);
        server.close();
        sockets.close();
        http.close();
    }
}
