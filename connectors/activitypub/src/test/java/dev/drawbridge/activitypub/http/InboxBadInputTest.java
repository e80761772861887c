package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.HttpReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is meant to hurt. Whatever is answered, nothing of it is kept.
class InboxBadInputTest extends InboxFixture {
    private MongoDatabase database;

    @BeforeEach
    void remember(MongoDatabase shared) {
        database = shared;
        bridge = new Bridge(database, net);
        bridge.people.add(ap(ALICE.actor()));
        meet(ALICE);
    }

    @AfterEach
    void nothingIsKept() {
        bridge.background.run();
        assertThat(database.getCollection("activitypub_pending").countDocuments())
                .isZero();
        assertThat(bridge.received).isEmpty();
    }

    private Map<String, List<String>> signed(String body) {
        return ALICE.signed(INBOX, body, bridge.clock.instant());
    }

    @Test
    void unsigned() {
        refused(bridge.post(INBOX, Map.of(), ALICE.create(1, "hi")), 401);
    }

    @Test
    void stale() {
        String body = ALICE.create(1, "hi");
        var old = ALICE.signed(INBOX, body, bridge.clock.instant().minus(Duration.ofHours(2)));
        refused(bridge.post(INBOX, old, body), 401);
    }

    @Test
    void signedWithAKeyThatDoesNotFit() {
        String body = ALICE.create(1, "hi");
        var headers = MALLORY.signed(INBOX, body, bridge.clock.instant());
        headers.put("signature", List.of(headers.get("signature").getFirst().replace(MALLORY.keyId(), ALICE.keyId())));
        refused(bridge.post(INBOX, headers, body), 401);
    }

    @Test
    void inTheNameOfSomebodyElse() {
        refused(post(ALICE, MALLORY.activity("Like", "\"" + ALICE.note(1) + "\"")), 401);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_001, 5_000_000})
    void longerThanAMegabyte(int length) {
        refused(post(ALICE, ALICE.create(1, "x".repeat(length))), 413);
    }

    @Test
    void aThousandDeep() {
        refused(post(ALICE, ALICE.activity("Follow", "[".repeat(1_000) + "]".repeat(1_000))), 400);
    }

    @Test
    void aBombInGzip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            byte[] blanks = " ".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 100; i++) {
                gzip.write(blanks);
            }
        }
        // What is signed and what arrives are the compressed bytes; nobody unpacks them.
        String body = bytes.toString(StandardCharsets.ISO_8859_1);
        var headers = new HashMap<>(signed(body));
        headers.put("content-encoding", List.of("gzip"));
        refused(bridge.post(INBOX, headers, body), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@graph", "@included", "@reverse"})
    void moreThanItShows(String keyword) {
        String more = ALICE.create(1, "hi").replaceFirst("\\{", "{\"" + keyword + "\":[{\"type\":\"Delete\"}],");
        refused(post(ALICE, more), 400);
    }

    @Test
    void anObjectOfAnotherOriginIsNotFetchedForHer() {
        String create = ALICE.activity("Create", "\"" + MALLORY.note(1) + "\"");
        HttpReply reply = post(ALICE, create);
        assertThat(reply.status()).isEqualTo(202);
        assertThat(net.asked(MALLORY.note(1))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/key",
                "http://[::127.0.0.1]/key",
                "http://[::ffff:10.0.0.1]/key",
                "https://internal.example/redirects-to-a-private-address"
            })
    void aKeyWhereWeMustNotGo(String keyId) {
        // The guard in front of every request refuses before it connects, and after each redirect.
        net.fail(keyId, Failure.FORBIDDEN_ADDRESS);
        String body = ALICE.create(1, "hi");
        var headers = signed(body);
        headers.put("signature", List.of(headers.get("signature").getFirst().replace(ALICE.keyId(), keyId)));
        dropped(bridge.post(INBOX, headers, body));
        long asked = net.asked(keyId);
        assertThat(asked).as("as an actor and as a key").isBetween(1L, 2L);
        refused(bridge.post(INBOX, headers, body), 401);
        assertThat(net.asked(keyId)).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "gopher://a.example/", "did:key:z6Mk", "k", "https://user@a.example/k"})
    void aKeyThatIsNoAddress(String keyId) {
        String body = ALICE.create(1, "hi");
        var headers = signed(body);
        headers.put("signature", List.of(headers.get("signature").getFirst().replace(ALICE.keyId(), keyId)));
        refused(bridge.post(INBOX, headers, body), 401);
    }

    @Test
    void aChainOfDocumentsWithoutEnd() {
        net.serve("chain.example", (_, uri, _, _) -> {
            int number = Integer.parseInt(uri.getPath().replaceAll("\\D", ""));
            return HttpReply.of(
                    200,
                    "application/activity+json",
                    "{\"id\":\"https://chain.example/%d\",\"type\":\"Note\"}".formatted(number + 1));
        });
        String body = ALICE.create(1, "hi");
        var headers = signed(body);
        headers.put(
                "signature",
                List.of(headers.get("signature").getFirst().replace(ALICE.keyId(), "https://chain.example/1")));
        dropped(bridge.post(INBOX, headers, body));
        assertThat(net.requests).hasSizeLessThanOrEqualTo(20);
    }
}
