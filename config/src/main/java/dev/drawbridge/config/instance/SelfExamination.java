package dev.drawbridge.config.instance;

import dev.drawbridge.engine.Examiner;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.Finding;
import dev.drawbridge.model.spi.HttpReply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How `doctor` lets a running instance look at itself from outside: only the instance that runs can answer what it
/// sends to its own public addresses.
///
/// Who asks has to read the data folder, where the instance leaves an [OperatorToken] when it starts.
final class SelfExamination {
    private static final String PATH = "/api/v1/examination";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    private SelfExamination() {}

    static Endpoint endpoint(Examiner examiner, OperatorToken token) {
        return Endpoint.Http.post(
                PATH,
                0,
                token.guard(_ -> examiner.look()
                        .map(SelfExamination::answer)
                        .orElseGet(() -> HttpReply.text(503, "somebody else has just asked\n")
                                .with("retry-after", "30"))));
    }

    private static HttpReply answer(Examiner.Report report) {
        var findings = JSON.createArrayNode();
        report.findings()
                .forEach(f -> findings.addObject()
                        .put("mark", f.mark().name())
                        .put("subject", f.subject())
                        .put("text", f.text())
                        .put("advice", f.advice()));
        return HttpReply.json(200, JSON.writeValueAsString(findings));
    }

    /// What the instance that runs here finds out about itself.
    ///
    /// @param local where it listens on this machine
    static List<Finding> ask(URI local, Path folder) {
        try (var client = HttpClient.newHttpClient()) {
            String token = OperatorToken.read(folder);
            var request = HttpRequest.newBuilder(local.resolve(PATH))
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? findings(answer.body())
                    : List.of(unanswered("the instance that runs answers " + answer.statusCode()));
        } catch (IOException e) {
            return List.of(unanswered(e.toString()));
        } catch (JacksonException e) {
            return List.of(unanswered("the instance that runs answers something else"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(unanswered("interrupted"));
        }
    }

    private static Finding unanswered(String reason) {
        return Finding.note(
                "from outside",
                "not tried: " + reason,
                "run doctor as the user and with the settings of the instance that runs");
    }

    private static List<Finding> findings(String json) {
        var findings = new ArrayList<Finding>();
        for (JsonNode finding : JSON.readTree(json)) {
            findings.add(new Finding(
                    switch (finding.path("mark").asString("")) {
                        case "GOOD" -> Finding.Mark.GOOD;
                        case "BAD" -> Finding.Mark.BAD;
                        default -> Finding.Mark.NOTE;
                    },
                    finding.path("subject").asString(""),
                    finding.path("text").asString(""),
                    finding.path("advice").asString("")));
        }
        return findings;
    }
}
