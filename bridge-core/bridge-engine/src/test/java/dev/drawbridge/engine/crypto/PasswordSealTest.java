package dev.drawbridge.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PasswordSealTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void opensTheExampleOfTheNip() {
        byte[] sealed = HEX.parseHex(
                "021052d7c3f8580e7b41953381e5bc49646bc33f02a7dcaac8bdd8da23cd449783240b6ebc12edeea7bf"
                    + "00b8e8803440de7b3e9519c3e734cb2ac9a211ea2dc52312e5117a11a3022d813ab438719ca0b504a1193be510c3aee776");

        assertThat(PasswordSeal.open(sealed, "nostr").map(HEX::formatHex))
                .contains("3501454135014541350145413501453fefb02227e449e57cf4d3a3ce05378683");
    }

    @Test
    void opensThePublishedVector() throws IOException {
        Path vectors = Path.of("../../../shared/vectors/nostr/nip49.json");
        assumeTrue(Files.exists(vectors));
        var vector = JsonMapper.shared().readTree(Files.readString(vectors));
        byte[] sealed = bech32(vector.get("ncryptsec").asString());

        assertThat(PasswordSeal.open(sealed, vector.get("password").asString()).map(HEX::formatHex))
                .contains(vector.get("privkey").asString());
        assertThat((int) sealed[1]).isEqualTo(vector.get("log_n").asInt());
    }

    /// What stands in a bech32 text, whose checksum others check.
    private static byte[] bech32(String text) {
        String data = text.substring(text.lastIndexOf('1') + 1, text.length() - 6);
        var bits = BigInteger.ZERO;
        for (char letter : data.toCharArray()) {
            bits = bits.shiftLeft(5).or(BigInteger.valueOf("qpzry9x8gf2tvdw0s3jn54khce6mua7l".indexOf(letter)));
        }
        int bytes = data.length() * 5 / 8;
        byte[] value = bits.shiftRight(data.length() * 5 - bytes * 8).toByteArray();
        byte[] whole = new byte[bytes];
        System.arraycopy(value, 0, whole, bytes - value.length, value.length);
        return whole;
    }

    @Test
    void opensWhatNostrToolsSealedHoweverThePasswordIsTyped() {
        byte[] sealed = HEX.parseHex(
                "0208021158228c1e9be400a6cd606273c46c9a930e2506af053d885f4f89e7cae5a2aebed4c93473e98e"
                    + "02aa6de7551c46ee5f24e354061a0985575cda6d2011ddb3629c7e1b6884732432ce604fcae0eaeb269dc953eaeaccdacf");
        String secret = "f3d5b067db4c80b60dbd9a6d59a6ec0edb0e2e1979aabbdb8e4eb1750b582ed3";

        assertThat(PasswordSeal.open(sealed, "\u00c5ngstr\u00f6m fi").map(HEX::formatHex))
                .contains(secret);
        assertThat(PasswordSeal.open(sealed, "A\u030angstro\u0308m \ufb01").map(HEX::formatHex))
                .contains(secret);
    }

    @Test
    void computesTheExampleOfXChacha() {
        byte[] key = HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        byte[] nonce = HEX.parseHex("000000090000004a0000000031415927");

        assertThat(HEX.formatHex(PasswordSeal.hchacha(key, nonce)))
                .isEqualTo("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc");
    }

    @Test
    void whatWasSealedIsReadWithItsPasswordOnly() {
        byte[] secret = bytes(1, 32);
        byte[] sealed = PasswordSeal.seal(secret, "a password", bytes(2, PasswordSeal.RANDOM_BYTES));

        assertThat(sealed).hasSize(PasswordSeal.LENGTH);
        assertThat(PasswordSeal.open(sealed, "a password")).contains(secret);
        assertThat(PasswordSeal.open(sealed, "A password")).isEmpty();
    }

    @Test
    void whatWasChangedIsRefused() {
        byte[] sealed = PasswordSeal.seal(bytes(1, 32), "p", bytes(2, PasswordSeal.RANDOM_BYTES));
        for (int at : new int[] {0, 2, 20, 42, 50, 90}) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThat(PasswordSeal.open(changed, "p")).as("byte " + at).isEmpty();
        }
        assertThat(PasswordSeal.open(Arrays.copyOf(sealed, 90), "p")).isEmpty();
        assertThat(PasswordSeal.open(new byte[0], "p")).isEmpty();
    }

    @Test
    void nobodyCanMakeUsWorkForHours() {
        byte[] sealed = PasswordSeal.seal(bytes(1, 32), "p", bytes(2, PasswordSeal.RANDOM_BYTES));
        for (byte cost : new byte[] {0, 21, 30, 127, -1}) {
            sealed[1] = cost;
            assertThat(PasswordSeal.open(sealed, "p")).isEmpty();
        }
    }

    @Test
    void ownMistakesAreLoud() {
        byte[] random = bytes(2, PasswordSeal.RANDOM_BYTES);
        assertThatIllegalArgumentException().isThrownBy(() -> PasswordSeal.seal(new byte[31], "p", random));
        assertThatIllegalArgumentException().isThrownBy(() -> PasswordSeal.seal(new byte[32], "p", new byte[3]));
        assertThatIllegalArgumentException().isThrownBy(() -> PasswordSeal.seal(new byte[32], "", random));
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
