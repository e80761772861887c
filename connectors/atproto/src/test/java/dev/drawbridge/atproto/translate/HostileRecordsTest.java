package dev.drawbridge.atproto.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.lexicon.LexiconCatalog;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Every golden file with every value in it replaced by something hostile, one at a time: the translator says what is
/// wrong and never throws, and nothing that runs gets out.
class HostileRecordsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Set<String> WEB = Set.of("http", "https");
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;
    private final AtprotoTranslator translator = new AtprotoTranslator();
    private final EngineJson codec = new EngineJson();

    private static List<JsonNode> hostile() {
        return List.of(
                MAKE.nullNode(),
                MAKE.numberNode(-1),
                MAKE.numberNode(Long.MAX_VALUE),
                MAKE.numberNode(1.5),
                MAKE.booleanNode(true),
                MAKE.stringNode(""),
                MAKE.stringNode("javascript:alert(1)"),
                MAKE.stringNode("data:text/html,<script>alert(1)</script>"),
                MAKE.stringNode("\u202e\u0000\ud800<b>\u200b"),
                MAKE.stringNode("x".repeat(20_000)),
                MAKE.arrayNode().add(1).addNull(),
                MAKE.objectNode().put("$type", "x"));
    }

    static Stream<Path> read() throws IOException {
        return files("in", ".atproto.json");
    }

    static Stream<Path> written() throws IOException {
        return files("out", ".canonical.json");
    }

    private static Stream<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("read")
    void nothingThatIsReadThrowsOrRuns(Path file) throws IOException {
        JsonNode whole = JsonMapper.shared().readTree(Files.readString(file));
        for (String changed : changed(whole)) {
            if (translator.decode(changed, NOW)
                    instanceof Translation.Translated<NativeEvent>(NativeEvent event, var _)) {
                translator.needs(event);
                if (translator.toCanonical(event, People.known(), NOW)
                        instanceof Translation.Translated<List<Activity>>(List<Activity> activities, var _)) {
                    activities.forEach(activity -> assertHarmless(activity, changed));
                }
            }
        }
    }

    private void assertHarmless(Activity activity, String document) {
        assertThat(codec.activity(codec.write(activity)))
                .as("survives the queue: %s", document)
                .isEqualTo(activity);
        Optional<Post> post = switch (activity) {
            case Activity.Publish publish -> Optional.of(publish.post());
            case Activity.Edit edit -> Optional.of(edit.post());
            default -> Optional.empty();
        };
        post.ifPresent(found -> {
            for (Facet facet : found.text().facets()) {
                assertThat(facet.end()).isLessThanOrEqualTo(found.text().text().length());
                if (facet instanceof Facet.Link link) {
                    assertThat(link.target().getScheme()).as(document).isIn(WEB);
                }
            }
            found.media()
                    .forEach(media ->
                            assertThat(media.url().getScheme()).as(document).isIn(WEB));
            found.card()
                    .ifPresent(card ->
                            assertThat(card.uri().getScheme()).as(document).isIn(WEB));
        });
    }

    /// The document with each of its values replaced by each hostile one, or left out.
    private static List<String> changed(JsonNode whole) {
        List<String> changed = new ArrayList<>();
        change(whole, whole, changed);
        return changed;
    }

    private static void change(JsonNode whole, JsonNode at, List<String> changed) {
        if (at instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode kept = object.get(name);
                for (JsonNode other : hostile()) {
                    object.set(name, other);
                    changed.add(whole.toString());
                }
                object.remove(name);
                changed.add(whole.toString());
                object.set(name, kept);
                change(whole, kept, changed);
            }
        } else if (at instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode kept = array.get(i);
                for (JsonNode other : hostile()) {
                    array.set(i, other);
                    changed.add(whole.toString());
                }
                array.set(i, kept);
                change(whole, kept, changed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("written")
    void whateverIsWrittenKeepsToItsLexicon(Path file) throws IOException {
        Activity activity = codec.activity(Files.readString(file));
        if (!(activity instanceof Activity.Publish publish)) {
            return;
        }
        for (String words : List.of(
                "",
                " ",
                "\u202e\u0000\ud800 x",
                "👨‍👩‍👧‍👦".repeat(500),
                "a\u0301".repeat(2000),
                "word ".repeat(4000),
                "https://www.example.com/" + "p".repeat(9000))) {
            Facet everything = new Facet.Link(
                    0, words.length(), publish.post().url().orElse(URI.create("https://social.example/")));
            List<Facet> facets = words.isEmpty() ? List.of() : List.of(everything);
            Post post =
                    publish.post().toBuilder().text(new RichText(words, facets)).build();
            if (translator.fromCanonical(new Activity.Publish(publish.id(), NOW, post), People.known(), NOW)
                    instanceof Translation.Translated<NativeDraft>(NativeDraft draft, var _)) {
                draft.documents().forEach(HostileRecordsTest::assertLexicon);
            }
        }
    }

    private static void assertLexicon(String document) {
        JsonNode write = JsonMapper.shared().readTree(document);
        RepoPath path = RepoPath.parse(
                write.path("collection").asString() + '/' + write.path("rkey").asString());
        assertThat(LexiconCatalog.bundled().check(path, DataJson.map((ObjectNode) write.get("record"))))
                .as(document)
                .isEmpty();
    }
}
