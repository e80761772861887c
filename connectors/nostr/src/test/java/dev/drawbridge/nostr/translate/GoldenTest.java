package dev.drawbridge.nostr.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Pairs of files: what is read here, and what becomes of it. `-Dgolden.write=true` writes the second of each pair, for
/// somebody to read before it is committed.
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final NostrTranslator translator = new NostrTranslator(World.INSTANCE, false);
    private final EngineJson model = new EngineJson();
    /// Whom the author follows in every pair.
    private final Resolved resolved = World.resolved(Set.of(World.BOB_GHOST, World.CAROL));

    @TestFactory
    Stream<DynamicTest> fromNostr() throws IOException {
        return pairs("in", ".nostr.json", ".canonical.json", this::toCanonical);
    }

    @TestFactory
    Stream<DynamicTest> toNostr() throws IOException {
        return pairs("out", ".canonical.json", ".nostr.json", this::fromCanonical);
    }

    private interface Step {
        ObjectNode apply(String text);
    }

    private static Stream<DynamicTest> pairs(String folder, String from, String to, Step step) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(FOLDER.resolve(folder))) {
            files = all.filter(p -> p.toString().endsWith(from)).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(10);
        return files.stream().map(file -> {
            String topic = file.getFileName().toString().replace(from, "");
            return DynamicTest.dynamicTest(topic, () -> check(file, file.resolveSibling(topic + to), step));
        });
    }

    private static void check(Path from, Path to, Step step) throws IOException {
        ObjectNode result = step.apply(Files.readString(from));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(to, JSON.writeValueAsString(result) + "\n");
        }
        assertThat((JsonNode) result).isEqualTo(JSON.readTree(Files.readString(to)));
    }

    private ObjectNode toCanonical(String text) {
        Translation<List<Activity>> translation = switch (translator.decode(text, World.NOW)) {
            case Translation.Translated<NativeEvent>(NativeEvent event, var _) -> {
                translator.needs(event);
                yield translator.toCanonical(event, resolved, World.NOW);
            }
            case Translation.Skipped<NativeEvent>(String reason) -> Translation.skipped(reason);
            case Translation.Malformed<NativeEvent>(String field, String detail) ->
                Translation.malformed(field, detail);
        };
        return result(translation, (activities, out) -> {
            var array = out.putArray("activities");
            activities.forEach(a -> array.add(JSON.readTree(model.write(a))));
        });
    }

    private ObjectNode fromCanonical(String text) {
        Translation<NativeDraft> translation = translator.fromCanonical(model.activity(text), resolved, World.NOW);
        return result(translation, (draft, out) -> {
            draft.ghost().map(NativeId::key).ifPresent(g -> out.put("ghost", g));
            draft.copy().map(ObjectRef::id).map(NativeId::key).ifPresent(c -> out.put("copy", c));
            draft.copy().flatMap(ObjectRef::version).ifPresent(v -> out.put("version", v));
            var array = out.putArray("documents");
            draft.documents().forEach(d -> array.add(JSON.readTree(d)));
        });
    }

    private static <T> ObjectNode result(
            Translation<T> translation, java.util.function.BiConsumer<T, ObjectNode> show) {
        ObjectNode out = JSON.createObjectNode();
        switch (translation) {
            case Translation.Translated<T>(T value, List<Loss> losses) -> {
                show.accept(value, out);
                var array = out.putArray("losses");
                new TreeSet<>(losses.stream()
                                .map(l -> l.field() + ": " + l.reason())
                                .toList())
                        .forEach(array::add);
            }
            case Translation.Skipped<T>(String reason) -> out.put("skipped", reason);
            case Translation.Malformed<T>(String field, String detail) -> out.put("malformed", field + ": " + detail);
        }
        return out;
    }
}
