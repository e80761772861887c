package dev.drawbridge.activitypub.object.linkeddata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What documents say as linked data, and documents written from that.
class LinkedDataTest {
    private static final String CONTEXT = "\"@context\":\"https://www.w3.org/ns/activitystreams\"";
    private final LinkedData data = new LinkedData();

    private static ObjectNode document(String json) {
        return (ObjectNode) Documents.parse(json).found().orElseThrow().node();
    }

    private Graph graph(String json) {
        return data.read(document(json)).found().orElseThrow();
    }

    private JsonNode written(String json) {
        return graph(json).document("https://a.example/1").orElseThrow().node();
    }

    @Test
    void theCanonicalFormIsTheSameForWhateverSaysTheSame() {
        String one =
                "{" + CONTEXT + ",\"id\":\"https://a.example/1\",\"type\":\"Note\",\"name\":\"a\\tb\\\"\\\\\\u007f\","
                        + "\"tag\":[{\"type\":\"Mention\",\"href\":\"https://b.example/\"},{\"type\":\"Link\"}]}";
        String other = "{\"@context\":{\"is\":\"@type\",\"called\":\"https://www.w3.org/ns/activitystreams#name\","
                + "\"with\":{\"@id\":\"https://www.w3.org/ns/activitystreams#tag\",\"@type\":\"@id\"},"
                + "\"to\":{\"@id\":\"https://www.w3.org/ns/activitystreams#href\",\"@type\":\"@id\"}},"
                + "\"with\":[{\"is\":\"https://www.w3.org/ns/activitystreams#Link\"},"
                + "{\"to\":\"https://b.example/\",\"is\":\"https://www.w3.org/ns/activitystreams#Mention\"}],"
                + "\"called\":\"a\\tb\\\"\\\\\\u007f\",\"is\":\"https://www.w3.org/ns/activitystreams#Note\","
                + "\"@id\":\"https://a.example/1\"}";
        assertThat(graph(one).canonical())
                .isEqualTo(graph(other).canonical())
                .contains("\"a\\tb\\\"\\\\\\u007F\" .\n")
                .startsWith("<https://a.example/1> ");
        assertThat(graph(one).canonical().lines()).hasSize(7);
    }

    @Test
    void whatIsWrittenAnewHasTheNamesOfServersOnly() {
        JsonNode note = written("{\"@context\":{\"@vocab\":\"https://www.w3.org/ns/activitystreams#\"},"
                + "\"@id\":\"https://a.example/1\",\"@type\":\"Note\",\"id\":\"x\",\"type\":\"y\",\"signature\":\"z\","
                + "\"content\":\"c\",\"https://x.example/other\":\"o\"}");
        assertThat(note.path("id").stringValue()).isEqualTo("https://a.example/1");
        assertThat(note.path("type").stringValue()).isEqualTo("Note");
        assertThat(note.path("content").stringValue()).isEqualTo("c");
        assertThat(note.propertyNames())
                .containsExactlyInAnyOrder(
                        "@context",
                        "id",
                        "type",
                        "content",
                        "https://www.w3.org/ns/activitystreams#id",
                        "https://www.w3.org/ns/activitystreams#type",
                        "https://www.w3.org/ns/activitystreams#signature",
                        "https://x.example/other");
    }

    @Test
    void listsKeepTheirOrderAndNumbersTheirKind() {
        JsonNode page = written("{" + CONTEXT + ",\"id\":\"https://a.example/1\",\"type\":\"OrderedCollection\","
                + "\"orderedItems\":[\"https://c.example/\",\"https://b.example/\"],\"totalItems\":2}");
        assertThat(page.path("orderedItems").toString()).isEqualTo("[\"https://c.example/\",\"https://b.example/\"]");
        assertThat(page.path("totalItems").isIntegralNumber()).isTrue();
        assertThat(written("{" + CONTEXT
                                + ",\"id\":\"https://a.example/1\",\"type\":\"Collection\",\"orderedItems\":[]}")
                        .path("orderedItems")
                        .isArray())
                .isTrue();
    }

