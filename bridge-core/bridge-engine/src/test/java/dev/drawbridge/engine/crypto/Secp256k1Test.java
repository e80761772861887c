package dev.drawbridge.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class Secp256k1Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final Path VECTORS = Path.of("../../../shared/vectors/nostr/bip340-test-vectors.csv");
    private static final Path NIP44 = VECTORS.resolveSibling("nip44.vectors.json");
    private static final BigInteger ORDER =
            new BigInteger("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", 16);

    static Stream<Secp256k1> implementations() {
        return Stream.of(NativeSecp256k1.load(), new BouncySecp256k1());
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void makesTheKnownKeysAndSignatures(Secp256k1 curve) {
        byte[] secret = HEX.parseHex("6f1d5b8e0c3a47920b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f506172");
        byte[] message = HEX.parseHex("64726177627269646765000102030405060708090a0b0c0d0e0f101112131415");
        assertThat(HEX.formatHex(curve.publicKey(secret)))
                .isEqualTo("0346f426165d7f37b03f81832e8bcc9d64793f8cfa41f06f7574dd18f025570e31");
        assertThat(HEX.formatHex(curve.signSchnorr(secret, message, new byte[32])))
                .isEqualTo("8f07d17a385426d8705fee8d3749a9d5e884005b51021b2c9dbc380209c96fdd"
                        + "dcfc76f33e770a570eb0f2bbaf0b4dd540ad3e79f3b94aa3db49b8d9e2fa315d");
        assertThat(HEX.formatHex(curve.signEcdsa(secret, message)))
                .isEqualTo("7ed912b5a227e9f9ce1493addb18977ffdbc9a9adf1de4d4aa179ea0b514e334"
                        + "2786047c25b46643e53b32ab89b6b4676642a88bf22603e9ea25ca0ecd944c25");
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void agreesWithThePublishedVectors(Secp256k1 curve) throws IOException {
        assumeTrue(Files.exists(VECTORS));
        int seen = 0;
        for (String line : Files.readAllLines(VECTORS).stream().skip(1).toList()) {
            String[] cell = line.split(",", -1);
            byte[] message = HEX.parseHex(cell[4]);
            byte[] signature = HEX.parseHex(cell[5]);
            boolean valid = cell[6].equals("TRUE") && message.length == 32;
            assertThat(curve.verifySchnorr(HEX.parseHex(cell[2]), message, signature))
                    .as(line)
                    .isEqualTo(valid);
            if (!cell[1].isEmpty() && message.length == 32) {
                byte[] secret = HEX.parseHex(cell[1]);
                assertThat(curve.signSchnorr(secret, message, HEX.parseHex(cell[3])))
                        .as(line)
                        .isEqualTo(signature);
                assertThat(Arrays.copyOfRange(curve.publicKey(secret), 1, 33)).isEqualTo(HEX.parseHex(cell[2]));
            }
            seen++;
        }
        assertThat(seen).isGreaterThan(14);
    }

    @Test
    void bothImplementationsSayTheSameAboutRandomInput() {
        var random = new Random(340);
        Secp256k1 one = NativeSecp256k1.load();
        Secp256k1 other = new BouncySecp256k1();
        for (int i = 0; i < 200; i++) {
            byte[] secret = bytes(random, 32);
            byte[] message = bytes(random, 32);
            byte[] aux = bytes(random, 32);
            byte[] publicKey = one.publicKey(secret);
            byte[] schnorr = one.signSchnorr(secret, message, aux);
            byte[] ecdsa = one.signEcdsa(secret, message);
            assertThat(other.publicKey(secret)).isEqualTo(publicKey);
            assertThat(other.signSchnorr(secret, message, aux)).isEqualTo(schnorr);
            assertThat(other.signEcdsa(secret, message)).isEqualTo(ecdsa);
            if (i % 2 == 1) {
                flip(random, i % 4 == 1 ? message : schnorr);
                flip(random, i % 4 == 1 ? publicKey : ecdsa);
            }
            byte[] x = Arrays.copyOfRange(publicKey, 1, 33);
            assertThat(one.verifySchnorr(x, message, schnorr))
                    .isEqualTo(other.verifySchnorr(x, message, schnorr))
                    .isEqualTo(i % 2 == 0);
            assertThat(one.verifyEcdsa(publicKey, message, ecdsa))
                    .isEqualTo(other.verifyEcdsa(publicKey, message, ecdsa))
                    .isEqualTo(i % 2 == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void bothSidesAgreeHoweverTheKeyIsSplit(Secp256k1 curve) {
        var random = new Random(44);
        Secp256k1 other = new BouncySecp256k1();
        for (int i = 0; i < 50; i++) {
            byte[] here = bytes(random, 32);
            byte[] there = bytes(random, 32);
            byte[] agreed =
                    curve.agree(here, x(curve, there), bytes(random, 32)).orElseThrow();
            assertThat(curve.agree(here, x(curve, there), bytes(random, 32))).contains(agreed);
            assertThat(other.agree(there, x(curve, here), bytes(random, 32))).contains(agreed);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void agreesWithWhatNostrToolsComputes(Secp256k1 curve) throws Exception {
        byte[] secret = HEX.parseHex("f3d5b067db4c80b60dbd9a6d59a6ec0edb0e2e1979aabbdb8e4eb1750b582ed3");
        byte[] key = HEX.parseHex("a5cdf30ceef2fa04ad94d4cede290d4784440f5a833e4179f48cc3873c4aa329");
        assertThat(HEX.formatHex(nip44(curve.agree(secret, key, key).orElseThrow())))
                .isEqualTo("d0262416ea632f484fdcaf8c643f54b37bffe96a24a068b402e9eed821cc012b");
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void agreesWithThePublishedVectorsOfNip44(Secp256k1 curve) throws Exception {
        assumeTrue(Files.exists(NIP44));
        var vectors =
                JsonMapper.builder().build().readTree(Files.readString(NIP44)).at("/v2");
        int seen = 0;
        for (var v : vectors.at("/valid/get_conversation_key")) {
            byte[] secret = HEX.parseHex(v.get("sec1").asString());
            byte[] agreed = curve.agree(secret, HEX.parseHex(v.get("pub2").asString()), bytes(new Random(seen++), 32))
                    .orElseThrow();
            assertThat(HEX.formatHex(nip44(agreed)))
                    .isEqualTo(v.get("conversation_key").asString());
        }
        for (var v : vectors.at("/invalid/get_conversation_key")) {
            byte[] secret = HEX.parseHex(v.get("sec1").asString());
            byte[] key = HEX.parseHex(v.get("pub2").asString());
            byte[] blind = bytes(new Random(seen++), 32);
            if (curve.validSecret(secret)) {
                assertThat(curve.agree(secret, key, blind))
                        .as(v.get("note").asString())
                        .isEmpty();
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> curve.agree(secret, key, blind));
            }
        }
        assertThat(seen).isGreaterThan(40);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void nothingIsAgreedWithWhatIsNoKey(Secp256k1 curve) {
        byte[] secret = bytes(new Random(6), 32);
        byte[] blind = bytes(new Random(7), 32);
        byte[] none = new byte[32];
        Arrays.fill(none, (byte) 0xff);
        assertThat(curve.agree(secret, none, blind)).isEmpty();
        assertThat(curve.agree(secret, new byte[32], blind)).isEmpty();
        assertThat(curve.agree(secret, curve.publicKey(secret), blind)).isEmpty();
        assertThat(curve.agree(secret, new byte[0], blind)).isEmpty();
        byte[] key = x(curve, secret);
        for (byte[] bad : new byte[][] {secret, new byte[32], new byte[31]}) {
            assertThatIllegalArgumentException().isThrownBy(() -> curve.agree(secret, key, bad));
        }
    }

    private static byte[] x(Secp256k1 curve, byte[] secret) {
        return Arrays.copyOfRange(curve.publicKey(secret), 1, 33);
    }

    private static byte[] nip44(byte[] agreed) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("nip44-v2".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        return mac.doFinal(agreed);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void refusesAHighS(Secp256k1 curve) {
        byte[] secret = bytes(new Random(1), 32);
        byte[] hash = bytes(new Random(2), 32);
        byte[] signature = curve.signEcdsa(secret, hash);
        assertThat(curve.verifyEcdsa(curve.publicKey(secret), hash, signature)).isTrue();
        byte[] high = withS(signature, ORDER.subtract(new BigInteger(1, signature, 32, 32)));
        assertThat(curve.verifyEcdsa(curve.publicKey(secret), hash, high)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void malformedKeysAndSignaturesAreFalseAndNeverThrow(Secp256k1 curve) {
        byte[] secret = bytes(new Random(3), 32);
        byte[] hash = bytes(new Random(4), 32);
        byte[] key = curve.publicKey(secret);
        byte[] ecdsa = curve.signEcdsa(secret, hash);
        byte[] schnorr = curve.signSchnorr(secret, hash, new byte[32]);
        for (int length : new int[] {0, 1, 31, 32, 33, 63, 64, 65, 70, 72, 128}) {
            byte[] junk = bytes(new Random(length), length);
            byte[] zeros = new byte[length];
            byte[] ones = new byte[length];
            Arrays.fill(ones, (byte) 0xff);
            for (byte[] bad : new byte[][] {junk, zeros, ones}) {
                assertThat(curve.verifySchnorr(bad, hash, schnorr)).isFalse();
                assertThat(curve.verifySchnorr(Arrays.copyOfRange(key, 1, 33), hash, bad))
                        .isFalse();
                assertThat(curve.verifyEcdsa(bad, hash, ecdsa)).isFalse();
                assertThat(curve.verifyEcdsa(key, hash, bad)).isFalse();
            }
        }
        byte[] hybrid = uncompressed(key);
        assertThat(curve.verifyEcdsa(hybrid, hash, ecdsa)).isFalse();
        hybrid[0] = (byte) (6 + (hybrid[64] & 1));
        assertThat(curve.verifyEcdsa(hybrid, hash, ecdsa)).isFalse();
        assertThat(curve.verifyEcdsa(key, hash, der(ecdsa))).isFalse();
        assertThat(curve.verifyEcdsa(key, hash, withS(ecdsa, BigInteger.ZERO))).isFalse();
        assertThat(curve.verifySchnorr(Arrays.copyOfRange(key, 1, 33), new byte[31], schnorr))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void ownMistakesAreLoud(Secp256k1 curve) {
        byte[] zero = new byte[32];
        byte[] order = HEX.parseHex(ORDER.toString(16));
        byte[] good = bytes(new Random(5), 32);
        for (byte[] bad : new byte[][] {zero, order, new byte[31], new byte[33]}) {
            assertThat(curve.validSecret(bad)).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> curve.publicKey(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.signEcdsa(bad, zero));
            assertThatIllegalArgumentException().isThrownBy(() -> curve.signSchnorr(bad, zero, zero));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> curve.signSchnorr(good, new byte[33], zero));
        assertThatIllegalArgumentException().isThrownBy(() -> curve.signSchnorr(good, zero, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> curve.signEcdsa(good, new byte[20]));
    }

    private static byte[] withS(byte[] signature, BigInteger s) {
        byte[] changed = signature.clone();
        Arrays.fill(changed, 32, 64, (byte) 0);
        byte[] raw = s.toByteArray();
        int from = raw.length > 32 ? raw.length - 32 : 0;
        System.arraycopy(raw, from, changed, 64 - (raw.length - from), raw.length - from);
        return changed;
    }

    private static byte[] der(byte[] signature) {
        byte[] r = new BigInteger(1, signature, 0, 32).toByteArray();
        byte[] s = new BigInteger(1, signature, 32, 32).toByteArray();
        byte[] der = new byte[6 + r.length + s.length];
        der[0] = 0x30;
        der[1] = (byte) (4 + r.length + s.length);
        der[2] = 2;
        der[3] = (byte) r.length;
        System.arraycopy(r, 0, der, 4, r.length);
        der[4 + r.length] = 2;
        der[5 + r.length] = (byte) s.length;
        System.arraycopy(s, 0, der, 6 + r.length, s.length);
        return der;
    }

    private static byte[] uncompressed(byte[] key) {
        return new BouncyEcdsa("secp256k1").domain().getCurve().decodePoint(key).getEncoded(false);
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void flip(Random random, byte[] bytes) {
        bytes[1 + random.nextInt(bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
    }
}
