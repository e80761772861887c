package dev.drawbridge.it.peers;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A consumer of a firehose on the reference package: what it has seen and verified.
public final class FirehoseObserver implements AutoCloseable {
    private final PeerProcess process;
    private final List<JsonNode> events;

    private FirehoseObserver(PeerProcess process, List<JsonNode> events) {
        this.process = process;
        this.events = events;
    }

    static FirehoseObserver start(PeerInstallation installation, URI host, URI plc, long cursor) {
        var events = new CopyOnWriteArrayList<JsonNode>();
        var process = PeerProcess.start(
                "firehose observer",
                installation.command(
                        "observe.mjs",
                        List.of(host.toString(), "--plc", plc.toString(), "--cursor", Long.toString(cursor))),
                Map.of(),
                installation.scripts(),
                line -> line.contains("\"ready\"") ? Optional.of(line) : Optional.empty(),
                line -> {
                    if (line.startsWith("{")) {
                        events.add(JsonMapper.shared().readTree(line));
                    }
                });
        process.ready();
        return new FirehoseObserver(process, events);
    }

    /// Records of anybody created, updated or deleted, in order.
    public List<JsonNode> all(String event, String collection) {
        return events.stream()
                .filter(e -> e.path("event").asString().equals(event))
                .filter(e -> e.path("collection").asString().equals(collection))
                .toList();
    }

    /// Records created, updated or deleted in a repository, in order.
    ///
    /// @param event `create`, `update` or `delete`
    public List<JsonNode> records(String event, String did, String collection) {
        return events.stream()
                .filter(e -> e.path("event").asString().equals(event))
                .filter(e -> e.path("did").asString().equals(did))
                .filter(e -> e.path("collection").asString().equals(collection))
                .toList();
    }

    /// What was said about an account as a whole: `identity`, `account`, `sync`.
    public List<JsonNode> account(String event, String did) {
        return events.stream()
                .filter(e -> e.path("event").asString().equals(event))
                .filter(e -> e.path("did").asString().equals(did))
                .toList();
    }

    /// What did not verify.
    public List<String> errors() {
        return events.stream()
                .filter(e -> e.has("error"))
                .map(e -> e.path("error").asString())
                .toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
