package dev.drawbridge.atproto.record.lexicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexiconCatalogTest {
    private static final String AT = "\"createdAt\":\"2026-03-01T12:00:00Z\"";
    private static final String BLOB = "{\"$type\":\"blob\",\"ref\":{\"$link\":"
            + "\"bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy\"},\"mimeType\":\"%s\",\"size\":%s}";
    private static final String REF =
            "{\"uri\":\"at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.feed.post/3mfcb2bsk2k2a\","
                    + "\"cid\":\"bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq\"}";

    private static List<Finding> check(String path, String fields) {
        RepoPath place = RepoPath.parse(path);
        return LexiconCatalog.bundled()
                .check(place, DataJson.parse("{\"$type\":\"" + place.collection() + "\"," + fields + "}"));
    }

    private static List<Finding> post(String fields) {
        return check("app.bsky.feed.post/3mfcb2bsk2k2a", fields);
    }

    private static String image(String mime, String size) {
        return "\"image\":" + BLOB.formatted(mime, size);
    }

    private static String images(String... items) {
        return "\"text\":\"a\"," + AT + ",\"embed\":{\"$type\":\"app.bsky.embed.images\",\"images\":[{"
                + String.join("},{", items) + "}]}";
    }

    /// What consumers were seen to show.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"text\":\"\"",
                "\"text\":\"a\",\"createdAt\":\"2999-01-01T00:00:00Z\"",
                "\"text\":\"a\",\"langs\":[\"en\",\"pt-BR\",\"ja\"]",
                "\"text\":\"a\",\"bridgyOriginalText\":\"<p>a</p>\",\"drawbridge\":{\"x\":1}",
                "\"text\":\"a\",\"embed\":{\"$type\":\"com.example.embed.thing\",\"x\":1}",
                "\"text\":\"a\",\"facets\":[{\"index\":{\"byteStart\":0,\"byteEnd\":1},"
                        + "\"features\":[{\"$type\":\"com.example.facet\",\"x\":1}]}]",
                "\"text\":\"a\",\"labels\":{\"$type\":\"com.atproto.label.defs#selfLabels\","
                        + "\"values\":[{\"val\":\"graphic-media\"},{\"val\":\"my-own\"}]}"
            })
    void whatConsumersTakeIsTaken(String fields) {
        assertThat(post(fields.contains("createdAt") ? fields : fields + "," + AT))
                .isEmpty();
    }

    /// What consumers were seen to drop without a word.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "text | MISSING | \"langs\":[\"en\"]",
                "text | TYPE | \"text\":5",
                "langs | NULL | \"text\":\"a\",\"langs\":null",
                "langs | TOO_LONG | \"text\":\"a\",\"langs\":[\"en\",\"de\",\"fr\",\"it\"]",
                "langs[0] | FORMAT | \"text\":\"a\",\"langs\":[\"en_US\"]",
                "tags | TOO_LONG | \"text\":\"a\",\"tags\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]",
                "reply.root | MISSING | \"text\":\"a\",\"reply\":{\"parent\":" + REF + "}",
                "facets[0].features[0].uri | FORMAT |"
                    + " \"text\":\"a\",\"facets\":[{\"index\":{\"byteStart\":0,\"byteEnd\":1},\"features\":[{\"$type\":\"app.bsky.richtext.facet#link\",\"uri\":\"e.test/a"
                    + " b\"}]}]",
                "facets[0].features[0].did | FORMAT |"
                        + " \"text\":\"a\",\"facets\":[{\"index\":{\"byteStart\":0,\"byteEnd\":1},"
                        + "\"features\":[{\"$type\":\"app.bsky.richtext.facet#mention\",\"did\":\"bob.test\"}]}]",
                "facets[0].index.byteStart | VALUE |"
                        + " \"text\":\"a\",\"facets\":[{\"index\":{\"byteStart\":-1,\"byteEnd\":1},\"features\":[]}]",
                "embed.external.description | MISSING |"
                        + " \"text\":\"a\",\"embed\":{\"$type\":\"app.bsky.embed.external\","
                        + "\"external\":{\"uri\":\"https://a.example\",\"title\":\"a\"}}",
                "embed.external.uri | FORMAT | \"text\":\"a\",\"embed\":{\"$type\":\"app.bsky.embed.external\","
                        + "\"external\":{\"uri\":\"https://a.example/a b\",\"title\":\"a\",\"description\":\"\"}}",
                "embed | TYPE | \"text\":\"a\",\"embed\":{\"x\":1}"
            })
    void whatConsumersDropIsFound(String place, Finding.Rule rule, String fields) {
        assertThat(post(fields + "," + AT)).singleElement().satisfies(finding -> {
            assertThat(finding.place()).isEqualTo(place);
            assertThat(finding.rule()).isEqualTo(rule);
        });
    }

    @Test
    void aDateNeedsAZoneAndToBeThere() {
        assertThat(post("\"text\":\"a\"")).extracting(Finding::place).containsExactly("createdAt");
        assertThat(post("\"text\":\"a\",\"createdAt\":\"2026-01-01T00:00:00\""))
                .extracting(Finding::rule)
                .containsExactly(Finding.Rule.FORMAT);
    }

    @Test
    void aTextIsMeasuredInGraphemesAndInBytes() {
        String family = "👨‍👩‍👧‍👦";
        assertThat(post("\"text\":\"" + "a".repeat(300) + "\"," + AT)).isEmpty();
        assertThat(post("\"text\":\"" + "a".repeat(301) + "\"," + AT)).hasSize(1);
        assertThat(post("\"text\":\"" + family.repeat(120) + "\"," + AT)).isEmpty();
        assertThat(post("\"text\":\"" + family.repeat(130) + "\"," + AT))
                .singleElement()
                .hasToString("text has 3250 bytes, more than 3000");
    }

    @Test
    void imagesHaveABlobATextAndARatio() {
        assertThat(post(images(image("image/jpeg", "2000000") + ",\"alt\":\"\"")))
                .isEmpty();
        assertThat(post(images(image("image/jpeg", "2000001") + ",\"alt\":\"\"")))
                .extracting(Finding::place)
                .containsExactly("embed.images[0].image");
        assertThat(post(images(image("text/html", "5") + ",\"alt\":\"\""))).hasSize(1);
        assertThat(post(images(image("image/png", "5")))).hasToString("[embed.images[0].alt is missing]");
        assertThat(post(images(image("image/png", "5") + ",\"alt\":\"\",\"aspectRatio\":{\"width\":0,\"height\":3}")))
                .extracting(Finding::place)
                .containsExactly("embed.images[0].aspectRatio.width");
        String one = image("image/png", "5") + ",\"alt\":\"\"";
        assertThat(post(images(one, one, one, one))).isEmpty();
        assertThat(post(images(one, one, one, one, one)))
                .extracting(Finding::rule)
                .containsExactly(Finding.Rule.TOO_LONG);
    }

    @Test
    void whatIsInsideAUnionInsideAUnionIsLookedAt() {
        assertThat(post("\"text\":\"a\"," + AT + ",\"embed\":{\"$type\":\"app.bsky.embed.recordWithMedia\","
                        + "\"record\":{\"record\":" + REF + "},\"media\":{\"$type\":\"app.bsky.embed.external\"}}"))
                .extracting(Finding::place)
                .containsExactly("embed.media.external");
    }

    @Test
    void keysAreThoseOfTheLexicon() {
        String subject = "\"subject\":\"did:plc:bbbbbbbbbbbbbbbbbbbbbbbb\"," + AT;
        assertThat(check("app.bsky.graph.follow/3mfcb2bsk2k2a", subject)).isEmpty();
        assertThat(check("app.bsky.graph.follow/mine", subject))
                .extracting(Finding::place)
                .containsExactly("rkey");
        assertThat(check("app.bsky.actor.profile/self", "\"displayName\":\"Bob\""))
                .isEmpty();
        assertThat(check("app.bsky.actor.profile/other", "\"displayName\":\"Bob\""))
                .hasSize(1);
    }

    @Test
    void aRecordNobodyDescribedIsRefused() {
        assertThat(check("com.example.thing/a", "\"x\":1"))
                .extracting(Finding::rule)
                .containsExactly(Finding.Rule.UNKNOWN);
        assertThat(check("app.bsky.richtext.facet/a", "\"x\":1"))
                .as("describes no record")
                .hasSize(1);
    }

    @Test
    void integersBeyondWhatReadersHoldAreFound() {
        LexiconCatalog catalog = LexiconCatalog.of(List.of("""
            {"lexicon":1,"id":"com.example.number","defs":{"main":{"type":"record","key":"any","record":{"type":"object",
            "properties":{"n":{"type":"integer"},"deep":{"type":"ref","ref":"#node"}}}},
            "node":{"type":"object","properties":{"deep":{"type":"ref","ref":"#node"}}}}}\
            """));
        RepoPath path = RepoPath.parse("com.example.number/a");
        assertThat(catalog.check(path, DataJson.parse("{\"$type\":\"com.example.number\",\"n\":9007199254740991}")))
                .isEmpty();
        assertThat(catalog.check(path, DataJson.parse("{\"$type\":\"com.example.number\",\"n\":9007199254740992}")))
                .hasSize(1);
        String deep = "{\"deep\":".repeat(50) + "{}" + "}".repeat(50);
        assertThat(catalog.check(path, DataJson.parse("{\"$type\":\"com.example.number\",\"deep\":" + deep + "}")))
                .as("ends although the lexicon goes round in circles")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"lexicon\":2,\"id\":\"com.example.a\",\"defs\":{}}",
                "{\"lexicon\":1,\"id\":\"nothing\",\"defs\":{}}",
                "{\"lexicon\":1,\"id\":\"com.example.a\"}",
                "{\"lexicon\":1,\"id\":\"com.example.a\",\"defs\":{\"x\":{\"type\":\"float\"}}}",
                "{\"lexicon\":1,\"id\":\"com.example.a\",\"defs\":{\"x\":{\"type\":\"array\"}}}",
                "{\"lexicon\":1,\"id\":\"com.example.a\",\"defs\":{\"x\":{\"type\":\"query\"}}}"
            })
    void somethingElseIsNoLexicon(String document) {
        assertThatThrownBy(() -> LexiconCatalog.of(List.of(document))).isInstanceOf(MalformedData.class);
    }
}
