package dev.drawbridge.config.cli;

import dev.drawbridge.config.instance.Additions;
import dev.drawbridge.config.instance.Instance;
import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.model.spi.ConnectorFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Starts and stops an instance that nobody sees, so that the JVM learns what a start needs. For the launcher.
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final List<String> PAGES = List.of("/", "/demo", "/status", "/actuator/health", "/nowhere");
    private final List<ConnectorFactory> networks;

    WarmUpCommand(List<ConnectorFactory> networks) {
        this.networks = networks;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("drawbridge-warm-up");
        try {
            var environment = Map.of("DRAWBRIDGE_DATA_DIR", folder.toString());
            Settings settings =
                    new SettingsReader(networks, environment).tryOut().onAnyPort();
            try (var instance = Instance.start(settings, networks, Additions.NONE);
                    var client = HttpClient.newHttpClient()) {
                for (String page : PAGES) {
                    client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + page))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
                }
            }
            return Exit.OK;
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
