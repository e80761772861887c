package dev.drawbridge.engine.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/// RSASSA-PKCS1-v1_5 with SHA-256 ([RFC 8017 §8.2](https://www.rfc-editor.org/rfc/rfc8017#section-8.2)) by one
/// provider.
final class RsaSignatures {
    /// Shorter keys can be broken, longer ones are made to cost us time.
    private static final int MIN_BITS = 2048;

    private static final int MAX_BITS = 8192;

    /// Reading a key costs as much as checking a signature with it, and most signatures are by few keys.
    private static final int KEYS_IN_MEMORY = 4_000;

    private final Provider provider;
    private final String name;
    /// Keys that may be used, by what they were read from.
    private final Cache<ByteBuffer, RSAPublicKey> ready = Caffeine.newBuilder()
            .maximumSize(KEYS_IN_MEMORY)
            .executor(Runnable::run)
            .build();

    private RsaSignatures(Provider provider, String name) {
        this.provider = provider;
        this.name = name;
    }

    static RsaSignatures jdk() {
        return new RsaSignatures(Objects.requireNonNull(Security.getProvider("SunRsaSign")), "the JDK");
    }

    /// Amazon's build of AWS-LC: three to four times as fast.
    ///
    /// @throws IllegalStateException if its native part does not load here
    static RsaSignatures corretto() {
        var provider = AmazonCorrettoCryptoProvider.INSTANCE;
        if (provider.getLoadingError() != null) {
            throw new IllegalStateException(provider.getLoadingError());
        }
        return new RsaSignatures(provider, "Amazon Corretto (native)");
    }

    String name() {
        return name;
    }

    /// Whether another implementation makes the same signatures and believes ours. There is one right signature.
    boolean agreesWith(RsaSignatures other, byte[] message) {
        KeyPair pair = generate(new SecureRandom());
        byte[] publicKey = pair.getPublic().getEncoded();
        byte[] secret = pair.getPrivate().getEncoded();
        byte[] mine = sign(privateKey(secret), message);
        return Arrays.equals(mine, other.sign(other.privateKey(secret), message))
                && other.verify(publicKey, message, mine)
                && verify(publicKey, message, mine)
                && !verify(publicKey, mine, mine);
    }

    KeyPair generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA", provider);
            generator.initialize(MIN_BITS, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name + " has no RSA", e);
        }
    }

    /// A key in the form this provider is fast with.
    ///
    /// @throws IllegalStateException if it is not PKCS #8
    PrivateKey privateKey(byte[] pkcs8) {
        try {
            return keyFactory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (InvalidKeySpecException e) {
            throw new IllegalStateException("a stored RSA key is not PKCS #8", e);
        }
    }

    byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature rsa = algorithm();
            rsa.initSign(key);
            rsa.update(message);
            return rsa.sign();
        } catch (InvalidKeyException | SignatureException e) {
            throw new IllegalStateException("own RSA key does not sign", e);
        }
    }

    boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            var key = publicKey(publicKey);
            if (key.isEmpty()) {
                return false;
            }
            Signature rsa = algorithm();
            rsa.initVerify(key.get());
            rsa.update(message);
            return rsa.verify(signature);
        } catch (InvalidKeySpecException | InvalidKeyException | SignatureException e) {
            return false;
        }
    }

    /// @return empty if it must not be used
    private Optional<RSAPublicKey> publicKey(byte[] encoded) throws InvalidKeySpecException {
        RSAPublicKey known = ready.getIfPresent(ByteBuffer.wrap(encoded));
        if (known != null) {
            return Optional.of(known);
        }
        var key = keyFactory().generatePublic(new X509EncodedKeySpec(encoded));
        if (!(key instanceof RSAPublicKey rsaKey) || !reasonable(rsaKey)) {
            return Optional.empty();
        }
        ready.put(ByteBuffer.wrap(encoded.clone()), rsaKey);
        return Optional.of(rsaKey);
    }

    private KeyFactory keyFactory() {
        try {
            return KeyFactory.getInstance("RSA", provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name + " has no RSA", e);
        }
    }

    private static boolean reasonable(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        return bits >= MIN_BITS && bits <= MAX_BITS && key.getPublicExponent().bitLength() <= 64;
    }

    private Signature algorithm() {
        try {
            return Signature.getInstance("SHA256withRSA", provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name + " has no RSA", e);
        }
    }
}
