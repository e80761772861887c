package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The operator's commands (NIP-86).
class RelayManagementTest extends SessionScene {
    private final People.Person operator = new People().person("operator");
    private final RelayManagement management = new RelayManagement(parts, Set.of(operator.key));

    private record Answer(int status, JsonNode body) {}

    private Answer post(People.Person by, String url, String signedBody, String body) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(signedBody.getBytes(StandardCharsets.UTF_8));
        Event proof = by.event(
                27235,
                now,
                "",
                Tag.of("u", url),
                Tag.of("method", "POST"),
                Tag.of("payload", HexFormat.of().formatHex(hash)));
        String header =
                "Nostr " + Base64.getEncoder().encodeToString(proof.json().getBytes(StandardCharsets.UTF_8));
        return post(Map.of("authorization", List.of(header)), body);
    }

    private Answer post(Map<String, List<String>> headers, String body) throws IOException {
        HttpReply reply = management.post(new HttpCall(
                "POST",
                URI.create("https://nostr.bridge.example/"),
                Map.of(),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                "127.0.0.1"));
        var out = new ByteArrayOutputStream();
        reply.body().writeTo(out);
        return new Answer(reply.status(), JsonMapper.shared().readTree(out.toByteArray()));
    }

    private JsonNode command(String method, String... parameters) throws Exception {
        String list = parameters.length == 0 ? "" : "\"" + String.join("\",\"", parameters) + "\"";
        String body = "{\"method\":\"" + method + "\",\"params\":[" + list + "]}";
        Answer answer = post(operator, "wss://nostr.bridge.example/", body, body);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().get("result");
    }

    @Test
    void whoIsAllowedIsNoStrangerFromThenOn() throws Exception {
        for (int i = 0; i < RelayLimits.DEFAULT.strangers().burst(); i++) {
            publish(mallory.note(now, "spam " + i));
        }
        Event note = mallory.note(now, "note");
        assertThat(publish(note)).isEqualTo(no(note, "rate-limited: slow down"));

        command("allowpubkey", mallory.key.hex());

        assertThat(publish(note)).isEqualTo(ok(note, ""));
    }

    @Test
    void bansErasesAndForgives() throws Exception {
        Event note = carol.note(now, "hello");
        publish(note);

        assertThat(command("banpubkey", carol.key.hex(), "spam").asBoolean()).isTrue();
        assertThat(store.find(note.id())).isEmpty();
        assertThat(publish(note)).isEqualTo(no(note, "blocked: the operator does not want it: spam"));
        assertThat(command("listbannedpubkeys").toString())
                .isEqualTo("[{\"pubkey\":\"" + carol.key.hex() + "\",\"reason\":\"spam\"}]");
        command("unbanpubkey", carol.key.hex());
        assertThat(publish(note)).isEqualTo(ok(note, ""));

        command("banevent", note.id().hex());
        assertThat(store.find(note.id())).isEmpty();
        assertThat(publish(note)).isEqualTo(no(note, "blocked: the operator does not want it"));
        assertThat(command("listbannedevents").get(0).get("id").asString())
                .isEqualTo(note.id().hex());
        command("allowevent", note.id().hex());
        assertThat(publish(note)).isEqualTo(ok(note, ""));
    }

    @Test
    void letsSomebodyWriteAndNoMore() throws Exception {
        command("allowpubkey", mallory.key.hex());
        Event note = mallory.event(30_078, now, "x", Tag.of("d", "x"));
        assertThat(publish(note)).isEqualTo(ok(note, ""));
        assertThat(command("listallowedpubkeys")).hasSize(1);
        command("unallowpubkey", mallory.key.hex());
        Event more = mallory.event(30_078, now, "x", Tag.of("d", "y"));

        assertThat(((dev.drawbridge.nostr.event.RelayMessage.Ok) publish(more)).accepted())
                .isFalse();
    }

    @Test
    void changesWhatTheRelaySaysOfItself() throws Exception {
        command("changerelayname", "The Bridge");
        command("changerelaydescription", "Ours.");
        command("changerelayicon", "https://bridge.example/icon.png");
        assertThat(rules.all(dev.drawbridge.nostr.store.RelayRules.About.SHOWN, 9))
                .extracting(r -> r.subject() + "=" + r.text())
                .containsExactly("description=Ours.", "icon=https://bridge.example/icon.png", "name=The Bridge");
        command("changerelayname", "");
        assertThat(rules.all(dev.drawbridge.nostr.store.RelayRules.About.SHOWN, 9))
                .hasSize(2);
    }

    @Test
    void saysWhatItCan() throws Exception {
        assertThat(command("supportedmethods").valueStream().map(JsonNode::asString))
                .contains("supportedmethods", "banpubkey", "allowpubkey", "listbannedpubkeys", "changerelayname")
                .hasSize(13);
    }

    @Test
    void heedsOnlyItsOperators() throws Exception {
        String body = "{\"method\":\"banpubkey\",\"params\":[\"" + carol.key.hex() + "\"]}";

        assertThat(post(Map.of(), body).status()).isEqualTo(401);
        assertThat(post(mallory, "wss://nostr.bridge.example", body, body).status())
                .isEqualTo(403);
        assertThat(post(operator, "wss://other.example/", body, body).status()).isEqualTo(401);
        assertThat(post(operator, "https://nostr.bridge.example/", body, body + " ")
                        .status())
                .isEqualTo(401);
        assertThat(rules.all(dev.drawbridge.nostr.store.RelayRules.About.BANNED_KEY, 9))
                .isEmpty();
        assertThat(post(operator, "https://nostr.bridge.example", body, body).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "[]",
                "{\"method\":\"shutdown\",\"params\":[]}",
                "{\"method\":\"banpubkey\",\"params\":[\"npub1\"]}",
                "{\"method\":\"banpubkey\"}",
                "{\"method\":\"banevent\",\"params\":[7]}"
            })
    void answersWhatItCannotDo(String body) throws Exception {
        Answer answer = post(operator, "https://nostr.bridge.example/", body, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("result").isNull()).isTrue();
        assertThat(answer.body().get("error").asString()).isNotBlank();
    }
}
