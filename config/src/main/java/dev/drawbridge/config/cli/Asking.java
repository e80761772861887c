package dev.drawbridge.config.cli;

import dev.drawbridge.config.instance.RunningHere;
import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.config.settings.WrongSettings;
import dev.drawbridge.model.spi.ConnectorFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// How a command asks the instance that runs on this machine.
///
/// @param networks whose settings may stand in the file
/// @param environment settings that stand above it
record Asking(Console console, List<ConnectorFactory> networks, Map<String, String> environment) {
    /// @param config the settings of the instance; without a file, those that are usual
    /// @return how the command ends: what went wrong was said
    int of(Optional<Path> config, Consumer<RunningHere> question) {
        Logs.off();
        try {
            var reader = new SettingsReader(networks, environment);
            Settings settings = config.map(reader::file).orElseGet(reader::tryOut);
            question.accept(new RunningHere(settings));
            return Exit.OK;
        } catch (WrongSettings e) {
            console.err().println(e.getMessage());
            return Exit.WRONG_INPUT;
        } catch (RunningHere.NoAnswer e) {
            console.err().println(e.getMessage());
            return Exit.FAILED;
        }
    }
}
