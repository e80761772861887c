package dev.drawbridge.config.demo;

import dev.drawbridge.config.instance.Additions;
import dev.drawbridge.config.instance.Instance;
import dev.drawbridge.config.instance.StartFailure;
import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An ordinary instance and the three small networks it bridges, in this process and on this machine only.
///
/// ```java
/// try (var demo = Demo.start(Commands.networks(), Demo.Options.DEFAULT)) {
///     demo.play(System.out::println);
/// }
/// ```
public final class Demo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final int USUAL_PORT = 8080;
    private final Path data;
    private final Sandbox sandbox;
    private final Instance instance;
    private final DemoPage shown;
    private final Duration patience;
    private final AtomicBoolean cleared = new AtomicBoolean();
    private final Thread atTheEnd = new Thread(this::clearAfterSignal, "demo-end");

    /// @param port of the instance; 0 for any that is free
    /// @param patience how long everything together may take
    /// @param pulled networks whose plug is pulled from the beginning
    /// @param settings more keys of the instance, over the demo's own
    public record Options(int port, Duration patience, Set<Network> pulled, Map<String, String> settings) {
        public static final Options DEFAULT = new Options(0, Duration.ofSeconds(60), Set.of(), Map.of());

        public Options {
            pulled = Set.copyOf(pulled);
            settings = Map.copyOf(settings);
        }
    }

    private Demo(Path data, Sandbox sandbox, Instance instance, DemoPage page, Duration patience) {
        this.data = data;
        this.sandbox = sandbox;
        this.instance = instance;
        this.shown = page;
        this.patience = patience;
    }

    /// Starts everything; nothing crosses yet.
    ///
    /// @throws StartFailure with a sentence; nothing is left running
    public static Demo start(List<ConnectorFactory> factories, Options options) {
        Set<Network> networks =
                factories.stream().map(ConnectorFactory::network).collect(Collectors.toSet());
        Path data = temporaryFolder();
        try {
            Sandbox sandbox = Sandbox.start(networks, logging(options));
            try {
                sandbox.shores().stream()
                        .filter(shore -> options.pulled().contains(shore.network()))
                        .forEach(shore -> shore.plug().pulled(true));
                var page = new DemoPage(sandbox);
                Instance instance = Instance.start(
                        settings(factories, options, sandbox, data),
                        factories,
                        new Additions(sandbox::text, page.endpoints()));
                page.show(instance);
                sandbox.lookAt(instance.baseUrl());
                var demo = new Demo(data, sandbox, instance, page, options.patience());
                Runtime.getRuntime().addShutdownHook(demo.atTheEnd);
                return demo;
            } catch (RuntimeException e) {
                sandbox.close();
                throw e;
            }
        } catch (RuntimeException e) {
            delete(data);
            throw e;
        }
    }

    /// The port people expect, if nobody has it yet; else any.
    public static int usualPort() {
        try (var socket = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }

    /// Lets the sample people opt in, follow each other and write, and waits until all of it has crossed.
    ///
    /// @param say takes the report, line by line
    /// @throws Incomplete with a sentence about what is missing
    public void play(Consumer<String> say) {
        say.accept("A bridge at " + instance.baseUrl() + " between three small networks in this process:");
        new Script(sandbox.shores(), instance.ports(), InstantSource.system(), patience, say).run();
    }

    /// The page that shows everything.
    public URI page() {
        return instance.baseUrl().resolve("/demo");
    }

    /// Waits until the instance was told to stop.
    public void awaitClosed() throws InterruptedException {
        instance.awaitClosed();
    }

    Instance instance() {
        return instance;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    @Override
    public void close() {
        shown.close();
        instance.close();
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            LOG.debug("ended by a signal");
        }
    }

    /// A signal ends the instance by itself; what it kept has to go after that and before the process does.
    private void clearAfterSignal() {
        shown.close();
        try {
            instance.awaitClosed();
            clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void clear() {
        if (cleared.compareAndSet(false, true)) {
            sandbox.close();
            delete(data);
        }
    }

    private static Settings settings(List<ConnectorFactory> factories, Options options, Sandbox sandbox, Path data) {
        var values = new HashMap<>(Map.of(
                "drawbridge.domain", "localhost:" + options.port(),
                "drawbridge.dev.loopback", "true",
                "drawbridge.data-dir", data.toString(),
                "drawbridge.retry.first", "1s",
                "drawbridge.retry.longest", "5s",
                "drawbridge.consumers", "4",
                "server.port", Integer.toString(options.port())));
        Set<String> known = factories.stream().map(f -> f.network().name()).collect(Collectors.toSet());
        sandbox.settings().forEach((key, value) -> {
            if (known.contains(key.split("\\.")[1])) {
                values.put(key, value);
            }
        });
        values.putAll(options.settings());
        return new SettingsReader(factories, Map.of()).values(values);
    }

    private static Map<String, String> logging(Options options) {
        return options.settings().entrySet().stream()
                .filter(e -> e.getKey().startsWith("logging."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("drawbridge-demo-");
        } catch (IOException e) {
            throw new StartFailure("there is no room for the demo: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                if (!path.toFile().delete()) {
                    path.toFile().deleteOnExit();
                }
            });
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }
}
