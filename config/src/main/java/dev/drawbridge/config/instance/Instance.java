package dev.drawbridge.config.instance;

import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.SignIns;
import dev.drawbridge.model.port.Operators;
import dev.drawbridge.model.spi.ConnectorFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running instance, as `run`, `demo` and tests start it.
///
/// ```java
/// try (var instance = Instance.start(settings, Commands.networks(), Additions.NONE)) {
///     instance.ports().crossings().newest(10);
/// }
/// ```
public final class Instance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.drawbridge.start");
    private final Settings settings;
    private final Parts parts;
    private final Movement movement;
    private final WebFront web;
    private final CountDownLatch closed;

    private Instance(Settings settings, Parts parts, Movement movement, WebFront web, CountDownLatch closed) {
        this.settings = settings;
        this.parts = parts;
        this.movement = movement;
        this.web = web;
        this.closed = closed;
    }

    /// Starts everything and returns once it serves, listens and has its bots.
    ///
    /// @param settings with a port of 0, a free one is chosen and takes the place of `:0` in the addresses
    /// @param factories the networks there are; those without settings take no part
    /// @throws StartFailure with a sentence for the operator; nothing is left running
    public static Instance start(Settings settings, List<ConnectorFactory> factories, Additions additions) {
        long began = System.nanoTime();
        Settings chosen = settings.port() == 0 ? settings.onPort(freePort(settings)) : settings;
        Parts parts = Parts.open(chosen, factories);
        Combination.log(chosen, parts);
        var closed = new CountDownLatch(1);
        Runnable behind = () -> {
            parts.close();
            closed.countDown();
            LOG.info("stopped");
        };
        var signIns = new SignIns(chosen.baseUrl().resolve("/account"), parts.random(), parts.clock());
        // Web server and routes know nothing of each other, and both take their time.
        try (var routes = Beside.start(
                "prepare-routes", () -> parts.opened().add("the routes", Movement.prepare(parts, chosen, signIns)))) {
            WebFront web = web(chosen, parts, additions, behind, Moving.of(routes, signIns), routes);
            try {
                Movement movement = routes.get();
                movement.start();
                web.gate().open();
                LOG.info(
                        "ready in {} s: {}",
                        "%.1f"
                                .formatted(Duration.ofNanos(System.nanoTime() - began)
                                                .toMillis()
                                        / 1000.0),
                        chosen.baseUrl());
                return new Instance(chosen, parts, movement, web, closed);
            } catch (RuntimeException e) {
                routes.close();
                web.close();
                throw e;
            }
        }
    }

    private static WebFront web(
            Settings settings,
            Parts parts,
            Additions additions,
            Runnable behind,
            Moving moving,
            Beside<Movement> routes) {
        try {
            return WebFront.start(settings, parts, additions, moving, behind);
        } catch (RuntimeException e) {
            routes.close();
            parts.close();
            throw e;
        }
    }

    private static int freePort(Settings settings) {
        try (var socket =
                new ServerSocket(0, 1, InetAddress.ofLiteral(settings.address().orElse("127.0.0.1")))) {
            return socket.getLocalPort();
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailure(
                    "no free port on " + settings.address().orElse("127.0.0.1") + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return web.port();
    }

    public URI baseUrl() {
        return settings.baseUrl();
    }

    /// As they are in force, with the port that was chosen.
    public Settings settings() {
        return settings;
    }

    public Ports ports() {
        return parts.ports();
    }

    /// Who may come into the console.
    public Operators operators() {
        return parts.store().operators();
    }

    public Connectors connectors() {
        return parts.connectors();
    }

    /// How much is ready and not yet done, by queue: `inbox`, `outbox.nostr`, …
    public Map<String, Long> depths() {
        return movement.depths();
    }

    /// Waits until the instance was stopped, by [#close()] or by a signal.
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    /// Stops in order: nothing new is taken in, what is being answered is finished, then the rest.
    @Override
    public void close() {
        web.close();
    }
}
