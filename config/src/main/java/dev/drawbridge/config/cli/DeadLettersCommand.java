package dev.drawbridge.config.cli;

import dev.drawbridge.config.instance.RunningHere;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `drawbridge dead-letters`: what the running instance gave up, and what is to become of it.
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = {"Lists what was given up, newest first; or shows one, tries it again, or throws it away."})
final class DeadLettersCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();
    private final Console console;
    private final Asking asking;

    @Option(names = "--config", paramLabel = "FILE", description = "the settings of the instance that runs")
    private Optional<Path> config = Optional.empty();

    @ArgGroup
    private Wish wish = new Wish();

    /// One of these, or none for the list.
    static final class Wish {
        @Option(names = "--show", paramLabel = "ID", description = "shows one, with what is in it")
        private Optional<String> show = Optional.empty();

        @Option(names = "--replay", paramLabel = "ID", description = "tries one again, where it ended")
        private Optional<String> replay = Optional.empty();

        @Option(names = "--drop", paramLabel = "ID", description = "throws one away for good")
        private Optional<String> drop = Optional.empty();
    }

    DeadLettersCommand(Console console, Asking asking) {
        this.console = console;
        this.asking = asking;
    }

    @Override
    public Integer call() {
        return asking.of(config, this::grant);
    }

    private void grant(RunningHere here) {
        Optional<String> show = wish.show;
        Optional<String> replay = wish.replay;
        Optional<String> drop = wish.drop;
        if (show.isPresent()) {
            JsonNode letter = JSON.readTree(
                    here.get("/api/v1/dead-letter?id=" + URLEncoder.encode(show.get(), StandardCharsets.UTF_8)));
            say(letter);
            console.out().println(letter.path("body").asString());
        } else if (replay.isPresent()) {
            here.post("/api/v1/dead-letter/replay", body(replay.get()));
            console.out().println("goes once more: " + replay.get());
        } else if (drop.isPresent()) {
            here.post("/api/v1/dead-letter/drop", body(drop.get()));
            console.out().println("thrown away: " + drop.get());
        } else {
            JSON.readTree(here.get("/api/v1/dead-letters?limit=1000"))
                    .path("letters")
                    .forEach(this::say);
        }
    }

    private static String body(String id) {
        return JSON.writeValueAsString(JSON.createObjectNode().put("id", id));
    }

    private void say(JsonNode letter) {
        console.out().println(letter.path("id").asString());
        console.out()
                .println("    " + letter.path("at").asString() + " "
                        + letter.path("stage").asString() + " "
                        + letter.path("destination").asString() + ": "
                        + letter.path("reason").asString());
    }
}
