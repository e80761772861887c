package dev.drawbridge.it.peers;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a verifier found.
///
/// @param events how many it looked at
/// @param failed how many were wrong
/// @param report its output, for a person to read
public record Verdict(int events, int failed, String report) {
    /// One of the numbers of the last line.
    public int number(String name) {
        String last = report.lines().reduce("{}", (_, line) -> line);
        return JsonMapper.shared().readTree(last).path(name).asInt();
    }

    /// Waits for a program whose last line is `{"events","failed",…}`.
    static Verdict of(PeerProcess verifier) {
        try (verifier) {
            JsonNode last = JsonMapper.shared().readTree(verifier.ready());
            return new Verdict(last.path("events").asInt(), last.path("failed").asInt(), verifier.log());
        }
    }
}
