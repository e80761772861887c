package dev.drawbridge.atproto.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.lexicon.LexiconCatalog;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Choices;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Pairs of files: `in` is read from the network, `out` is written to it. To renew a pair after a deliberate change,
/// run with `-Dgolden.write=true` and read the difference.
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final JsonMapper JSON = JsonMapper.shared();
    private final EngineJson codec = new EngineJson();
    private final AtprotoTranslator translator = new AtprotoTranslator();

    static Stream<String> read() throws IOException {
        return topics("in", ".atproto.json");
    }

    static Stream<String> written() throws IOException {
        return topics("out", ".canonical.json");
    }

    @ParameterizedTest
    @MethodSource("read")
    void readsWhatTheNetworkSays(String topic) throws IOException {
        String document = Files.readString(GOLDEN.resolve("in/" + topic + ".atproto.json"));
        NativeEvent event = value(translator.decode(document, NOW));
        ObjectNode result = JSON.createObjectNode();
        switch (translator.toCanonical(event, People.known(), NOW)) {
            case Translation.Translated<List<Activity>>(List<Activity> activities, List<Loss> losses) -> {
                activities.forEach(a -> result.withArray("activities").add(JSON.readTree(codec.write(a))));
                losses.forEach(loss -> result.withArray("losses").add(loss.field() + ": " + loss.reason()));
            }
            case Translation.Skipped<List<Activity>>(String reason) -> result.put("skipped", reason);
            case Translation.Malformed<List<Activity>>(String field, String detail) ->
                result.put("malformed", field + " " + detail);
        }
        compare(GOLDEN.resolve("in/" + topic + ".canonical.json"), result);
    }

    @ParameterizedTest
    @MethodSource("written")
    void writesWhatTheNetworkIsTold(String topic) throws IOException {
        Activity activity = codec.activity(Files.readString(GOLDEN.resolve("out/" + topic + ".canonical.json")));
        ObjectNode result = JSON.createObjectNode();
        switch (translator.fromCanonical(activity, known(topic), NOW)) {
            case Translation.Translated<NativeDraft>(NativeDraft draft, List<Loss> losses) -> {
                draft.ghost().ifPresent(ghost -> result.put("ghost", ghost.value()));
                draft.copy().ifPresent(copy -> result.put("copy", copy.id().value()));
                draft.parts().stream()
                        .sorted()
                        .forEach(part -> result.withArray("parts").add(part.value()));
                for (String document : draft.documents()) {
                    JsonNode write = JSON.readTree(document);
                    result.withArray("documents").add(write);
                    if (write.get("record") instanceof ObjectNode record) {
                        RepoPath path = RepoPath.parse(write.path("collection").asString()
                                + '/'
                                + write.path("rkey").asString());
                        assertThat(LexiconCatalog.bundled().check(path, DataJson.map(record)))
                                .isEmpty();
                    }
                }
                losses.forEach(loss -> result.withArray("losses").add(loss.field() + ": " + loss.reason()));
            }
            case Translation.Skipped<NativeDraft>(String reason) -> result.put("skipped", reason);
            case Translation.Malformed<NativeDraft>(String field, String detail) ->
                result.put("malformed", field + " " + detail);
        }
        compare(GOLDEN.resolve("out/" + topic + ".atproto.json"), result);
    }

    /// Who wrote `thread-` posts wants them whole, and `replaced-` ones written anew.
    private static Resolved known(String topic) {
        Choices whole = topic.contains("thread-") ? Choices.NONE.withLongPosts(Choices.LongPosts.THREAD) : Choices.NONE;
        return People.known().choosing(topic.startsWith("replaced-") ? whole.withEdits(Choices.Edits.REPLACE) : whole);
    }

    private static void compare(Path golden, ObjectNode result) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
        }
        assertThat(result).isEqualTo(JSON.readTree(Files.readString(golden)));
    }

    private static Stream<String> topics(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN.resolve(folder))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static <T> T value(Translation<T> translation) {
        assertThat(translation).isInstanceOf(Translation.Translated.class);
        return ((Translation.Translated<T>) translation).value();
    }
}
