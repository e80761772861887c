package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.activitypub.support.LogLines;
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
import tools.jackson.databind.node.StringNode;

/// What is meant to hurt. Whatever is answered, nothing of it is kept, and the operator reads one line that says why.
class InboxBadInputTest extends InboxFixture {
    /// In every body, so that it would be seen in a log.
    private static final String SECRET = "a-word-of-the-body";

    private final LogLines log = new LogLines("dev.drawbridge.activitypub.inbox", "dev.drawbridge.activitypub.http");

    @BeforeEach
    void meetAlice() {
        meet(ALICE);
        log.take();
    }

    @AfterEach
    void nothingIsKept() {
        bridge.background.run();
        assertThat(database.getCollection("activitypub_pending").countDocuments())
                .isZero();
        assertThat(bridge.received).isEmpty();
        assertThat(log.take()).as("no other line").isEmpty();
        log.close();
    }

    private Map<String, List<String>> signed(String body) {
        return ALICE.signed(INBOX, body, bridge.clock.instant());
    }

    private static String create() {
        return ALICE.create(1, SECRET);
    }

    private static Map<String, List<String>> withKey(Map<String, List<String>> headers, String before, String after) {
        headers.put("signature", List.of(headers.get("signature").getFirst().replace(before, after)));
        return headers;
    }

    private void refused(HttpReply reply, int status, String reason) {
        refused(reply, status);
        oneLine("inbox: " + status + " to ", reason);
    }

    private void dropped(HttpReply reply, String reason) {
        dropped(reply);
        oneLine("inbox: dropped what ", reason);
    }

    private void oneLine(String begin, String reason) {
        assertThat(log.take())
                .singleElement()
                .asString()
                .startsWith("INFO " + begin)
                .contains(reason)
                .doesNotContain(SECRET)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
                .hasSizeLessThan(700);
    }

    @Test
    void unsigned() {
        refused(bridge.post(INBOX, Map.of(), create()), 401, "not signed");
    }

    @Test
    void stale() {
        var old = ALICE.signed(INBOX, create(), bridge.clock.instant().minus(Duration.ofHours(2)));
        refused(bridge.post(INBOX, old, create()), 401, "expired");
    }

    @Test
    void withAnotherBody() {
        refused(bridge.post(INBOX, signed(create()), ALICE.create(2, SECRET)), 401, "digest");
    }

    @Test
    void signedWithAKeyThatDoesNotFit() {
        var headers = withKey(MALLORY.signed(INBOX, create(), bridge.clock.instant()), MALLORY.keyId(), ALICE.keyId());
        refused(bridge.post(INBOX, headers, create()), 401, "does not fit the key " + ALICE.keyId());
    }

    @Test
    void inTheNameOfSomebodyElse() {
        String like = MALLORY.activity("Like", "\"" + ALICE.note(1) + "\"");
        refused(post(ALICE, like), 401, "signed by somebody else than " + MALLORY.actor());
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_001, 5_000_000})
    void longerThanAMegabyte(int length) {
        refused(post(ALICE, ALICE.create(1, SECRET + "x".repeat(length))), 413, "longer than 1000000 bytes");
    }

    @Test
    void aThousandDeep() {
        String deep = "[".repeat(1_000) + "\"" + SECRET + "\"" + "]".repeat(1_000);
        refused(post(ALICE, ALICE.activity("Follow", deep)), 400, "too deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "{\"id\":" + SECRET + "}", "[\"" + SECRET + "\"]", "\"" + SECRET + "\\n\""})
    void notADocument(String body) {
        refused(post(ALICE, body), 400, "document: not ");
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
        refused(bridge.post(INBOX, headers, body), 400, "not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@graph", "@included", "@reverse"})
    void moreThanItShows(String keyword) {
        String more = create().replaceFirst("\\{", "{\"" + keyword + "\":[{\"type\":\"Delete\"}],");
        refused(post(ALICE, more), 400, "to those who read it as linked data");
    }

    @Test
    void anObjectOfAnotherOriginIsNotFetchedForHer() {
        String create = ALICE.activity("Create", "\"" + MALLORY.note(1) + "\"");
        dropped(post(ALICE, create), "the object is not on the host of " + ALICE.actor());
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
        var headers = withKey(signed(create()), ALICE.keyId(), keyId);
        dropped(bridge.post(INBOX, headers, create()), keyId + ": FORBIDDEN_ADDRESS");
        long asked = net.asked(keyId);
        assertThat(asked).as("as an actor and as a key").isBetween(1L, 2L);
        refused(bridge.post(INBOX, headers, create()), 401, keyId);
        assertThat(net.asked(keyId)).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "gopher://a.example/", "did:key:z6Mk", "k", "https://user@a.example/k"})
    void aKeyThatIsNoAddress(String keyId) {
        var headers = withKey(signed(create()), ALICE.keyId(), keyId);
        refused(bridge.post(INBOX, headers, create()), 401, "the key id is not an http address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\nINFO forged", "\r\nINFO forged", "\u2028INFO forged", "\u0085INFO forged", "\u202Edegrof OFNI"
            })
    void aSecondLineInsideOfAName(String more) {
        var headers = withKey(signed(create()), ALICE.keyId(), "https://user@a.example/k" + more);
        assertThat(bridge.post(INBOX, headers, create()).status()).isEqualTo(401);
        oneLine("inbox: 401 to ", "");
        String actor = Documents.write(StringNode.valueOf("https://a.example/" + more));
        String like = ALICE.activity("Like", "\"" + ALICE.note(1) + "\"").replace("\"" + ALICE.actor() + "\"", actor);
        assertThat(post(ALICE, like).status()).isIn(400, 401);
        oneLine("inbox: 40", "");
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
        var headers = withKey(signed(create()), ALICE.keyId(), "https://chain.example/1");
        dropped(bridge.post(INBOX, headers, create()), "https://chain.example/1");
        assertThat(net.requests).hasSizeLessThanOrEqualTo(20);
    }
}
