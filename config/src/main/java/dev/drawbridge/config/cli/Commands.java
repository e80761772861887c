package dev.drawbridge.config.cli;

import dev.drawbridge.config.settings.Version;
import dev.drawbridge.model.spi.ConnectorFactory;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// Everything that can be typed after `drawbridge`.
public final class Commands {
    @Command(
            name = "drawbridge",
            mixinStandardHelpOptions = true,
            versionProvider = ThisVersion.class,
            description = "A consent-based bridge between ActivityPub, Nostr and AT Protocol.",
            synopsisSubcommandLabel = "COMMAND")
    private static final class Root {}

    private static final class ThisVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"drawbridge " + Version.current()};
        }
    }

    private Commands() {}

    /// The networks of this build, by name.
    public static List<ConnectorFactory> networks() {
        return ServiceLoader.load(ConnectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(ConnectorFactory::network))
                .toList();
    }

    /// Runs one command to its end.
    ///
    /// @param environment the variables that settings may come from
    /// @return the exit code: 0 done, 1 failed, 2 wrong input
    public static int run(
            List<String> arguments, Console console, List<ConnectorFactory> networks, Map<String, String> environment) {
        var asking = new Asking(console, networks, environment);
        var line = new CommandLine(new Root())
                .addSubcommand(new RunCommand(console, networks, environment))
                .addSubcommand(new DemoCommand(console, networks))
                .addSubcommand(new TranslateCommand(console, networks))
                .addSubcommand(new DoctorCommand(console, networks, environment))
                .addSubcommand("accounts", AccountCommands.line(console, asking))
                .addSubcommand("mirrors", new AccountsCommand(console, asking, "mirrors"))
                .addSubcommand(new ReportsCommand(console, asking))
                .addSubcommand(new RulesCommand(console, asking))
                .addSubcommand(new OperatorsCommand(console, asking))
                .addSubcommand(new DeadLettersCommand(console, asking))
                .addSubcommand(new WarmUpCommand(networks))
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(30);
        if (arguments.isEmpty()) {
            line.usage(console.err());
            return Exit.WRONG_INPUT;
        }
        return line.execute(arguments.toArray(String[]::new));
    }
}
