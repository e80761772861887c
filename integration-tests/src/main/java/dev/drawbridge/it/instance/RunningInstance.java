package dev.drawbridge.it.instance;

import dev.drawbridge.it.ProjectTree;
import dev.drawbridge.it.peers.Http;
import dev.drawbridge.it.peers.PeerProcess;
import dev.drawbridge.it.peers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// A bridge as an operator runs it: the packaged jar, a settings file, a data folder. Outlives its process, so that one
/// can be killed and started again on the same data.
public final class RunningInstance implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dio.netty.noUnsafe=false");

    private final Path home;
    private final int port;
    private final Start start;
    private final List<String> flags;
    private final Http http = new Http();
    private Optional<PeerProcess> process = Optional.empty();

    private RunningInstance(Setup setup) {
        this.home = setup.home();
        this.port = setup.port();
        this.start = setup.start();
        this.flags = setup.flags();
    }

    /// How the process is started.
    public enum Start {
        /// `java -jar`, as it is packaged.
        JAR,
        /// `./drawbridge run`: unpacked, with a start-up cache.
        LAUNCHER
    }

    /// What an instance is told, and how its JVM is started.
    ///
    /// @param home an empty folder for settings, data and logs
    /// @param settings whole keys
    /// @param flags more flags of the JVM
    public record Setup(Path home, int port, Start start, Map<String, String> settings, List<String> flags) {
        public Setup {
            settings = Map.copyOf(settings);
            flags = List.copyOf(flags);
        }

        /// For this machine only, on a free port, with the embedded store.
        public static Setup loopback(Path home) {
            int port = Ports.free();
            var settings = new LinkedHashMap<String, String>();
            settings.put("drawbridge.dev.loopback", "true");
            settings.put("drawbridge.domain", "localhost:" + port);
            settings.put("drawbridge.data-dir", home.resolve("data").toString());
            settings.put("server.port", Integer.toString(port));
            return new Setup(home, port, Start.JAR, settings, List.of());
        }

        /// Where it will be.
        public URI base() {
            return URI.create("http://localhost:" + port);
        }

        public Setup with(String key, String value) {
            var more = new LinkedHashMap<>(settings);
            more.put(key, value);
            return new Setup(home, port, start, more, flags);
        }

        public Setup flag(String flag) {
            var more = new ArrayList<>(flags);
            more.add(flag);
            return new Setup(home, port, start, settings, more);
        }

        public Setup by(Start how) {
            return new Setup(home, port, how, settings, flags);
        }
    }

    /// Writes the settings file and starts.
    ///
    /// @return once it is ready
    public static RunningInstance start(Setup setup) {
        try {
            Files.createDirectories(setup.home());
            var lines = new ArrayList<String>();
            setup.settings().forEach((key, value) -> lines.add(key + ": \"" + value.replace("\"", "\\\"") + '"'));
            Files.write(setup.home().resolve("drawbridge.yml"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var instance = new RunningInstance(setup);
        instance.start();
        return instance;
    }

    /// Starts the process again.
    ///
    /// @return how long it took to be ready
    public Duration start() {
        Instant begin = Instant.now();
        var started = PeerProcess.start(
                "drawbridge",
                command(),
                Map.of(
                        "DRAWBRIDGE_JAVA_HOME",
                        System.getProperty("java.home"),
                        "DRAWBRIDGE_JAVA_OPTS",
                        String.join(" ", flags)),
                home,
                _ -> Optional.empty(),
                this::log);
        process = Optional.of(started);
        try {
            Awaitility.await()
                    .atMost(PeerProcess.START)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !started.alive() || ready());
        } catch (ConditionTimeoutException e) {
            close();
            throw new IllegalStateException("drawbridge is not ready\n" + started.log(), e);
        }
        if (!started.alive()) {
            throw new IllegalStateException("drawbridge ended\n" + started.log());
        }
        return Duration.between(begin, Instant.now());
    }

    private List<String> command() {
        String settings = home.resolve("drawbridge.yml").toString();
        return switch (start) {
            case LAUNCHER ->
                List.of(ProjectTree.find().root().resolve("drawbridge").toString(), "run", "--config", settings);
            case JAR -> {
                var command = new ArrayList<String>();
                command.add(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
                command.addAll(FLAGS);
                command.addAll(flags);
                command.addAll(List.of("-jar", executableJar().toString(), "run", "--config", settings));
                yield command;
            }
        };
    }

    public boolean ready() {
        try {
            return http.get(base().resolve("/actuator/health/readiness")).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /// Whether its process is there.
    public boolean alive() {
        return process.map(PeerProcess::alive).orElse(false);
    }

    /// As `kill -9` does.
    public void kill() {
        process.ifPresent(PeerProcess::kill);
        process = Optional.empty();
    }

    public long pid() {
        return process.orElseThrow().pid();
    }

    public URI base() {
        return URI.create("http://localhost:" + port);
    }

    public String authority() {
        return "localhost:" + port;
    }

    /// Its last lines of output, for messages.
    public String log() {
        return process.map(PeerProcess::log).orElse("(not running)");
    }

    /// What its gauges and counters say now, one a line, for messages.
    public String metrics() {
        return http.get(base().resolve("/actuator/prometheus"))
                .text()
                .lines()
                .filter(l -> l.startsWith("drawbridge_"))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        process.ifPresent(PeerProcess::close);
        process = Optional.empty();
    }

    private void log(String line) {
        try {
            Files.writeString(
                    home.resolve("drawbridge.log"),
                    line + System.lineSeparator(),
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The jar that `config` packages: the only one that says which class starts it.
    public static Path executableJar() {
        Path target = ProjectTree.find().root().resolve("config/target");
        try (var jars = Files.newDirectoryStream(target, "*.jar")) {
            for (Path candidate : jars) {
                try (var file = new JarFile(candidate.toFile())) {
                    if (file.getManifest().getMainAttributes().getValue("Start-Class") != null) {
                        return candidate;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("is config packaged? run ./mvnw package", e);
        }
        throw new IllegalStateException("no executable jar in " + target + ": run ./mvnw package");
    }
}
