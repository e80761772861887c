package dev.drawbridge.it.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// activitypub-testing as a second opinion: tries the rules of the recommendation on an actor.
public final class ActivityPubTesting {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long MINUTES = 2;
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
        try {
            Path output = Files.createTempFile("activitypub-testing", ".ldjson");
            Path errors = Files.createTempFile("activitypub-testing", ".log");
            Process process = new ProcessBuilder(installation.command(PROGRAM, List.of("test", "actor", address)))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            var lines = Files.readAllLines(output);
            String complaint = Files.readString(errors);
            Files.delete(output);
            Files.delete(errors);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException("activitypub-testing did not end well\n" + complaint);
            }
            return lines.stream().map(ActivityPubTesting::result).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while activitypub-testing runs", e);
        }
    }

    private static Result result(String line) {
        JsonNode assertion = JSON.readTree(line);
        return new Result(
                assertion.at("/test/slug").asString(assertion.at("/test/name").asString("")),
                assertion.at("/result/outcome").asString(""),
                assertion.at("/result/info").asString(""));
    }
}
