package dev.drawbridge.nostr.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.nostr.Vectors;
import dev.drawbridge.nostr.event.Reading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class Nip44Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY = bytes(1);
    private static final byte[] NONCE = bytes(2);

    @TestFactory
    Stream<DynamicTest> saysWhatNostrToolsSays() {
        byte[] key = OwnVectors.bytes(OwnVectors.ALL.get("conversationKey"));
        return OwnVectors.ALL
                .get("payloads")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest(
                        v.get("nonce").asString(),
                        () -> bothWays(key, v, v.get("plaintext").asString())));
    }

    @TestFactory
    Stream<DynamicTest> longTextsAreThoseOfNostrTools() {
        byte[] key = OwnVectors.bytes(OwnVectors.ALL.get("conversationKey"));
        return OwnVectors.ALL
                .get("lengths")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest(v.get("length").asString(), () -> {
                    String text = "b".repeat(v.get("length").asInt());
                    String payload = Nip44.encrypt(key, text, OwnVectors.bytes(v.get("nonce")));
                    assertThat(sha256(payload)).isEqualTo(v.get("payloadSha256").asString());
                    assertThat(Nip44.decrypt(key, payload).found()).contains(text);
                }));
    }

    @TestFactory
    Stream<DynamicTest> agreesWithThePublishedVectors() {
        JsonNode v2 = Vectors.nostr("nip44.vectors.json").get("v2");
        Stream<DynamicTest> texts = v2.at("/valid/encrypt_decrypt")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest(
                        v.get("payload").asString(),
                        () -> bothWays(
                                OwnVectors.bytes(v.get("conversation_key")),
                                v,
                                v.get("plaintext").asString())));
        Stream<DynamicTest> longTexts = v2.at("/valid/encrypt_decrypt_long_msg")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest(v.get("payload_sha256").asString(), () -> longText(v)));
        Stream<DynamicTest> lengths = v2.at("/valid/calc_padded_len")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest(
                        v.toString(),
                        () -> assertThat(Nip44.paddedLength(v.get(0).asInt()))
                                .isEqualTo(v.get(1).asInt())));
        Stream<DynamicTest> bad = v2.at("/invalid/decrypt")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest(
                        v.get("note").asString(),
                        () -> assertThat(Nip44.decrypt(
                                        OwnVectors.bytes(v.get("conversation_key")),
                                        v.get("payload").asString()))
                                .isInstanceOf(Reading.Unreadable.class)));
        return Stream.of(texts, longTexts, lengths, bad).flatMap(s -> s);
    }

    private static void longText(JsonNode v) {
        byte[] key = OwnVectors.bytes(v.get("conversation_key"));
        String text = v.get("pattern").asString().repeat(v.get("repeat").asInt());
        String payload = Nip44.encrypt(key, text, OwnVectors.bytes(v.get("nonce")));
        assertThat(sha256(payload)).isEqualTo(v.get("payload_sha256").asString());
        assertThat(Nip44.decrypt(key, payload).found()).contains(text);
    }

    @TestFactory
    Stream<DynamicTest> agreesWithTheLongPayloadsOf2026() {
        JsonNode file = Vectors.nostr("nip44-extended-length.json");
        byte[] key = OwnVectors.bytes(file.get("conversation_key"));
        return file.get("vectors")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest(v.get("plaintext_len").asString(), () -> {
                    String text = "a".repeat(v.get("plaintext_len").asInt());
                    String payload = Nip44.encrypt(key, text, OwnVectors.bytes(file.get("nonce")));
                    assertThat(sha256(payload))
                            .isEqualTo(v.get("payload_sha256").asString());
                    assertThat(Nip44.decrypt(key, payload).found()).contains(text);
                }));
    }

    private static void bothWays(byte[] key, JsonNode v, String text) {
        String payload = v.get("payload").asString();
        assertThat(Nip44.encrypt(key, text, OwnVectors.bytes(v.get("nonce")))).isEqualTo(payload);
        assertThat(Nip44.decrypt(key, payload).found()).contains(text);
    }

    @Property(tries = 200, seed = "44")
    void readsWhatItWrote(@ForAll String text) {
        String whole = new String(("x" + text).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(Nip44.decrypt(KEY, Nip44.encrypt(KEY, whole, NONCE)).found()).contains(whole);
    }

    @Test
    void everyChangedByteIsSeen() {
        byte[] payload = Base64.getDecoder().decode(Nip44.encrypt(KEY, "start", NONCE));
        for (int i = 0; i < payload.length; i++) {
            byte[] changed = payload.clone();
            changed[i] ^= 1;
            assertThat(Nip44.decrypt(KEY, Base64.getEncoder().encodeToString(changed)))
                    .as("byte " + i)
                    .isInstanceOf(Reading.Unreadable.class);
        }
        assertThat(Nip44.decrypt(NONCE, Nip44.encrypt(KEY, "start", NONCE))).isInstanceOf(Reading.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#new", "%%%", "Ag==", "AgAAAA", "é"})
    void refusesWhatIsNoPayload(String payload) {
        assertThat(Nip44.decrypt(KEY, payload)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void refusesWhatIsLongerThanAnyEvent() {
        assertThat(Nip44.decrypt(KEY, "A".repeat(1_000_004)))
                .isEqualTo(new Reading.Unreadable<>("payload", "longer than 1000000"));
    }

    @Test
    void ownMistakesAreLoud() {
        assertThatIllegalArgumentException().isThrownBy(() -> Nip44.encrypt(KEY, "", NONCE));
        assertThatIllegalArgumentException().isThrownBy(() -> Nip44.encrypt(KEY, "a", new byte[31]));
    }

    @Test
    void readsTheOldForm() {
        byte[] shared = new KnownKeys()
                .with("one", OwnVectors.text("secret1"))
                .agree("one", OwnVectors.bytes(OwnVectors.ALL.get("public2")))
                .orElseThrow();

        assertThat(Nip04.decrypt(shared, OwnVectors.text("nip04")).found()).contains("stop é");
        for (String bad : List.of("", "abc", "?iv=", "AAAA?iv=AAAA", "%?iv=%", "AAAA?iv=" + "A".repeat(22) + "==")) {
            assertThat(Nip04.decrypt(shared, bad)).as(bad).isInstanceOf(Reading.Unreadable.class);
        }
        assertThat(Nip04.decrypt(shared, "A".repeat(20_000) + "?iv=")).isInstanceOf(Reading.Unreadable.class);
    }

    private static String sha256(String text) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(long seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
