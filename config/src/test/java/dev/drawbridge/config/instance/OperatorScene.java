package dev.drawbridge.config.instance;

import dev.drawbridge.config.cli.Commands;
import dev.drawbridge.config.cli.Console;
import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.VirtualClock;
import dev.drawbridge.testkit.fake.FakeNetwork;
import dev.drawbridge.testkit.fake.FakeNetworkFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// An instance of two networks, and a command line beside it.
abstract class OperatorScene {
    static final Network DOVE = new Network("dove");
    static final Network PIGEON = new Network("pigeon");
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path data;

    final FakeNetworkFactory doves = new FakeNetworkFactory(new FakeNetwork(DOVE, false, new VirtualClock()));
    final FakeNetworkFactory pigeons = new FakeNetworkFactory(new FakeNetwork(PIGEON, false, new VirtualClock()));
    final List<ConnectorFactory> networks = List.of(doves, pigeons);
    Instance instance;
    private final TestMongo mongo = new TestMongo();
    private Path file;

    /// What is set beside what every such instance has.
    Map<String, String> settings() {
        return Map.of();
    }

    @BeforeEach
    final void open() throws Exception {
        Map<String, String> set = new HashMap<>(settings());
        set.put("drawbridge.domain", "localhost:0");
        set.put("drawbridge.dev.loopback", "true");
        set.put("drawbridge.data-dir", data.toString());
        set.put(
                "drawbridge.store.uri",
                mongo.uri() + "/" + getClass().getSimpleName().toLowerCase(Locale.ROOT));
        set.put("server.port", "0");
        Settings settings = new SettingsReader(networks, Map.of()).values(set);
        instance = Instance.start(settings, networks, Additions.NONE);
        file = Files.writeString(data.resolve("bridge.yml"), """
            drawbridge: {domain: "localhost:%1$d", dev.loopback: true, data-dir: "%2$s"}
            server.port: %1$d
            """.formatted(instance.port(), data));
    }

    @AfterEach
    final void close() {
        instance.close();
        mongo.close();
    }

    /// What a command says that somebody types, and how it ends.
    final String typed(String... words) {
        var said = new ByteArrayOutputStream();
        try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            var console = new Console(new ByteArrayInputStream(new byte[0]), out, out);
            List<String> all = new ArrayList<>(List.of(words));
            all.addAll(List.of("--config", file.toString()));
            out.println("exit " + Commands.run(all, console, networks, Map.of()));
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
