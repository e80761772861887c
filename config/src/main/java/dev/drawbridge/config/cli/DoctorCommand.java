package dev.drawbridge.config.cli;

import dev.drawbridge.config.instance.Examination;
import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.config.settings.WrongSettings;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `drawbridge doctor`.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Checks everything an instance needs: settings, Java, data folder, port, store, broker, keys, networks,"
                    + " clock, names and certificates.",
            "Says what is wrong and what to do about it. Exit code 1 if something has to be done."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Console console;
    private final List<ConnectorFactory> networks;
    private final Map<String, String> environment;

    @Option(names = "--config", paramLabel = "FILE", description = "the settings that `run` would use")
    private Optional<Path> config = Optional.empty();

    DoctorCommand(Console console, List<ConnectorFactory> networks, Map<String, String> environment) {
        this.console = console;
        this.networks = networks;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Logs.off();
        var well = new AtomicBoolean(true);
        try {
            var reader = new SettingsReader(networks, environment);
            Settings settings = config.map(reader::file).orElseGet(reader::tryOut);
            say(
                    new Finding(
                            Finding.Mark.GOOD,
                            "settings",
                            config.map(Path::toString).orElse("no file"),
                            ""),
                    well);
            new Examination(settings, networks, finding -> say(finding, well)).run();
        } catch (WrongSettings e) {
            e.errors()
                    .forEach(error -> say(
                            new Finding(
                                    Finding.Mark.BAD, error.key(), error.problem(), "for example: " + error.example()),
                            well));
        }
        return well.get() ? Exit.OK : Exit.FAILED;
    }

    private void say(Finding finding, AtomicBoolean well) {
        String mark = switch (finding.mark()) {
            case GOOD -> "✓";
            case NOTE -> "·";
            case BAD -> "✗";
        };
        console.out().println(mark + " " + finding.subject() + ": " + finding.text());
        if (!finding.advice().isEmpty()) {
            console.out().println("    → " + finding.advice());
        }
        if (finding.mark() == Finding.Mark.BAD) {
            well.set(false);
        }
    }
}
