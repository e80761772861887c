package dev.drawbridge.activitypub.object.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.PublicKey;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.model.port.SignatureScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Deliveries of real servers, recorded with their exact headers and bytes.
class RecordedSignaturesTest {
    private static final Path VECTORS = Path.of("../../../shared/vectors/activitypub/recorded");
    private final JsonMapper json = new JsonMapper();
    private final Cryptography cryptography = Cryptography.portable();

    @TestFactory
    Stream<DynamicTest> everyRecordedDeliveryIsJudgedAsItsReceiverDid() throws IOException {
        assumeTrue(Files.isDirectory(VECTORS), "no recorded deliveries here");
        Map<String, byte[]> keys = keys(VECTORS.resolve("actors.json"));
        List<Path> files;
        try (var all = Files.list(VECTORS)) {
            files = all.filter(f -> f.getFileName().toString().matches("\\d.*"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSize(24);
        return files.stream().map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> judge(f, keys)));
    }

    private void judge(Path file, Map<String, byte[]> keys) throws IOException {
        JsonNode recorded = json.readTree(Files.readString(file));
        var claim = HttpSignatures.read(
                request(recorded.path("request")),
                Instant.parse(recorded.path("capturedAt").stringValue()));
        String name = file.getFileName().toString();
        if (name.contains("-none-")) {
            assertThat(claim).isInstanceOf(SignatureClaim.Unsigned.class);
        } else if (name.endsWith("-401.json")) {
            assertThat(verified(claim, keys)).isFalse();
        } else {
            assertThat(verified(claim, keys)).as("%s", claim).isTrue();
        }
    }

    private boolean verified(SignatureClaim claim, Map<String, byte[]> keys) {
        return switch (claim) {
            case SignatureClaim.Claimed(var _, String keyId, var _, List<byte[]> messages, byte[] signature) ->
                messages.stream()
                        .anyMatch(m -> cryptography.verify(SignatureScheme.RSA_SHA256, keys.get(keyId), m, signature));
            case SignatureClaim.Unsigned _, SignatureClaim.Rejected _ -> false;
        };
    }

    private static SignedRequest request(JsonNode recorded) {
        var headers = new HashMap<String, List<String>>();
        recorded.path("headers")
                .properties()
                .forEach(e -> headers.put(e.getKey(), List.of(e.getValue().asString())));
        String target = recorded.path("target").stringValue();
        return new SignedRequest(
                recorded.path("method").stringValue(),
                URI.create("http://" + headers.get("host").getFirst() + target),
                headers,
                recorded.path("body").stringValue().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, byte[]> keys(Path actors) throws IOException {
        var keys = new HashMap<String, byte[]>();
        json.readTree(Files.readString(actors))
                .values()
                .forEach(actor -> new As2(Documents.parse(actor.path("document").toString())
                                .found()
                                .orElseThrow()
                                .node())
                        .objects("publicKey")
                        .forEach(k -> PublicKey.read(k).ifPresent(key -> keys.put(key.id(), key.bytes()))));
        return keys;
    }
}
