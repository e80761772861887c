package dev.drawbridge.config.cli;

import dev.drawbridge.config.instance.RunningHere;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `drawbridge accounts show|archive|end|vouch|unvouch`: what the operator does for one person.
final class AccountCommands {
    private static final JsonMapper JSON = JsonMapper.shared();

    private AccountCommands() {}

    /// `drawbridge accounts`, with what can be done for one of them behind it.
    static CommandLine line(Console console, Asking asking) {
        return new CommandLine(new AccountsCommand(console, asking, "accounts"))
                .addSubcommand("show", new Show(console, asking))
                .addSubcommand("archive", new Archive(asking))
                .addSubcommand("end", new End(asking))
                .addSubcommand("vouch", new Vouch(asking, true))
                .addSubcommand("unvouch", new Vouch(asking, false));
    }

    /// Whom it is about.
    private abstract static class One implements Callable<Integer> {
        private final Asking asking;

        @Option(names = "--config", paramLabel = "FILE", description = "the settings of the instance that runs")
        private Optional<Path> config = Optional.empty();

        @Parameters(index = "0", paramLabel = "NETWORK", description = "the account's network")
        private String network = "";

        @Parameters(index = "1", paramLabel = "ID", description = "the account as its network calls it")
        private String id = "";

        One(Asking asking) {
            this.asking = asking;
        }

        String network() {
            return network;
        }

        String id() {
            return id;
        }

        String query() {
            return "?network=" + URLEncoder.encode(network, StandardCharsets.UTF_8) + "&id="
                    + URLEncoder.encode(id, StandardCharsets.UTF_8);
        }

        int ask(Consumer<RunningHere> question) {
            return asking.of(config, question);
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Everything that is known of one account, as JSON.")
    private static final class Show extends One {
        private final Console console;

        Show(Console console, Asking asking) {
            super(asking);
            this.console = console;
        }

        @Override
        public Integer call() {
            return ask(here -> console.out()
                    .println(
                            JSON.readTree(here.get("/api/v1/account" + query())).toPrettyString()));
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "Everything this instance has of one account, as a file.")
    private static final class Archive extends One {
        @Parameters(index = "2", paramLabel = "FILE", description = "where to put it, a ZIP file; must not be there")
        private Path file = Path.of("");

        Archive(Asking asking) {
            super(asking);
        }

        @Override
        public Integer call() {
            return ask(here -> here.fetch("/api/v1/account/archive" + query(), file));
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Ends what they wished: link, waiting or digest; with a name, one of several.")
    private static final class End extends One {
        @Parameters(index = "2", paramLabel = "WHAT", description = "link, waiting or digest")
        private String what = "";

        @Parameters(
                index = "3",
                arity = "0..1",
                paramLabel = "NAME",
                description = "which account, or for whom they wait")
        private String name = "";

        End(Asking asking) {
            super(asking);
        }

        @Override
        public Integer call() {
            String body = JSON.createObjectNode()
                    .put("network", network())
                    .put("id", id())
                    .put("what", what)
                    .put("name", name)
                    .toString();
            return ask(here -> here.post("/api/v1/account/end", body));
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Lets somebody in whose profile shows less than you ask for, or not any more.")
    private static final class Vouch extends One {
        private final boolean vouched;

        Vouch(Asking asking, boolean vouched) {
            super(asking);
            this.vouched = vouched;
        }

        @Override
        public Integer call() {
            String body = JSON.createObjectNode()
                    .put("network", network())
                    .put("id", id())
                    .put("vouched", vouched)
                    .toString();
            return ask(here -> here.post("/api/v1/account/vouch", body));
        }
    }
}
