package dev.drawbridge.config.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Pem;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.object.signature.CavageSignature;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SandboxFediverseTest {
    private static final String GHOST = "http://bridge.example/actors/rosa";
    private static final URI INBOX = URI.create("http://localhost:4000/users/amal/inbox");
    private final World world = Worlds.with(request -> new Answer(200, Map.of(), ghost(), request.uri()));
    private final byte[] key = world.signer().ensure("ghost", KeyAlgorithm.RSA_2048);
    private final SandboxFediverse fediverse = new SandboxFediverse(world);

    @AfterEach
    void close() {
        fediverse.close();
    }

    private byte[] ghost() {
        ObjectNode actor =
                Documents.object().put("id", GHOST).put("type", "Person").put("inbox", GHOST + "/inbox");
        actor.putObject("publicKey")
                .put("id", GHOST + "#main-key")
                .put("owner", GHOST)
                .put("publicKeyPem", Pem.write(world.signer().ensure("ghost", KeyAlgorithm.RSA_2048)));
        return Documents.write(actor).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] note(String author, String html) {
        ObjectNode create =
                Documents.object().put("id", GHOST + "/1").put("type", "Create").put("actor", GHOST);
        create.putObject("object")
                .put("id", GHOST + "/notes/1")
                .put("type", "Note")
                .put("attributedTo", author)
                .put("content", html);
        return Documents.write(create).getBytes(StandardCharsets.UTF_8);
    }

    private HttpReply post(byte[] body, Map<String, String> signed) {
        var headers = new HashMap<String, List<String>>();
        signed.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        var call = new HttpCall("POST", INBOX, Map.of(), headers, body, "127.0.0.1");
        return fediverse.endpoints().stream()
                .filter(e -> e instanceof Endpoint.Http http && http.method().equals("POST"))
                .map(e -> ((Endpoint.Http) e).handler().handle(call))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> signed(byte[] body) {
        return CavageSignature.sign(
                "POST",
                INBOX,
                Vocabulary.ACTIVITY_JSON,
                body,
                GHOST + "#main-key",
                Worlds.NOW,
                message -> world.signer().sign("ghost", SignatureScheme.RSA_SHA256, message));
    }

    @Test
    void aSignedNoteIsSeenAsAReaderSeesIt() {
        byte[] body = note(GHOST, "<p>What a <b>light</b>!<br>1 &lt; 2</p>");
        assertThat(key).isNotEmpty();
        assertThat(post(body, signed(body)).status()).isEqualTo(202);
        assertThat(fediverse.journal().sightings())
                .singleElement()
                .satisfies(s -> assertThat(s.text()).isEqualTo("What a light!\n1 < 2"));
    }

    @Test
    void anUnsignedNoteIsRefused() {
        assertThat(post(note(GHOST, "Hello"), Map.of()).status()).isEqualTo(401);
        assertThat(fediverse.journal().sightings()).isEmpty();
    }

    @Test
    void aNoteChangedOnTheWayIsRefused() {
        var headers = signed(note(GHOST, "Hello"));
        assertThat(post(note(GHOST, "Goodbye"), headers).status()).isEqualTo(401);
        assertThat(fediverse.journal().sightings()).isEmpty();
    }

    @Test
    void aNoteInSomebodyElsesNameIsNotSeen() {
        byte[] body = note("http://bridge.example/actors/chen", "Hello");
        post(body, signed(body));
        assertThat(fediverse.journal().sightings()).isEmpty();
    }

    @Test
    void aPulledPlugAnswersNobody() {
        fediverse.plug().pulled(true);
        byte[] body = note(GHOST, "Hello");
        assertThat(post(body, signed(body)).status()).isEqualTo(503);
        fediverse.plug().pulled(false);
        assertThat(post(body, signed(body)).status()).isEqualTo(202);
    }
}
