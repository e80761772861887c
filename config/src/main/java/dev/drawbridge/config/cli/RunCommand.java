package dev.drawbridge.config.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.drawbridge.config.instance.Additions;
import dev.drawbridge.config.instance.IdleMemory;
import dev.drawbridge.config.instance.Instance;
import dev.drawbridge.config.instance.StartFailure;
import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.config.settings.WrongSettings;
import dev.drawbridge.model.spi.ConnectorFactory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `drawbridge run`.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs an instance until it is told to stop.",
            "Without a file: for this machine only, on http://localhost:8080, stored in ./data.",
            "Wrong settings are all listed at once, exit code 2. A store, broker, directory or port that cannot be"
                    + " used: one sentence, exit code 1."
        })
final class RunCommand implements Callable<Integer> {
    private final Console console;
    private final List<ConnectorFactory> networks;
    private final Map<String, String> environment;

    @Option(names = "--config", paramLabel = "FILE", description = "the settings, see config/drawbridge.example.yml")
    private Optional<Path> config = Optional.empty();

    RunCommand(Console console, List<ConnectorFactory> networks, Map<String, String> environment) {
        this.console = console;
        this.networks = networks;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            var reader = new SettingsReader(networks, environment);
            Settings settings = config.map(reader::file).orElseGet(reader::tryOut);
            try (var instance = Instance.start(settings, networks, Additions.NONE)) {
                IdleMemory.giveBack(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class));
                instance.awaitClosed();
            }
            return Exit.OK;
        } catch (WrongSettings e) {
            console.err().println("drawbridge run: " + e.getMessage());
            return Exit.WRONG_INPUT;
        } catch (StartFailure e) {
            console.err().println("drawbridge run: " + e.getMessage());
            return Exit.FAILED;
        }
    }
}
