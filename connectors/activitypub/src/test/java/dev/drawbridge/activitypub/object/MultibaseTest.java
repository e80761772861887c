package dev.drawbridge.activitypub.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.SignatureScheme;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultibaseTest {
    private static final byte[] KEY = HexFormat.of().parseHex("01".repeat(32));

    @ParameterizedTest
    @CsvSource({
        "z, ''",
        "z1, 00",
        "z11, 0000",
        "z2, 01",
        "z5Q, ff",
        "z1112, 00000001",
        "zStV1DL6CwTryKyV, 68656c6c6f20776f726c64"
    })
    void bytesAndTextAreTheSame(String text, String hex) {
        assertThat(Multibase.encode(HexFormat.of().parseHex(hex))).isEqualTo(text);
        assertThat(Multibase.decode(text).map(HexFormat.of()::formatHex)).contains(hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mAAAA", "z0", "zI", "zl", "z ", "zé"})
    void whatIsNoBase58IsNothing(String text) {
        assertThat(Multibase.decode(text)).isEmpty();
    }

    @Test
    void tooMuchIsNothing() {
        assertThat(Multibase.decode("z" + "2".repeat(2_000))).isEmpty();
    }

    @Test
    void aKeyIsReadAsItIsWritten() {
        var method = new As2(Multikey.write("https://a.example/a#k", "https://a.example/a", KEY));
        assertThat(method.text("publicKeyMultibase").orElseThrow()).startsWith("z6Mk");
        assertThat(Multikey.read(method)).hasValueSatisfying(k -> {
            assertThat(k.id()).isEqualTo("https://a.example/a#k");
            assertThat(k.owner()).isEqualTo("https://a.example/a");
            assertThat(k.scheme()).isEqualTo(SignatureScheme.ED25519);
            assertThat(k.bytes()).isEqualTo(KEY);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "type", "controller", "publicKeyMultibase"})
    void aKeyWithoutOneOfItsPartsIsNone(String part) {
        var method = Multikey.write("https://a.example/a#k", "https://a.example/a", KEY);
        method.remove(part);
        assertThat(Multikey.read(new As2(method))).isEmpty();
    }

    @Test
    void keysOfOtherKindsArePassedOver() {
        var method = Multikey.write("https://a.example/a#k", "https://a.example/a", KEY);
        method.put("publicKeyMultibase", Multibase.encode(HexFormat.of().parseHex("8024" + "01".repeat(33))));
        assertThat(Multikey.read(new As2(method))).isEmpty();
    }

    @Test
    void anEd25519KeyInPemIsOne() {
        byte[] info = HexFormat.of().parseHex("302a300506032b6570032100" + "01".repeat(32));
        var key = Documents.object()
                .put("id", "https://a.example/a#k")
                .put("owner", "https://a.example/a")
                .put(
                        "publicKeyPem",
                        "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(info)
                                + "\n-----END PUBLIC KEY-----");
        assertThat(PublicKey.read(new As2(key))).hasValueSatisfying(k -> {
            assertThat(k.scheme()).isEqualTo(SignatureScheme.ED25519);
            assertThat(k.bytes()).isEqualTo(KEY);
        });
    }

    @Test
    void onlyTheFirstTenKeysOfAnActorAreLookedAtAndOnlyItsOwn() {
        var actor = Documents.object()
                .put("id", "https://a.example/a")
                .put("type", "Person")
                .put("inbox", "https://a.example/a/inbox");
        var keys = actor.putArray("assertionMethod");
        keys.add(Multikey.write("https://a.example/a#foreign", "https://b.example/b", KEY));
        keys.add(Multikey.write("https://b.example/b#k", "https://a.example/a", KEY));
        for (int i = 2; i < 12; i++) {
            keys.add(Multikey.write("https://a.example/a#" + i, "https://a.example/a", KEY));
        }
        var read = Actor.read(new As2(actor)).found().orElseThrow();
        assertThat(read.assertionKeys()).hasSize(8);
        assertThat(read.assertionKey("https://a.example/a#9")).isPresent();
        assertThat(read.assertionKey("https://a.example/a#10")).isEmpty();
        assertThat(read.key("https://a.example/a#9")).as("for requests too").isPresent();
    }
}
