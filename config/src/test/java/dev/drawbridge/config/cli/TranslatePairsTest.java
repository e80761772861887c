package dev.drawbridge.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.ConnectorFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `drawbridge translate` as people use it: every document of every network into each of the others.
class TranslatePairsTest {
    private static final Path CONNECTORS = Path.of("../connectors");
    private static final List<ConnectorFactory> REAL = ServiceLoader.load(ConnectorFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Who wrote the documents, and who stands for them.
    private static final Map<String, String> GHOSTS = Map.of(
            "activitypub",
            "https://ap.bridge.example/ap/actors/somebody",
            "nostr",
            "a1".repeat(32),
            "atproto",
            "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");

    @TempDir
    private Path folder;

    private static TypedCommand run(String input, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int exit = Commands.run(List.of(arguments), console, REAL, Map.of());
        return new TypedCommand(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static List<String> documents(String network) throws IOException {
        try (var files = Files.list(CONNECTORS.resolve(network + "/src/test/resources/golden/in"))) {
            var documents = new ArrayList<String>();
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith("." + network + ".json")) {
                    documents.add(Files.readString(file));
                }
            }
            return documents;
        }
    }

    private static String author(String network, JsonNode document) {
        return switch (network) {
            case "nostr" -> document.path("pubkey").asString("");
            case "atproto" ->
                document.path("did").asString(document.path("repo").asString(""));
            default ->
                document.path("actor")
                        .asString(document.path("actor").path("id").asString(""));
        };
    }

    private Path resolve(String from, String to, List<String> documents) throws IOException {
        var file = JSON.createObjectNode();
        var actors = file.putObject("actors");
        for (String document : documents) {
            String author = author(from, JSON.readTree(document));
            if (!author.isEmpty()) {
                actors.putObject(author).put("here", GHOSTS.get(to));
            }
        }
        return Files.writeString(folder.resolve("resolve.json"), file.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "activitypub, nostr",
        "activitypub, atproto",
        "nostr, activitypub",
        "nostr, atproto",
        "atproto, activitypub",
        "atproto, nostr",
    })
    void everyDocumentIsTranslatedToldOrRefusedInOneLine(String from, String to) throws IOException {
        List<String> documents = documents(from);
        String resolve = resolve(from, to, documents).toString();
        String[] typed = {"translate", "--from", from, "--to", to, "--resolve", resolve};
        var good = new ArrayList<String>();
        var written = new StringBuilder();
        var told = new StringBuilder();
        for (String document : documents) {
            String line = JSON.readTree(document).toString();
            TypedCommand done = run(line, typed);
            if (done.exit() == 2) {
                assertThat(done.out()).as(line).isEmpty();
                assertThat(done.err().lines())
                        .as(line)
                        .hasSize(1)
                        .first()
                        .asString()
                        .startsWith("drawbridge translate: ");
                continue;
            }
            assertThat(done.exit()).as(line).isZero();
            done.lines().forEach(output -> assertShape(to, output));
            done.err().lines().forEach(TranslatePairsTest::assertTold);
            assertThat(done.out() + done.err())
                    .as("what does not cross is told: %s", line)
                    .isNotEmpty();
            good.add(line);
            written.append(done.out());
            told.append(done.err());
        }
        assertThat(written.toString().lines()).hasSizeGreaterThan(20);
        TypedCommand all = run(good.stream().collect(Collectors.joining("\n")), typed);
        assertThat(all).isEqualTo(new TypedCommand(0, written.toString(), told.toString()));
    }

    private static void assertShape(String network, String line) {
        JsonNode json = JSON.readTree(line);
        switch (network) {
            case "nostr" -> {
                assertThat(json.propertyNames()).contains("id", "pubkey", "kind", "created_at", "tags", "content");
                assertThat(json.has("sig")).as(line).isFalse();
            }
            case "atproto" ->
                assertThat(json.has("account")
                                || (json.has("collection")
                                        && json.has("rkey")
                                        && (json.has("record") || json.has("change") || json.has("delete"))))
                        .as(line)
                        .isTrue();
            default -> assertThat(json.propertyNames()).contains("@context", "id", "type", "actor");
        }
    }

    private static void assertTold(String line) {
        JsonNode json = JSON.readTree(line);
        boolean loss = json.path("loss").has("field") && json.path("loss").has("reason");
        assertThat(loss || json.path("skipped").isString()).as(line).isTrue();
    }
}
