package dev.drawbridge.config.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `drawbridge rules`: whom and what the operator denies, as the running instance has it.
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Lists, makes and ends rules about domains, accounts, words and files.")
final class RulesCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String WHAT = "domain, actor, word or media";
    private static final String EFFECTS = "allow, freeze, hide or deny";

    private final Console console;
    private final Asking asking;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = CommandLine.ScopeType.INHERIT,
            description = "the settings of the instance that runs")
    private Optional<Path> config = Optional.empty();

    RulesCommand(Console console, Asking asking) {
        this.console = console;
        this.asking = asking;
    }

    @Override
    public Integer call() {
        return list();
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists every rule and every list that is followed.")
    int list() {
        return asking.of(config, here -> {
            Optional<String> after = Optional.of("");
            while (after.isPresent()) {
                JsonNode page = JSON.readTree(here.get(
                        "/api/v1/rules?limit=1000&after=" + URLEncoder.encode(after.get(), StandardCharsets.UTF_8)));
                page.path("rules").forEach(this::say);
                after = Optional.of(page.path("after").asString("")).filter(a -> !a.isEmpty());
                if (after.isEmpty()) {
                    page.path("subscriptions").forEach(this::saySubscription);
                }
            }
        });
    }

    @Command(mixinStandardHelpOptions = true, description = "Makes a rule, in the place of one about the same.")
    int add(
            @Parameters(paramLabel = "KIND", description = WHAT) String kind,
            @Parameters(paramLabel = "VALUE", description = "what it is about; * for every other domain") String value,
            @Parameters(paramLabel = "EFFECT", description = EFFECTS) String effect,
            @Option(names = "--reason", required = true, description = "for everybody to read, one line") String reason,
            @Option(names = "--days", paramLabel = "N", description = "ends after so many days")
                    Optional<Integer> days) {
        ObjectNode body = JSON.createObjectNode()
                .put("kind", kind)
                .put("value", value)
                .put("effect", effect)
                .put("reason", reason);
        days.ifPresent(
                n -> body.put("until", Instant.now().plus(Duration.ofDays(n)).toString()));
        return asking.of(config, here -> say(JSON.readTree(here.post("/api/v1/rule", body.toString()))));
    }

    @Command(mixinStandardHelpOptions = true, description = "Ends a rule.")
    int remove(
            @Parameters(paramLabel = "KIND", description = WHAT) String kind,
            @Parameters(paramLabel = "VALUE", description = "what it is about") String value) {
        ObjectNode body = JSON.createObjectNode().put("kind", kind).put("value", value);
        return asking.of(config, here -> here.post("/api/v1/rule/remove", body.toString()));
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Makes rules of Mastodon's domain blocks (CSV) or of a Nostr mute list (JSON).")
    int take(
            @Parameters(paramLabel = "FILE", description = "the list") Path file,
            @Option(names = "--effect", defaultValue = "deny", description = "the most that happens: " + EFFECTS)
                    String effect,
            @Option(names = "--reason", required = true, description = "where the list gives none, one line")
                    String reason) {
        try {
            String body = JSON.createObjectNode()
                    .put("document", Files.readString(file))
                    .put("effect", effect)
                    .put("reason", reason)
                    .toString();
            return asking.of(
                    config,
                    here -> console.out()
                            .println(JSON.readTree(here.post("/api/v1/rules/import", body))
                                            .path("entries")
                                            .asInt() + " rules"));
        } catch (IOException e) {
            console.err().println("cannot be read: " + file);
            return Exit.WRONG_INPUT;
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Follows a list: CSV by https, a list of Bluesky (at://), naddr, nevent or npub of Nostr.")
    int subscribe(
            @Parameters(paramLabel = "ADDRESS", description = "where it is") String address,
            @Option(names = "--effect", defaultValue = "freeze", description = "the most that happens: " + EFFECTS)
                    String effect) {
        ObjectNode body = JSON.createObjectNode().put("address", address).put("effect", effect);
        return asking.of(
                config, here -> saySubscription(JSON.readTree(here.post("/api/v1/rules/subscribe", body.toString()))));
    }

    @Command(mixinStandardHelpOptions = true, description = "Does not follow a list any more; its rules go.")
    int unsubscribe(@Parameters(paramLabel = "ADDRESS", description = "where it is") String address) {
        ObjectNode body = JSON.createObjectNode().put("address", address);
        return asking.of(config, here -> here.post("/api/v1/rules/unsubscribe", body.toString()));
    }

    private void say(JsonNode rule) {
        String until = rule.path("until").asString("");
        console.out()
                .println(rule.path("effect").asString() + " "
                        + rule.path("kind").asString() + " "
                        + rule.path("value").asString()
                        + (until.isEmpty() ? "" : " until " + until) + ": "
                        + rule.path("reason").asString()
                        + (rule.path("source").asString().equals("operator")
                                ? ""
                                : " (" + rule.path("source").asString() + ")"));
    }

    private void saySubscription(JsonNode list) {
        String trouble = list.path("trouble").asString("");
        console.out()
                .println("follows " + list.path("address").asString() + ": "
                        + list.path("effect").asString() + ", "
                        + list.path("entries").asInt() + " entries"
                        + (trouble.isEmpty() ? "" : "; " + trouble));
    }
}
