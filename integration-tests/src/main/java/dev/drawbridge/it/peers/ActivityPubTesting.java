package dev.drawbridge.it.peers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// activitypub-testing as a second opinion: tries the rules of the recommendation on an actor.
public final class ActivityPubTesting {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PROGRAM = "../node_modules/activitypub-testing/src/cli.js";

    private ActivityPubTesting() {}

    /// What one rule says.
    ///
    /// @param outcome `passed`, `failed`, `inapplicable` or `cantTell`
    /// @param info why; may be empty
    public record Result(String rule, String outcome, String info) {}

    /// Tries every rule.
    ///
    /// @throws IllegalStateException with what it said, if it could not try
    public static List<Result> actor(String address) {
        var installation = PeerInstallation.of("activitypub-testing");
        var lines = new CopyOnWriteArrayList<String>();
        try (var process = PeerProcess.start(
                "activitypub-testing",
                installation.command(PROGRAM, List.of("test", "actor", address)),
                Map.of(),
                installation.scripts(),
                _ -> Optional.empty(),
                lines::add)) {
            int exit = process.await(PATIENCE);
            Eventually.eventually(() -> assertWhole(lines, process));
            if (exit != 0) {
                throw new IllegalStateException("activitypub-testing ended with " + exit + "\n" + process.log());
            }
        }
        return lines.stream().map(ActivityPubTesting::result).toList();
    }

    /// Output is read beside the process, and may come a little after its end.
    private static void assertWhole(List<String> lines, PeerProcess process) {
        if (lines.isEmpty()) {
            throw new AssertionError("activitypub-testing said nothing\n" + process.log());
        }
        lines.forEach(ActivityPubTesting::result);
    }

    private static Result result(String line) {
        JsonNode assertion = JSON.readTree(line);
        return new Result(
                assertion.at("/test/slug").asString(assertion.at("/test/name").asString("")),
                assertion.at("/result/outcome").asString(""),
                assertion.at("/result/info").asString(""));
    }
}
