package dev.drawbridge.activitypub.object.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Multibase;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.model.port.SignatureScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class IntegrityProofTest {
    private static final Path VECTORS = Path.of("../../../shared/vectors/activitypub");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String METHOD = "https://a.example/alice#ed25519-key";
    private static final byte[] SECRET = new byte[32];
    private static final byte[] KEY = publicKey(SECRET);

    private static byte[] publicKey(byte[] secret) {
        byte[] key = new byte[32];
        Ed25519.generatePublicKey(secret, 0, key, 0);
        return key;
    }

    private static byte[] sign(byte[] secret, byte[] message) {
        byte[] signature = new byte[64];
        Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    private static ObjectNode document(String json) {
        return (ObjectNode) Documents.parse(json).found().orElseThrow().node();
    }

    private static ObjectNode signed() {
        var document = document("""
            {"@context":"https://www.w3.org/ns/activitystreams","id":"https://a.example/1","type":"Create",
             "actor":"https://a.example/alice","object":{"type":"Note","content":"hé \\u0001 \\"","x":[1.50,-0,1e21]}}
            """);
        IntegrityProof.add(document, METHOD, NOW, m -> sign(SECRET, m));
        return document;
    }

    private static boolean holds(ObjectNode document, byte[] key) {
        return IntegrityProof.of(new As2(document), NOW).stream()
                .anyMatch(
                        p -> Cryptography.portable().verify(SignatureScheme.ED25519, key, p.message(), p.signature()));
    }

    @Test
    void whatIsProvenHoldsAfterItWasWrittenAndReadInAnotherOrder() {
        var document = signed();
        assertThat(document.path("@context").toString())
                .isEqualTo(
                        "[\"https://www.w3.org/ns/activitystreams\",\"https://w3id.org/security/data-integrity/v1\"]");
        var read = document(Documents.write(document));
        var reordered = Documents.object();
        read.properties().stream().toList().reversed().forEach(e -> reordered.set(e.getKey(), e.getValue()));
        assertThat(holds(reordered, KEY)).isTrue();
        assertThat(IntegrityProof.of(new As2(reordered), NOW).getFirst().verificationMethod())
                .isEqualTo(METHOD);
        assertThat(holds(reordered, publicKey(Arrays.copyOf(new byte[] {1}, 32))))
                .isFalse();
    }

    @Test
    void aSignatureOverTheWholeAddedLaterDoesNotBreakIt() {
        var document = signed();
        document.putObject("signature").put("type", "RsaSignature2017");
        assertThat(holds(document, KEY)).isTrue();
    }

    @Test
    void aDocumentWithANumberThatNobodyCanWriteProvesNothing() {
        var document = signed();
        document.put("added", new java.math.BigDecimal("1e400"));
        assertThat(holds(document, KEY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"actor", "id", "type", "object", "@context"})
    void whateverChangesTheProofNoticesIt(String member) {
        var document = signed();
        document.put(member, "something else");
        assertThat(holds(document, KEY)).isFalse();
        document = signed();
        document.remove(member);
        assertThat(holds(document, KEY)).isFalse();
        document = signed();
        document.put("added", 1);
        assertThat(holds(document, KEY)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "type, DataIntegrity",
        "cryptosuite, eddsa-rdfc-2022",
        "proofPurpose, authentication",
        "expires, 2026-03-01T11:59:59Z",
        "expires, soon",
        "proofValue, z111",
        "proofValue, mAAAA",
        "created, 2026-03-01T12:00:01Z",
        "verificationMethod, https://a.example/alice#other",
    })
    void aProofOfAnotherKindIsNone(String member, String value) {
        var document = signed();
        ((ObjectNode) document.path("proof")).put(member, value);
        assertThat(holds(document, KEY)).isFalse();
    }

    @Test
    void ofSeveralProofsOneIsEnough() {
        var document = signed();
        var good = document.path("proof");
        document.putArray("proof").addObject().put("type", "Other");
        document.withArray("proof").add(good);
        assertThat(holds(document, KEY)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-1.5, -1.5",
        "1e21, 1e+21",
        "1e20, 100000000000000000000",
        "123456789012345680000, 123456789012345680000",
        "1.5e300, 1.5e+300",
        "0.000001, 0.000001",
        "1e-7, 1e-7",
        "1.25e-10, 1.25e-10",
        "4.9e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "9007199254740993, 9007199254740992",
        "333333333.33333329, 333333333.3333333",
        "0.1, 0.1",
    })
    void numbersAreWrittenAsEcmaScriptDoes(String number, String written) {
        assertThat(CanonicalJson.number(Double.parseDouble(number))).isEqualTo(written);
    }

    @Test
    void whatJsonCannotHoldIsOurMistake() {
        assertThatThrownBy(() -> CanonicalJson.number(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysAreSortedByTheirUtf16() {
        var document = document("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6}");
        assertThat(new String(CanonicalJson.of(document), StandardCharsets.UTF_8))
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @Test
    void theVectorsOfTheW3c() throws IOException {
        Path folder = VECTORS.resolve("w3c-vc-di-eddsa/eddsa-jcs-2022");
        assumeTrue(Files.isDirectory(folder), "no W3C vectors here");
        var document = document(Files.readString(folder.resolve("signedJCS.json")));
        var proof = IntegrityProof.of(new As2(document), NOW).getFirst();
        assertThat(HexFormat.of().formatHex(proof.message()))
                .isEqualTo(
                        Files.readString(folder.resolve("combinedHashJCS.txt")).strip());
        assertThat(HexFormat.of().formatHex(proof.signature()))
                .isEqualTo(Files.readString(folder.resolve("sigHexJCS.txt")).strip());
        var bare = document.deepCopy();
        bare.remove("proof");
        assertThat(new String(CanonicalJson.of(bare), StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(folder.resolve("canonDocJCS.txt")).strip());
        String method = proof.verificationMethod();
        byte[] key = key(method.substring(method.indexOf('#') + 1));
        assertThat(holds(document, key)).isTrue();
    }

    @Test
    void theVectorsOfTheFep() throws IOException {
        Path file = VECTORS.resolve("fep/vectors/8b32/fep-8b32.feature");
        assumeTrue(Files.isRegularFile(file), "no FEP vectors here");
        String feature = Files.readString(file);
        var secret = Pattern.compile("secret key \"(z\\w+)\"").matcher(feature);
        assertThat(secret.find()).isTrue();
        byte[] seed = Arrays.copyOfRange(Multibase.decode(secret.group(1)).orElseThrow(), 2, 34);
        var blocks = Pattern.compile("\"\"\"(.*?)\"\"\"", Pattern.DOTALL)
                .matcher(feature)
                .results()
                .toList();
        var document = document(blocks.get(0).group(1));
        var expected = document(blocks.get(1).group(1));
        IntegrityProof.add(
                document,
                "https://server.example/users/alice#ed25519-key",
                Instant.parse("2023-02-24T23:36:38Z"),
                m -> sign(seed, m));
        assertThat(document).isEqualTo(expected);
        assertThat(holds(expected, publicKey(seed))).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> recordedProofsHold() throws IOException {
        Path folder = VECTORS.resolve("recorded");
        assumeTrue(Files.isDirectory(folder), "no recorded deliveries here");
        var actors = document(Files.readString(folder.resolve("actors.json")));
        try (var files = Files.list(folder)) {
            var proven = files.filter(f -> f.getFileName().toString().contains("-proof-"))
                    .sorted()
                    .toList();
            assertThat(proven).hasSize(12);
            return proven.stream()
                    .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> {
                        String body = document(Files.readString(f))
                                .path("request")
                                .path("body")
                                .stringValue();
                        String sender = document(body).path("actor").stringValue();
                        byte[] key = key(actors.path(sender)
                                .at("/document/assertionMethod/1/publicKeyMultibase")
                                .stringValue());
                        assertThat(holds(document(body), key)).isTrue();
                    }));
        }
    }

    private static byte[] key(String multibase) {
        return Arrays.copyOfRange(Multibase.decode(multibase).orElseThrow(), 2, 34);
    }
}
