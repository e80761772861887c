package dev.drawbridge.config.cli;

import dev.drawbridge.config.instance.RunningHere;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `drawbridge accounts` and `drawbridge mirrors`: who is carried, as the running instance says.
@Command(mixinStandardHelpOptions = true)
final class AccountsCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();
    private final Console console;
    private final Asking asking;
    private final String list;

    @Option(names = "--config", paramLabel = "FILE", description = "the settings of the instance that runs")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--network", paramLabel = "NETWORK", description = "only accounts of this network")
    private Optional<String> network = Optional.empty();

    /// @param list `accounts` or `mirrors`
    AccountsCommand(Console console, Asking asking, String list) {
        this.console = console;
        this.asking = asking;
        this.list = list;
    }

    @Override
    public Integer call() {
        return asking.of(config, this::list);
    }

    private void list(RunningHere here) {
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            JsonNode page = JSON.readTree(here.get(path(after.get())));
            page.path("accounts").forEach(this::say);
            after = Optional.of(page.path("after").asString("")).filter(a -> !a.isEmpty());
        }
    }

    private String path(String after) {
        return "/api/v1/" + list + "?limit=1000&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8)
                + network.map(n -> "&network=" + URLEncoder.encode(n, StandardCharsets.UTF_8))
                        .orElse("");
    }

    private void say(JsonNode account) {
        console.out()
                .println(account.path("network").asString() + " "
                        + account.path("id").asString());
        for (JsonNode own : account.path("own")) {
            console.out()
                    .println("    = " + own.path("network").asString() + " "
                            + own.path("id").asString() + ", proven "
                            + own.path("proven").asString());
        }
        JsonNode backfill = account.path("backfill");
        if (backfill.isObject()) {
            console.out()
                    .println("    from before: " + backfill.path("done").asInt() + " of "
                            + backfill.path("found").asInt() + " posts"
                            + (backfill.path("missed").asInt() > 0
                                    ? ", without " + backfill.path("missed").asInt() + " that could not be had"
                                    : ""));
        }
        for (JsonNode answer : account.path("answers")) {
            String shown = answer.path("shown").path("as").asString("");
            console.out()
                    .println("    " + (answer.path("given").asBoolean() ? "→ " : "✗ ")
                            + answer.path("to").asString()
                            + (shown.isEmpty() ? "" : " as " + shown) + ": "
                            + answer.path("how").asString() + ", "
                            + answer.path("since").asString());
        }
    }
}
