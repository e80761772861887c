package dev.drawbridge.engine.crypto;

import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Signer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The algorithms of this instance, chosen once at start. Checks signatures itself and makes the [Signer].
public final class Cryptography implements SignatureVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(Cryptography.class);

    private final Secp256k1 secp256k1;
    private final RsaSignatures rsa;
    private final BouncyEcdsa p256 = new BouncyEcdsa("secp256r1");

    private Cryptography(Secp256k1 secp256k1, RsaSignatures rsa) {
        this.secp256k1 = secp256k1;
        this.rsa = rsa;
    }

    /// The fastest algorithms this machine can run: libsecp256k1 where its native part loads, else Bouncy Castle; RSA
    /// by Amazon Corretto where that loads, else by the JDK.
    public static Cryptography start() {
        return choose(NativeSecp256k1::load, RsaSignatures::corretto);
    }

    /// Without native code.
    public static Cryptography portable() {
        return new Cryptography(new BouncySecp256k1(), RsaSignatures.jdk());
    }

    static Cryptography choose(Supplier<Secp256k1> preferred, Supplier<RsaSignatures> preferredRsa) {
        RsaSignatures rsa = chooseRsa(preferredRsa);
        Secp256k1 portable = new BouncySecp256k1();
        Secp256k1 chosen;
        try {
            chosen = preferred.get();
            requireSameAnswers(chosen, portable);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "secp256k1: no usable native library ({}), signatures cost about five times as much", e.toString());
            chosen = portable;
        }
        LOG.info("secp256k1 by {}; Ed25519 and P-256 by Bouncy Castle; RSA by {}", chosen.name(), rsa.name());
        return new Cryptography(chosen, rsa);
    }

    private static RsaSignatures chooseRsa(Supplier<RsaSignatures> preferred) {
        RsaSignatures portable = RsaSignatures.jdk();
        try {
            RsaSignatures chosen = preferred.get();
            if (!chosen.agreesWith(portable, "drawbridge self-test".getBytes(StandardCharsets.US_ASCII))) {
                throw new IllegalStateException(chosen.name() + " does not agree with " + portable.name());
            }
            return chosen;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("RSA: no usable native library ({}), signatures cost three times as much", e.toString());
            return portable;
        }
    }

    /// Which implementation of secp256k1 was chosen, for the log and `doctor`.
    public String secp256k1Name() {
        return secp256k1.name();
    }

    /// Which implementation of RSA was chosen, for the log and `doctor`.
    public String rsaName() {
        return rsa.name();
    }

    /// A signer whose keys rest in `keys`, encrypted with `masterKeys`.
    public Signer signer(KeyStore keys, MasterKeys masterKeys, SecureRandom random) {
        return new EncryptedSigner(keys, masterKeys, new SigningKeys(secp256k1, rsa, random));
    }

    @Override
    public boolean verify(SignatureScheme scheme, byte[] publicKey, byte[] message, byte[] signature) {
        return switch (scheme) {
            case RSA_SHA256 -> rsa.verify(publicKey, message, signature);
            case ED25519 -> verifyEd25519(publicKey, message, signature);
            case BIP340 -> secp256k1.verifySchnorr(publicKey, message, signature);
            case ECDSA_SECP256K1 -> secp256k1.verifyEcdsa(publicKey, sha256(message), signature);
            case ECDSA_P256 -> p256.verify(publicKey, sha256(message), signature);
        };
    }

    private static boolean verifyEd25519(byte[] publicKey, byte[] message, byte[] signature) {
        // A key of small order has signatures that fit every message.
        return publicKey.length == Ed25519.PUBLIC_KEY_SIZE
                && signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.validatePublicKeyPartial(publicKey, 0)
                && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    private static byte[] sha256(byte[] message) {
        return BouncySecp256k1.sha256().digest(message);
    }

    private static void requireSameAnswers(Secp256k1 candidate, Secp256k1 reference) {
        byte[] secret = sha256("drawbridge self-test".getBytes(StandardCharsets.US_ASCII));
        byte[] message = sha256(secret);
        byte[] signature = candidate.signSchnorr(secret, message, message);
        byte[] shown = Arrays.copyOfRange(reference.publicKey(secret), 1, 33);
        if (!Arrays.equals(signature, reference.signSchnorr(secret, message, message))
                || !Arrays.equals(
                        candidate.agree(secret, shown, message).orElse(shown),
                        reference.agree(secret, shown, sha256(message)).orElseThrow())
                || !Arrays.equals(candidate.signEcdsa(secret, message), reference.signEcdsa(secret, message))
                || !candidate.verifySchnorr(shown, message, signature)) {
            throw new IllegalStateException(candidate.name() + " does not agree with " + reference.name());
        }
    }
}
