package dev.drawbridge.activitypub.object.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Audience;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Pem;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.Reading.Unreadable;
import dev.drawbridge.activitypub.object.linkeddata.LinkedData;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.model.port.SignatureScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Signatures that Fedify made over documents as Mastodon writes them, and what a messenger can do to such a text
/// without breaking its signature.
class LinkedDataSignatureTest {
    private static final Path VECTORS = Path.of("../../../shared/vectors/activitypub/recorded");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final JsonNode SIGNED = resource("/linkeddata/signed-by-fedify.json");
    private static final byte[] KEY =
            Pem.read(SIGNED.path("publicKeyPem").stringValue()).orElseThrow();
    private static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";
    private final LinkedData data = new LinkedData();

    private static JsonNode resource(String name) {
        try (var stream = LinkedDataSignatureTest.class.getResourceAsStream(name)) {
            return document(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode document(String json) {
        return (ObjectNode) Documents.parse(json).found().orElseThrow().node();
    }

    private static ObjectNode vector(String name) {
        return (ObjectNode) SIGNED.path("documents").path(name).deepCopy();
    }

    /// A genuine document after a messenger had it.
    private static ObjectNode tampered(String name, Consumer<ObjectNode> how) {
        ObjectNode document = vector(name);
        how.accept(document);
        return document;
    }

    private Reading<LinkedDataSignature> read(ObjectNode document) {
        return read(new As2(document), NOW);
    }

    private Reading<LinkedDataSignature> read(As2 document, Instant now) {
        return LinkedDataSignature.claimed(document, now).then(claim -> claim.checked(data::read));
    }

    private static boolean holds(LinkedDataSignature signature, byte[] key) {
        return Cryptography.portable()
                .verify(SignatureScheme.RSA_SHA256, key, signature.message(), signature.signature());
    }

    /// What may be believed of a document with a signature that holds.
    private As2 believed(ObjectNode document) {
        var signature = read(document).found().orElseThrow();
        assertThat(holds(signature, KEY)).isTrue();
        return signature.signed();
    }

    private void refused(ObjectNode document, String word) {
        assertThat(read(document))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        u -> assertThat(u.field() + ": " + u.detail()).contains(word));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create-note",
                "create-poll",
                "create-followers-only",
                "update-note",
                "delete-note",
                "delete-account"
            })
    void whatFedifySignedHolds(String name) {
        As2 believed = believed(vector(name));
        ObjectNode written = vector(name);
        assertThat(believed.id()).contains(written.path("id").stringValue());
        assertThat(believed.type()).isEqualTo(written.path("type").stringValue());
        assertThat(believed.ref("object")).isEqualTo(new As2(written).ref("object"));
        assertThat(Words.of(believed.node())).containsExactlyInAnyOrderElementsOf(Words.of(written));
    }

    @Test
    void whatIsBelievedReadsLikeWhatWasWritten() {
        As2 note = believed(vector("create-note")).object("object").orElseThrow();
        ObjectNode written = (ObjectNode) vector("create-note").path("object");
        for (String text : List.of("content", "published", "conversation", "atomUri")) {
            assertThat(note.text(text)).contains(written.path(text).stringValue());
        }
        for (String ref : List.of("attributedTo", "to", "cc", "url")) {
            assertThat(note.refs(ref)).isEqualTo(new As2(written).refs(ref));
        }
        assertThat(note.languages("content")).containsExactlyEntriesOf(new As2(written).languages("content"));
        assertThat(note.flag("sensitive")).contains(false);
        assertThat(note.node().at("/attachment/0/focalPoint").toString()).isEqualTo("[0.5,-0.25]");
        assertThat(note.node().at("/attachment/1/width").intValue()).isEqualTo(11);
        assertThat(note.objects("tag")).extracting(As2::type).containsExactly("Hashtag", "Mention", "Emoji");
        assertThat(note.node().at("/tag/2/icon/url").stringValue()).isEqualTo("https://social.example/blob.png");
    }

    @TestFactory
    Stream<DynamicTest> recordedSignaturesHold() throws IOException {
        assumeTrue(Files.isDirectory(VECTORS), "no recorded deliveries here");
        JsonNode actors = document(Files.readString(VECTORS.resolve("actors.json")));
        try (var files = Files.list(VECTORS)) {
            var signed = files.filter(f -> f.getFileName().toString().contains("-ld-"))
                    .sorted()
                    .toList();
            assertThat(signed).hasSize(14);
            return signed.stream()
                    .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> {
                        JsonNode recorded = document(Files.readString(f));
                        ObjectNode body = document(recorded.at("/request/body").stringValue());
                        var read = read(
                                new As2(body),
                                Instant.parse(recorded.path("capturedAt").stringValue()));
                        String pem = actors.path(body.path("actor").stringValue())
                                .at("/document/publicKey/publicKeyPem")
                                .stringValue();
                        assertThat(read).isInstanceOf(Reading.Read.class);
                        assertThat(holds(
                                        read.found().orElseThrow(),
                                        Pem.read(pem).orElseThrow()))
                                .isTrue();
                    }));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/object, content, <p>other</p>",
        "/object, url, https://evil.example/",
        "'', published, 2026-03-01T11:58:00Z",
        "/signature, created, 2026-03-01T11:59:51Z",
        "/signature, creator, https://social.example/users/alice#other-key",
    })
    void whatWasChangedDoesNotHold(String where, String member, String value) {
        ObjectNode changed = tampered("create-note", d -> ((ObjectNode) d.at(where)).put(member, value));
        assertThat(holds(read(changed).found().orElseThrow(), KEY)).isFalse();
    }

    @Test
    void whatWasLeftOutDoesNotHold() {
        ObjectNode changed = tampered("create-note", d -> ((ObjectNode) d.path("object")).remove("sensitive"));
        assertThat(holds(read(changed).found().orElseThrow(), KEY)).isFalse();
    }

    /// A relative address is no statement: the signature holds, so nobody may read it.
    @Test
    void aPostForFollowersIsNotMadePublic() {
        ObjectNode widened = tampered("create-followers-only", d -> {
            d.putArray("to").add("https://social.example/users/alice/followers").add("Public");
            ((ObjectNode) d.path("object"))
                    .putArray("to")
                    .add("https://social.example/users/alice/followers")
                    .add("Public");
        });
        assertThat(Audience.of(new As2(widened)).reach("https://social.example/users/alice"))
                .as("of the text")
                .isEqualTo(Audience.Reach.PUBLIC);
        As2 believed = believed(widened);
        assertThat(Audience.of(believed, believed.object("object").orElseThrow())
                        .reach("https://social.example/users/alice"))
                .isEqualTo(Audience.Reach.FOLLOWERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quoteUrl", "bridgeable", "proxyOf", "interactionPolicy"})
    void aWordThatNoContextDefinesIsNotCovered(String word) {
        refused(tampered("create-note", d -> ((ObjectNode) d.path("object")).put(word, "https://evil.example/")), word);
    }

    @Test
    void aTypeThatNoContextDefinesIsNotCovered() {
        refused(
                tampered("create-note", d -> ((ObjectNode) d.at("/object/tag/0")).put("type", "Sticker")),
                "type Sticker");
    }

    @Test
    void aWordWithAnotherMeaningIsNotRead() {
        refused(
                tampered("create-note", d -> {
                    ((ObjectNode) d.at("/@context/1")).put("name", "as:content");
                    ObjectNode note = (ObjectNode) d.path("object");
                    note.put("name", note.remove("content").stringValue());
                }),
                "name");
    }

    @Test
    void anotherMeaningInsideOfAnObjectIsNotRead() {
        refused(
                tampered("update-note", d -> {
                    ObjectNode note = (ObjectNode) d.path("object");
                    note.putObject("@context").put("preview", "as:summary").put("hidden", "as:content");
                    note.put("hidden", note.remove("content").stringValue());
                }),
                "@context");
    }

    @Test
    void aMarkUnderAnotherNameIsStillRead() {
        ObjectNode hidden = tampered("create-note", d -> {
            ObjectNode note = (ObjectNode) d.path("object");
            note.remove("sensitive");
            note.put("https://www.w3.org/ns/activitystreams#sensitive", false);
        });
        refused(hidden, "https://www.w3.org/ns/activitystreams#sensitive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@graph", "@included", "@reverse"})
    void moreThanOneDocumentIsNone(String keyword) {
        ObjectNode more = tampered("create-note", d -> {
            var inside =
                    Documents.object().put("id", "https://social.example/x").put("content", "more");
            var value = keyword.equals("@reverse") ? Documents.object().set("attachment", inside) : inside;
            ((ObjectNode) d.path("object")).set(keyword, value);
        });
        assertThat(read(more).found().filter(s -> holds(s, KEY))).isEmpty();
    }

    @Test
    void whatIsSaidOfOneThingInTwoPlacesIsReadTogether() {
        ObjectNode split = tampered("create-note", d -> {
            ObjectNode replies = (ObjectNode) d.at("/object/replies");
            ((ObjectNode) replies.path("first"))
                    .putObject("partOf")
                    .put("id", replies.path("id").stringValue())
                    .put("type", "Collection");
            replies.remove("type");
        });
        assertThat(believed(split).node().at("/object/replies/type").stringValue())
                .isEqualTo("Collection");
    }

    @Test
    void oneThingWithoutAnIdInTwoPlacesIsRefused() {
        refused(
                tampered("create-note", d -> {
                    ((ObjectNode) d.at("/object/tag/0")).put("id", "_:one");
                    ((ArrayNode) d.at("/object/tag")).addObject().put("id", "_:one");
                    ((ObjectNode) d.path("object")).putObject("preview").put("id", "_:one");
                }),
                "id");
    }

    @Test
    void aContextThatIsNotBundledIsRefused() {
        refused(
                tampered("create-note", d -> ((ArrayNode) d.path("@context")).add("https://evil.example/context")),
                "https://evil.example/context");
    }

    @Test
    void withoutContextNothingIsSaid() {
        assertThat(read(tampered("create-note", d -> d.remove("@context"))).found())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "type, Ed25519Signature2020",
        "created, 2026-02-27T11:00:00Z",
        "created, 2026-03-01T13:00:01Z",
        "created, never",
        "expires, 2026-03-01T11:59:59Z",
        "expires, never",
        "https://w3id.org/security#expiration, 2026-03-01T11:59:59Z",
        "domain, elsewhere.example",
        "signatureValue, ***",
    })
    void aSignatureThatProvesNothing(String member, String value) {
        assertThat(read(tampered("create-note", d -> ((ObjectNode) d.path("signature")).put(member, value))))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void itIsGoodForTwoDays() {
        Instant made = Instant.parse("2026-03-01T11:59:50Z");
        var document = new As2(vector("create-note"));
        Instant last = made.plus(Duration.ofDays(2)).minusSeconds(1);
        assertThat(read(document, last).found()).isPresent();
        assertThat(read(document, last.plusSeconds(1)).found()).isEmpty();
    }

    @Test
    void severalSignaturesAreNone() {
        ObjectNode several = tampered(
                "create-note",
                d -> d.putArray("signature").add(vector("create-note").path("signature")));
        assertThat(read(several)).isInstanceOf(Unreadable.class);
        assertThat(LinkedDataSignature.creator(new As2(several))).isEmpty();
    }

    /// Telling things without a name apart takes longer than the universe if there are enough of them, all alike.
    @Test
    void aBombForTheCanonicalFormIsRefused() {
        refused(
                tampered("create-note", d -> {
                    ArrayNode alike = ((ObjectNode) d.path("object")).putArray("attachment");
                    for (int i = 0; i < 4; i++) {
                        ArrayNode inside = alike.addObject().putArray("icon");
                        IntStream.range(0, 14).forEach(_ -> inside.addObject().put("type", "Image"));
                    }
                }),
                "alike");
    }

    @Test
    void aBombOfContextsIsRefused() {
        refused(
                tampered(
                        "create-note",
                        d -> IntStream.range(0, 40)
                                .forEach(_ -> ((ArrayNode) d.path("@context")).add("https://w3id.org/identity/v1"))),
                "contexts");
    }

    @Test
    void aBombOfTextIsRefused() {
        refused(
                tampered("create-note", d -> ((ObjectNode) d.path("object")).put("content", "x".repeat(100_000))),
                "longer");
    }

    @Test
    void aBombOfStatementsIsRefused() {
        refused(
                tampered("create-note", d -> {
                    ArrayNode to = d.putArray("to").add(PUBLIC);
                    IntStream.range(0, 4_000).forEach(i -> to.add("x:" + i));
                }),
                "statements");
    }
}
