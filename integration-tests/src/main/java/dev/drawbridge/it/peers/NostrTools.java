package dev.drawbridge.it.peers;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// nostr-tools as a second opinion: makes keys, signs, and checks what others signed.
public final class NostrTools implements AutoCloseable {
    private final PeerInstallation installation;
    private final PeerProcess process;
    private final BlockingQueue<String> answers;

    private NostrTools(PeerInstallation installation, PeerProcess process, BlockingQueue<String> answers) {
        this.installation = installation;
        this.process = process;
        this.answers = answers;
    }

    public static NostrTools start() {
        var installation = PeerInstallation.of("nostr");
        var answers = new LinkedBlockingQueue<String>();
        Path home = installation.scripts();
        var process = PeerProcess.start(
                "nostr-tools",
                installation.command("tools.mjs", List.of()),
                Map.of(),
                home,
                line -> line.equals("READY") ? Optional.of(line) : Optional.empty(),
                line -> {
                    if (!line.equals("READY")) {
                        answers.add(line);
                    }
                });
        process.ready();
        return new NostrTools(installation, process, answers);
    }

    /// Somebody on Nostr.
    ///
    /// @param pubkey 64 hex digits
    /// @param secret 64 hex digits
    public record Person(String pubkey, String npub, String secret) {}

    public Person newPerson() {
        JsonNode key = ask(Map.of("op", "key"));
        return new Person(
                key.path("pubkey").asString(),
                key.path("npub").asString(),
                key.path("secret").asString());
    }

    /// A public key as people write it (NIP-19).
    public String npub(String pubkey) {
        return ask(Map.of("op", "npub", "pubkey", pubkey)).path("npub").asString();
    }

    /// How an event is written in a text.
    public String note(String id) {
        return ask(Map.of("op", "note", "id", id)).path("note").asString();
    }

    /// Signs an event.
    ///
    /// @param at in seconds since 1970
    public JsonNode sign(Person person, int kind, long at, String content, List<List<String>> tags) {
        var event = new LinkedHashMap<String, Object>();
        event.put("kind", kind);
        event.put("created_at", at);
        event.put("tags", tags);
        event.put("content", content);
        return ask(Map.of("op", "sign", "secret", person.secret(), "event", event));
    }

    /// The message in a gift wrap (NIP-59).
    public JsonNode unwrap(Person reader, String wrap) {
        JsonNode event = JsonMapper.shared().readTree(wrap);
        return ask(Map.of("op", "unwrap", "secret", reader.secret(), "wrap", event));
    }

    /// A private message in a gift wrap (NIP-17, NIP-59).
    public JsonNode wrap(Person author, String to, String text) {
        return ask(Map.of("op", "wrap", "secret", author.secret(), "to", to, "content", text));
    }

    /// The public half of a key that a password encrypts (NIP-49).
    public String keyIn(String ncryptsec, String password) {
        return ask(Map.of("op", "ncryptsec", "code", ncryptsec, "password", password))
                .path("pubkey")
                .asString();
    }

    /// What is wrong with an event: id, signature, or its shape by NIP-10, 19, 24, 27 and 48.
    public List<String> errors(JsonNode event) {
        return ask(Map.of("op", "shape", "event", event))
                .path("errors")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /// Reads everything a relay holds for a filter and checks each event.
    ///
    /// @return `{"events","failed"}` and the complaints before it
    public Verdict verify(URI relay, Map<String, ?> filter) {
        return Verdict.of(PeerProcess.start(
                "nostr verifier",
                installation.command(
                        "verify-relay.mjs",
                        List.of(
                                relay.toString(),
                                "--filter",
                                JsonMapper.shared().writeValueAsString(filter))),
                Map.of(),
                installation.scripts(),
                line -> line.startsWith("{\"events\"") ? Optional.of(line) : Optional.empty(),
                _ -> {}));
    }

    /// Uses a relay as an app does: publishes, listens, replaces, deletes, authenticates, counts, compares.
    ///
    /// @param operator who may manage the relay (NIP-86)
    /// @return how many steps there were, how many failed and why
    public Verdict drive(URI relay, Person operator) {
        return steps("drive-relay.mjs", relay, operator.secret());
    }

    /// Tells a bot things in private, as an app does, and reads its answers (NIP-17, NIP-44, NIP-59).
    ///
    /// @param bot its public key
    /// @return how many steps there were, how many failed and why
    public Verdict tell(URI relay, String bot) {
        return steps("tell-bot.mjs", relay, bot);
    }

    private Verdict steps(String script, URI relay, String argument) {
        return Verdict.of(PeerProcess.start(
                script,
                installation.command(script, List.of(relay.toString(), argument)),
                Map.of(),
                installation.scripts(),
                line -> line.startsWith("{\"steps\"")
                        ? Optional.of(line.replace("\"steps\"", "\"events\""))
                        : Optional.empty(),
                _ -> {}));
    }

    @Override
    public void close() {
        process.close();
    }

    private synchronized JsonNode ask(Map<String, ?> request) {
        try {
            process.tell(JsonMapper.shared().writeValueAsString(request));
            String line = answers.poll(60, TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("nostr-tools does not answer\n" + process.log());
            }
            JsonNode answer = JsonMapper.shared().readTree(line);
            if (answer.has("error")) {
                throw new IllegalArgumentException(answer.path("error").asString());
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