    @Test
    void whatGoesInCirclesIsNamedTheSecondTime() {
        JsonNode note = written("{" + CONTEXT + ",\"id\":\"https://a.example/1\",\"type\":\"Note\","
                + "\"replies\":{\"id\":\"https://a.example/r\",\"type\":\"Collection\",\"partOf\":"
                + "{\"id\":\"https://a.example/1\",\"name\":\"back\"}}}");
        assertThat(note.path("name").stringValue()).isEqualTo("back");
        assertThat(note.at("/replies/partOf").stringValue()).isEqualTo("https://a.example/1");
    }

    @Test
    void whatHasTheNameOfAMapButNoLanguageIsNotInIt() {
        JsonNode note = written("{" + CONTEXT + ",\"id\":\"https://a.example/1\",\"type\":\"Note\","
                + "\"contentMap\":{\"en\":\"a\"},\"https://www.w3.org/ns/activitystreams#contentMap\":\"b\"}");
        assertThat(note.path("contentMap").toString()).isEqualTo("{\"en\":\"a\"}");
        assertThat(note.toString()).doesNotContain("\"b\"");
    }

    @Test
    void manyValuesAreRefusedBeforeTheLibrarySeesThem() {
        String many = IntStream.range(0, 4_000).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
        assertThat(data.read(document("{" + CONTEXT + ",\"id\":\"https://a.example/1\",\"name\":[" + many + "]}"))
                        .toString())
                .contains("more than 3000 statements");
    }

    @Test
    void nothingIsWrittenOfWhatIsNotThere() {
        Graph graph = graph("{" + CONTEXT + ",\"id\":\"https://a.example/1\",\"name\":\"a\"}");
        assertThat(graph.document("https://a.example/2")).isEmpty();
        assertThat(graph.document("_:b0")).isEmpty();
    }

    /// Bounded, and the same every time.
    @Test
    void nothingThatIsWrittenByOthersThrows() throws IOException {
        try (var stream = LinkedDataTest.class.getResourceAsStream("/linkeddata/signed-by-fedify.json")) {
            JsonNode vectors = document(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .path("documents");
            var random = new Random(17);
            int read = 0;
            for (int i = 0; i < 1_500; i++) {
                var names = List.copyOf(vectors.propertyNames());
                ObjectNode changed = (ObjectNode)
                        vectors.path(names.get(random.nextInt(names.size()))).deepCopy();
                for (int j = random.nextInt(4); j >= 0; j--) {
                    spoil(changed, random);
                }
                String id = Optional.of(new As2(changed)).flatMap(As2::id).orElse("https://a.example/1");
                var result = data.read(changed);
                assertThat(result).isInstanceOfAny(Reading.Read.class, Reading.Unreadable.class);
                if (result.found().flatMap(g -> g.document(id)).isPresent()) {
                    read++;
                }
            }
            assertThat(read).as("some can still be read").isBetween(300, 1_400);
        }
    }

    private static void spoil(ObjectNode document, Random random) {
        List<JsonNode> inner = new ArrayList<>();
        collect(document, inner);
        JsonNode place = inner.get(random.nextInt(inner.size()));
        JsonNode value = inner.get(random.nextInt(inner.size())).deepCopy();
        String[] words = {
            "@id",
            "@type",
            "@context",
            "@graph",
            "@value",
            "@list",
            "@set",
            "@reverse",
            "@language",
            "@index",
            "@included",
            "@nest",
            "@json",
            "@none",
            "@import",
            "@version",
            "",
            "_:x",
            ":",
            "id",
            "type",
            "object",
            "\u0000"
        };
        String word = words[random.nextInt(words.length)];
        if (place instanceof ObjectNode object) {
            switch (random.nextInt(5)) {
                case 0 -> object.set(word, value);
                case 1 -> object.put(word, words[random.nextInt(words.length)]);
                case 2 -> object.put(word, random.nextDouble() * 1e300);
                case 3 -> object.putNull(word);
                default -> object.put(word, random.nextBoolean());
            }
        } else if (place instanceof ArrayNode array) {
            array.insert(0, word).insert(0, value);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> found) {
        if (node.isContainer()) {
            found.add(node);
            node.forEach(n -> collect(n, found));
        }
    }
}
