package dev.drawbridge.config.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.drawbridge.config.demo.Demo;
import dev.drawbridge.config.demo.Incomplete;
import dev.drawbridge.config.instance.StartFailure;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `drawbridge demo`.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows a bridge at work: an instance and three small networks in one process that speak the real"
                    + " protocols. Nothing leaves this machine and nothing is kept.",
            "Three people opt in, follow each other and write; what crossed is printed and shown on a page."
        })
final class DemoCommand implements Callable<Integer> {
    private final Console console;
    private final List<ConnectorFactory> networks;

    @Option(
            names = "--once",
            description = "end as soon as everything has crossed: exit code 0, or 1 and what is missing")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "of the instance (default: 8080 if it is free, else any; any with --once)")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--pull",
            paramLabel = "NETWORK",
            split = ",",
            description = "start with the plug of this network pulled: what is meant for it waits")
    private Set<String> pulled = Set.of();

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "how long everything together may take (default: ${DEFAULT-VALUE})")
    private int patience;

    @Option(names = "--verbose", description = "what the instance logs, too")
    private boolean verbose;

    DemoCommand(Console console, List<ConnectorFactory> networks) {
        this.console = console;
        this.networks = networks;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<String> unknown = pulled.stream()
                .filter(name ->
                        networks.stream().noneMatch(f -> f.network().name().equals(name)))
                .findFirst();
        if (unknown.isPresent()) {
            console.err().println("drawbridge demo: there is no network " + unknown.get());
            return Exit.WRONG_INPUT;
        }
        if (!verbose && LoggerFactory.getLogger("dev.drawbridge") instanceof Logger logger) {
            logger.setLevel(Level.WARN);
        }
        try (var demo = Demo.start(networks, options())) {
            return play(demo);
        } catch (StartFailure e) {
            console.err().println("drawbridge demo: " + e.getMessage());
            return Exit.FAILED;
        }
    }

    private int play(Demo demo) throws InterruptedException {
        if (!once) {
            console.out().println("Open " + demo.page() + " and watch. This is what the sample people do there:");
        }
        try {
            demo.play(console.out()::println);
        } catch (Incomplete e) {
            console.err().println("drawbridge demo: " + e.getMessage());
            if (once) {
                return Exit.FAILED;
            }
        }
        if (!once) {
            console.out().println("Watch and take part at " + demo.page() + " (Ctrl-C ends the demo)");
            demo.awaitClosed();
        }
        return Exit.OK;
    }

    private Demo.Options options() {
        return new Demo.Options(
                port.orElseGet(() -> once ? 0 : Demo.usualPort()),
                Duration.ofSeconds(patience),
                pulled.stream().map(Network::new).collect(Collectors.toSet()),
                verbose ? Map.of() : Map.of("logging.level.dev.drawbridge", "warn"));
    }
}
