package dev.drawbridge.atproto.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FacetReaderTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final List<Loss> losses = new ArrayList<>();

    private List<Facet> read(String uri) {
        JsonNode facet = JSON.readTree("""
            {"index": {"byteStart": 0, "byteEnd": 5},
             "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "%s"}]}
            """.formatted(uri));
        return FacetReader.read("press me", List.of(facet), losses);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JAVASCRIPT:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "https:x",
                "https:///x",
                "x",
                ""
            })
    void whatLeadsToNoPageOfTheWebIsLeftOutAndRecorded(String uri) {
        assertThat(read(uri)).isEmpty();
        assertThat(losses).extracting(Loss::field).containsExactly("facet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS://site.example/a?b=1", "http://my_site.example:8080/", "https://müller.example/"})
    void aPageIsALink(String uri) {
        assertThat(read(uri)).containsExactly(new Facet.Link(0, 5, URI.create(uri)));
        assertThat(losses).isEmpty();
    }
}
