package dev.drawbridge.config.cli;

import dev.drawbridge.config.instance.RunningHere;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `drawbridge operators`: who may come into the console, and a link for who lost every way in.
@Command(
        name = "operators",
        mixinStandardHelpOptions = true,
        description =
                "Lists who may come into the console, or makes a link with which one of them chooses a password anew.")
final class OperatorsCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Console console;
    private final Asking asking;

    @Option(names = "--config", paramLabel = "FILE", description = "the settings of the instance that runs")
    private Optional<Path> config = Optional.empty();

    @ArgGroup
    private Wish wish = new Wish();

    /// One of these, or none for the list.
    static final class Wish {
        @Option(
                names = "--invite",
                paramLabel = "NAME",
                description =
                        "a link, good once and for an hour; with it their password is chosen anew, and their passkeys"
                                + " go")
        private Optional<String> invite = Optional.empty();

        @Option(
                names = "--add",
                paramLabel = "NAME",
                description = "a link, good once and for an hour, with which somebody becomes an operator")
        private Optional<String> add = Optional.empty();

        @Option(
                names = "--remove",
                paramLabel = "NAME",
                description = "they do not come in any more; whom a provider brings is signed out")
        private Optional<String> remove = Optional.empty();
    }

    OperatorsCommand(Console console, Asking asking) {
        this.console = console;
        this.asking = asking;
    }

    @Override
    public Integer call() {
        return asking.of(config, this::grant);
    }

    private void grant(RunningHere here) {
        Optional<String> invite = wish.invite;
        Optional<String> add = wish.add;
        Optional<String> remove = wish.remove;
        if (invite.isPresent()) {
            link(here, "invite", invite.get());
        } else if (add.isPresent()) {
            link(here, "add", add.get());
        } else if (remove.isPresent()) {
            String said = here.post("/api/v1/operators/remove", body(remove.get()));
            console.out()
                    .println((JSON.readTree(said).path("removed").asBoolean()
                                    ? "does not come in any more: "
                                    : "signed out, until the provider brings them again: ")
                            + remove.get());
        } else {
            JSON.readTree(here.get("/api/v1/operators")).path("operators").forEach(this::say);
        }
    }

    private void link(RunningHere here, String which, String name) {
        String said = here.post("/api/v1/operators/" + which, body(name));
        console.out().println(JSON.readTree(said).path("link").asString());
    }

    private static String body(String name) {
        return JSON.writeValueAsString(Map.of("name", name));
    }

    private void say(JsonNode operator) {
        console.out()
                .println(operator.path("name").asString() + ", since "
                        + operator.path("since").asString() + ": "
                        + (operator.path("password").asBoolean() ? "a password" : "no password") + ", "
                        + operator.path("passkeys").asInt() + " passkeys");
    }
}
