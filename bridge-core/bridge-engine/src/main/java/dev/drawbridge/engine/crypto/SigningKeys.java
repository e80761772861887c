package dev.drawbridge.engine.crypto;

import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureScheme;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Makes new keys and reads stored ones.
final class SigningKeys {
    private final Secp256k1 secp256k1;
    private final RsaSignatures rsa;
    private final SecureRandom random;

    SigningKeys(Secp256k1 secp256k1, RsaSignatures rsa, SecureRandom random) {
        this.secp256k1 = secp256k1;
        this.rsa = rsa;
        this.random = random;
    }

    /// @param secret PKCS #8 for RSA, else 32 bytes
    /// @param publicKey encoded as [KeyAlgorithm] says
    record Fresh(byte[] secret, byte[] publicKey) {}

    Fresh generate(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case RSA_2048 -> generateRsa();
            case ED25519 -> {
                byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
                Ed25519.generatePrivateKey(random, secret);
                yield new Fresh(secret, ed25519Public(secret));
            }
            case SECP256K1 -> {
                byte[] secret = new byte[32];
                do {
                    random.nextBytes(secret);
                } while (!secp256k1.validSecret(secret));
                yield new Fresh(secret, secp256k1.publicKey(secret));
            }
        };
    }

    /// Reads what [#generate(KeyAlgorithm)] made.
    ///
    /// @throws IllegalStateException if it did not
    SigningKey read(KeyAlgorithm algorithm, byte[] secret) {
        return switch (algorithm) {
            case RSA_2048 -> new Rsa(rsa, rsa.privateKey(secret));
            case ED25519 -> new Edwards(exactly32(secret), ed25519Public(secret));
            case SECP256K1 -> new Koblitz(secp256k1, random, exactly32(secret));
        };
    }

    /// @param length in bytes
    byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Fresh generateRsa() {
        var pair = rsa.generate(random);
        return new Fresh(pair.getPrivate().getEncoded(), pair.getPublic().getEncoded());
    }

    private static byte[] ed25519Public(byte[] secret) {
        byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(exactly32(secret), 0, publicKey, 0);
        return publicKey;
    }

    private static byte[] exactly32(byte[] secret) {
        if (secret.length != 32) {
            throw new IllegalStateException("a stored key has " + secret.length + " bytes instead of 32");
        }
        return secret;
    }

    private static IllegalArgumentException cannot(SigningKey key, SignatureScheme scheme) {
        return new IllegalArgumentException("a key of " + key.algorithm() + " cannot sign " + scheme);
    }

    private static final class Rsa implements SigningKey {
        private final RsaSignatures rsa;
        private final PrivateKey key;

        Rsa(RsaSignatures rsa, PrivateKey key) {
            this.rsa = rsa;
            this.key = key;
        }

        @Override
        public KeyAlgorithm algorithm() {
            return KeyAlgorithm.RSA_2048;
        }

        @Override
        public byte[] sign(SignatureScheme scheme, byte[] message) {
            return switch (scheme) {
                case RSA_SHA256 -> rsa.sign(key, message);
                case ED25519, BIP340, ECDSA_SECP256K1, ECDSA_P256 -> throw cannot(this, scheme);
            };
        }
    }

    private static final class Edwards implements SigningKey {
        private final byte[] secret;
        private final byte[] publicKey;

        Edwards(byte[] secret, byte[] publicKey) {
            this.secret = secret;
            this.publicKey = publicKey;
        }

        @Override
        public KeyAlgorithm algorithm() {
            return KeyAlgorithm.ED25519;
        }

        @Override
        public byte[] sign(SignatureScheme scheme, byte[] message) {
            return switch (scheme) {
                case ED25519 -> {
                    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
                    Ed25519.sign(secret, 0, publicKey, 0, message, 0, message.length, signature, 0);
                    yield signature;
                }
                case RSA_SHA256, BIP340, ECDSA_SECP256K1, ECDSA_P256 -> throw cannot(this, scheme);
            };
        }
    }

    private static final class Koblitz implements SigningKey {
        private final Secp256k1 secp256k1;
        private final SecureRandom random;
        private final byte[] secret;

        Koblitz(Secp256k1 secp256k1, SecureRandom random, byte[] secret) {
            this.secp256k1 = secp256k1;
            this.random = random;
            this.secret = secret;
        }

        @Override
        public KeyAlgorithm algorithm() {
            return KeyAlgorithm.SECP256K1;
        }

        @Override
        public byte[] sign(SignatureScheme scheme, byte[] message) {
            return switch (scheme) {
                case BIP340 -> {
                    byte[] aux = new byte[32];
                    random.nextBytes(aux);
                    yield secp256k1.signSchnorr(secret, message, aux);
                }
                case ECDSA_SECP256K1 ->
                    secp256k1.signEcdsa(secret, BouncySecp256k1.sha256().digest(message));
                case RSA_SHA256, ED25519, ECDSA_P256 -> throw cannot(this, scheme);
            };
        }

        @Override
        public Optional<byte[]> agree(byte[] otherKey) {
            byte[] blind = new byte[32];
            do {
                random.nextBytes(blind);
            } while (!secp256k1.validSecret(blind) || Arrays.equals(blind, secret));
            return secp256k1.agree(secret, otherKey, blind);
        }
    }
}
