package dev.drawbridge.config.cli;

import dev.drawbridge.config.instance.RunningHere;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `drawbridge reports`: what people complain about, and what the operator decides.
@Command(
        name = "reports",
        mixinStandardHelpOptions = true,
        description = "Lists what people complain about, or decides one of them.")
final class ReportsCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Console console;
    private final Asking asking;

    @Option(names = "--config", paramLabel = "FILE", description = "the settings of the instance that runs")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--all", description = "also those that were decided")
    private boolean all;

    @Option(names = "--dismiss", paramLabel = "ID", description = "nothing is done about it")
    private Optional<String> dismiss = Optional.empty();

    @Option(
            names = "--remove",
            paramLabel = "ID",
            description = "who it is about is not carried any more, and told why")
    private Optional<String> remove = Optional.empty();

    @Option(names = "--reason", paramLabel = "WORDS", description = "why it is decided so, one line")
    private String reason = "";

    ReportsCommand(Console console, Asking asking) {
        this.console = console;
        this.asking = asking;
    }

    @Override
    public Integer call() {
        if (dismiss.isPresent() && remove.isPresent()) {
            console.err().println("--dismiss and --remove are two decisions");
            return Exit.WRONG_INPUT;
        }
        return asking.of(config, this::grant);
    }

    private void grant(RunningHere here) {
        dismiss.ifPresent(id -> decide(here, id, "dismiss"));
        remove.ifPresent(id -> decide(here, id, "remove"));
        if (dismiss.isEmpty() && remove.isEmpty()) {
            JSON.readTree(here.get("/api/v1/reports?limit=1000&state=" + (all ? "all" : "open")))
                    .path("reports")
                    .forEach(this::say);
        }
    }

    private void decide(RunningHere here, String id, String decision) {
        here.post(
                "/api/v1/report/decide",
                JSON.writeValueAsString(Map.of("id", id, "decision", decision, "reason", reason)));
    }

    private void say(JsonNode report) {
        String decision = report.path("decision").asString("");
        console.out()
                .println(report.path("id").asString() + " "
                        + report.path("state").asString() + (decision.isEmpty() ? "" : ": " + decision));
        console.out()
                .println("    " + report.path("network").asString() + " "
                        + report.path("account").asString()
                        + (report.has("about") ? ", " + report.path("about").asString() : ""));
        console.out()
                .println("    from " + report.path("from").asString() + ", "
                        + report.path("last").asString() + ": "
                        + report.path("reason").asString());
    }
}
