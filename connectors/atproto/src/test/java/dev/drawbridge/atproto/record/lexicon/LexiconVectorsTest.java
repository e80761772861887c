package dev.drawbridge.atproto.record.lexicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.Vectors;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LexiconVectorsTest {
    private static LexiconCatalog catalog() {
        return LexiconCatalog.of(Stream.of("permission-set", "procedure", "query", "record", "subscription")
                .map(name -> new String(Vectors.bytes("lexicon/catalog/" + name + ".json"), StandardCharsets.UTF_8))
                .toList());
    }

    @Test
    void lexiconsAreReadAndRefusedAsTheNetworkDoes() {
        for (JsonNode each : Vectors.json("lexicon/lexicon-valid.json")) {
            assertThat(LexiconReader.read(each.get("lexicon")))
                    .as(each.path("name").asString())
                    .isNotEmpty();
        }
        for (JsonNode each : Vectors.json("lexicon/lexicon-invalid.json")) {
            assertThatThrownBy(() -> LexiconReader.read(each.get("lexicon")))
                    .as(each.path("name").asString())
                    .isInstanceOf(MalformedData.class);
        }
    }

    @Test
    void recordsAreTakenAndRefusedAsTheNetworkDoes() {
        LexiconCatalog catalog = catalog();
        for (JsonNode each : Vectors.json("lexicon/record-data-valid.json")) {
            assertThat(check(catalog, each)).as(each.path("name").asString()).isEmpty();
        }
        for (JsonNode each : Vectors.json("lexicon/record-data-invalid.json")) {
            assertThat(check(catalog, each)).as(each.path("name").asString()).isNotEmpty();
        }
    }

    private static List<?> check(LexiconCatalog catalog, JsonNode each) {
        try {
            return catalog.check(
                    RepoPath.parse("example.lexicon.record/" + each.path("rkey").asString("demo")),
                    DataJson.parse(each.get("data").toString()));
        } catch (MalformedData e) {
            return List.of(e);
        }
    }
}
