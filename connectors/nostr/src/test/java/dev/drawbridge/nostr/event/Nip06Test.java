package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.Vectors;
import fr.acinq.secp256k1.Secp256k1;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever keeps their key as words ([NIP-06](https://nips.nostr.com/6)) has the npub with us that they have in their
/// app. The bridge itself makes no keys from words: a key of ours is random and belongs to one ghost, and whoever read
/// the words of many would be all of them.
class Nip06Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HARDENED = 0x8000_0000;

    /// Computed by nostr-tools.
    @ParameterizedTest
    @CsvSource({
        "0, '', 0e0c8bb2feba07a6e464a67bb081a89383f9f017aa395f3d9abdbdc461185922,"
                + "d99fe0fa4c0b535453e8eaf3d2c116d6e4448fed2d7d654d9b76fb02d41a84af",
        "7, '', 6df70d622a3b0a058d33b9430f5b659fb53b75edf3c6f312fd2248f9a1777687,"
                + "d2895a5e24e23d24603cbbc1f2022b861dd4901de7bf1d71d4502be318d8380b",
        "0, drawbridge, f4d92a5b1b1b91a8ef872ce5d31c73839fd8e08736ad2cc6aeb1d00ac0e901ce,"
                + "6d8f064ae6b49db303576c1789c865115214d5c4402c64dfcf3a33983deab229"
    })
    void wordsMakeTheKeysOtherAppsMake(int account, String passphrase, String secret, String npub) throws Exception {
        String words = "legal winner thank year wave sausage worth useful legal winner thank yellow";

        assertKey(words, passphrase, path(account), secret, npub);
    }

    @TestFactory
    Stream<DynamicTest> wordsMakeTheKeysOfTheNip() {
        return Vectors.nostr("nip06.json")
                .get("vectors")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest(v.get("pubkey").asString(), () -> {
                    assertThat(v.get("path").asString()).isEqualTo("m/44'/1237'/0'/0/0");
                    assertKey(
                            v.get("mnemonic").asString(),
                            "",
                            path(0),
                            v.get("privkey").asString(),
                            v.get("pubkey").asString());
                }));
    }

    private static void assertKey(String words, String passphrase, List<Integer> path, String secret, String key)
            throws GeneralSecurityException {
        byte[] derived = derive(seed(words, passphrase), path);

        assertThat(HEX.formatHex(derived)).isEqualTo(secret);
        assertThat(PublicKey.ofCompressed(compressed(derived))).isEqualTo(new PublicKey(key));
    }

    private static List<Integer> path(int account) {
        return List.of(44 | HARDENED, 1237 | HARDENED, account | HARDENED, 0, 0);
    }

    /// BIP-39.
    private static byte[] seed(String words, String passphrase) throws GeneralSecurityException {
        byte[] salt = normal("mnemonic" + passphrase).getBytes(StandardCharsets.UTF_8);
        var spec = new PBEKeySpec(normal(words).toCharArray(), salt, 2_048, 512);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(spec)
                .getEncoded();
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD);
    }

    /// BIP-32.
    private static byte[] derive(byte[] seed, List<Integer> path) throws GeneralSecurityException {
        byte[] node = hmac("Bitcoin seed".getBytes(StandardCharsets.US_ASCII), seed);
        for (int index : path) {
            byte[] secret = Arrays.copyOf(node, 32);
            var data = ByteBuffer.allocate(37);
            if (index < 0) {
                data.put((byte) 0).put(secret);
            } else {
                data.put(compressed(secret));
            }
            byte[] next =
                    hmac(Arrays.copyOfRange(node, 32, 64), data.putInt(index).array());
            byte[] child = Secp256k1.get().privKeyTweakAdd(secret, Arrays.copyOf(next, 32));
            node = ByteBuffer.allocate(64).put(child).put(next, 32, 32).array();
        }
        return Arrays.copyOf(node, 32);
    }

    private static byte[] compressed(byte[] secret) {
        Secp256k1 curve = Secp256k1.get();
        return curve.pubKeyCompress(curve.pubkeyCreate(secret));
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(key, "HmacSHA512"));
        return mac.doFinal(data);
    }
}
