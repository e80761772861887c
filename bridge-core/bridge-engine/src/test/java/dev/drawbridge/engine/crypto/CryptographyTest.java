package dev.drawbridge.engine.crypto;

import static dev.drawbridge.model.port.SignatureScheme.BIP340;
import static dev.drawbridge.model.port.SignatureScheme.ECDSA_P256;
import static dev.drawbridge.model.port.SignatureScheme.ECDSA_SECP256K1;
import static dev.drawbridge.model.port.SignatureScheme.ED25519;
import static dev.drawbridge.model.port.SignatureScheme.RSA_SHA256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.model.port.SignatureScheme;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CryptographyTest {
    private static final Path VECTORS = Path.of("../../../shared/vectors/atproto/crypto/signature-fixtures.json");
    private static final byte[] MESSAGE = "the bridge is down".getBytes(StandardCharsets.UTF_8);

    private final Cryptography cryptography = Cryptography.start();

    @Test
    void saysWhichImplementationWasChosen() {
        assertThat(cryptography.secp256k1Name()).isEqualTo("libsecp256k1 (native)");
        assertThat(Cryptography.portable().secp256k1Name()).isEqualTo("Bouncy Castle");
    }

    @Test
    void fallsBackWhereTheNativeLibraryDoesNotLoad() {
        var chosen = Cryptography.choose(
                () -> {
                    throw new UnsatisfiedLinkError("no such library");
                },
                () -> {
                    throw new UnsatisfiedLinkError("no such library");
                });
        assertThat(chosen.secp256k1Name()).isEqualTo("Bouncy Castle");
        assertThat(chosen.rsaName()).isEqualTo("the JDK");
    }

    @Test
    void fallsBackWhereTheNativeLibraryGivesOtherAnswers() {
        var chosen = Cryptography.choose(Broken::new, RsaSignatures::jdk);
        assertThat(chosen.secp256k1Name()).isEqualTo("Bouncy Castle");
    }

    @Test
    void theFastRsaSignsAsTheJdkDoes() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"));
        assertThat(cryptography.rsaName()).isEqualTo("Amazon Corretto (native)");
        var fast = RsaSignatures.corretto();
        var jdk = RsaSignatures.jdk();
        for (int i = 0; i < 3; i++) {
            KeyPair pair = (i == 0 ? fast : jdk).generate(new SecureRandom());
            byte[] secret = pair.getPrivate().getEncoded();
            byte[] shown = pair.getPublic().getEncoded();
            for (byte[] message : new byte[][] {{}, MESSAGE, new byte[100_000]}) {
                byte[] signature = fast.sign(fast.privateKey(secret), message);
                assertThat(signature).isEqualTo(jdk.sign(jdk.privateKey(secret), message));
                for (var either : new RsaSignatures[] {fast, jdk}) {
                    assertThat(either.verify(shown, message, signature)).isTrue();
                    assertThat(either.verify(shown, "other".getBytes(StandardCharsets.UTF_8), signature))
                            .isFalse();
                    assertThat(either.verify(shown, message, Arrays.copyOf(signature, 255)))
                            .isFalse();
                    assertThat(either.verify(Arrays.copyOf(shown, 200), message, signature))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void agreesWithThePublishedEcdsaVectors() throws IOException {
        assumeTrue(Files.exists(VECTORS));
        JsonNode cases = JsonMapper.shared().readTree(Files.readString(VECTORS));
        assertThat(cases.size()).isPositive();
        for (JsonNode one : cases) {
            boolean p256 = one.get("algorithm").asString().equals("ES256");
            byte[] key = base58(one.get("publicKeyDid").asString().substring("did:key:z".length()));
            for (var either : new Cryptography[] {cryptography, Cryptography.portable()}) {
                assertThat(either.verify(
                                p256 ? ECDSA_P256 : ECDSA_SECP256K1,
                                Arrays.copyOfRange(key, 2, key.length),
                                Base64.getDecoder()
                                        .decode(one.get("messageBase64").asString()),
                                Base64.getDecoder()
                                        .decode(one.get("signatureBase64").asString())))
                        .as(one.get("comment").asString())
                        .isEqualTo(one.get("validSignature").asBoolean());
            }
        }
    }

    @Test
    void verifiesWhatTheJdkSignedOnP256() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var ours = new BouncyEcdsa("secp256r1");
        for (int i = 0; i < 10; i++) {
            var pair = generator.generateKeyPair();
            var point = ((java.security.interfaces.ECPublicKey) pair.getPublic()).getW();
            byte[] key = new byte[33];
            key[0] = (byte) (point.getAffineY().testBit(0) ? 3 : 2);
            BigIntegers.asUnsignedByteArray(point.getAffineX(), key, 1, 32);
            var jdk = Signature.getInstance("SHA256withECDSAinP1363Format");
            jdk.initSign(pair.getPrivate());
            jdk.update(MESSAGE);
            byte[] signature = jdk.sign();
            assertThat(cryptography.verify(ECDSA_P256, key, MESSAGE, signature)).isEqualTo(ours.lowS(signature));

            BigInteger secret = ((java.security.interfaces.ECPrivateKey) pair.getPrivate()).getS();
            byte[] own = ours.sign(secret, BouncySecp256k1.sha256().digest(MESSAGE));
            assertThat(ours.lowS(own)).isTrue();
            assertThat(cryptography.verify(ECDSA_P256, key, MESSAGE, own)).isTrue();
            jdk.initVerify(pair.getPublic());
            jdk.update(MESSAGE);
            assertThat(jdk.verify(own)).isTrue();
        }
    }

    @Test
    void refusesAnEd25519KeyThatFitsEveryMessage() {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        byte[] signature = Arrays.copyOf(neutral, 64);
        assertThat(cryptography.verify(ED25519, neutral, MESSAGE, signature)).isFalse();
    }

    @Test
    void refusesRsaKeysThatAreTooShortOrTooLong() throws GeneralSecurityException {
        assertThat(rsaVerifies(1024)).isFalse();
        assertThat(rsaVerifies(2048)).isTrue();
        assertThat(rsaVerifies(3072)).isTrue();
    }

    @Test
    void anRsaKeyThatWasReadBeforeIsStillThatKeyAndNoOther() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        byte[] signature = RsaSignatures.jdk().sign(pair.getPrivate(), MESSAGE);
        byte[] key = pair.getPublic().getEncoded();
        for (int i = 0; i < 2; i++) {
            assertThat(cryptography.verify(RSA_SHA256, key, MESSAGE, signature)).isTrue();
            assertThat(cryptography.verify(RSA_SHA256, key, new byte[32], signature))
                    .isFalse();
        }
        byte[] other = generator.generateKeyPair().getPublic().getEncoded();
        System.arraycopy(other, 0, key, 0, key.length);
        assertThat(cryptography.verify(RSA_SHA256, key, MESSAGE, signature)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(SignatureScheme.class)
    void malformedInputIsFalseAndNeverThrows(SignatureScheme scheme) {
        var random = new Random(7);
        for (int keyLength : new int[] {0, 1, 31, 32, 33, 64, 65, 294}) {
            for (int signatureLength : new int[] {0, 1, 63, 64, 65, 256}) {
                byte[] key = new byte[keyLength];
                byte[] signature = new byte[signatureLength];
                random.nextBytes(key);
                random.nextBytes(signature);
                assertThat(cryptography.verify(scheme, key, MESSAGE, signature)).isFalse();
                assertThat(cryptography.verify(scheme, key, new byte[32], signature))
                        .isFalse();
            }
        }
    }

    @Test
    void verifiesTheFirstEd25519ExampleOfItsRfc() {
        var hex = HexFormat.of();
        byte[] key = hex.parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        byte[] signature = hex.parseHex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        assertThat(cryptography.verify(ED25519, key, new byte[0], signature)).isTrue();
        assertThat(cryptography.verify(ED25519, key, new byte[1], signature)).isFalse();
        assertThat(cryptography.verify(BIP340, key, new byte[32], signature)).isFalse();
    }

    private boolean rsaVerifies(int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        var pair = generator.generateKeyPair();
        byte[] signature = RsaSignatures.jdk().sign(pair.getPrivate(), MESSAGE);
        return cryptography.verify(RSA_SHA256, pair.getPublic().getEncoded(), MESSAGE, signature);
    }

    private static byte[] base58(String text) {
        String alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        BigInteger value = BigInteger.ZERO;
        for (char c : text.toCharArray()) {
            value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(alphabet.indexOf(c)));
        }
        return BigIntegers.asUnsignedByteArray(value);
    }

    private static final class Broken implements Secp256k1 {
        private final Secp256k1 real = new BouncySecp256k1();

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public boolean validSecret(byte[] secret) {
            return true;
        }

        @Override
        public byte[] publicKey(byte[] secret) {
            return real.publicKey(secret);
        }

        @Override
        public byte[] signSchnorr(byte[] secret, byte[] message, byte[] aux) {
            return real.signSchnorr(secret, message, aux);
        }

        @Override
        public boolean verifySchnorr(byte[] publicKey, byte[] message, byte[] signature) {
            return false;
        }

        @Override
        public Optional<byte[]> agree(byte[] secret, byte[] publicKey, byte[] blind) {
            return real.agree(secret, publicKey, blind);
        }

        @Override
        public byte[] signEcdsa(byte[] secret, byte[] hash) {
            return real.signEcdsa(secret, hash);
        }

        @Override
        public boolean verifyEcdsa(byte[] publicKey, byte[] hash, byte[] signature) {
            return true;
        }
    }
}
