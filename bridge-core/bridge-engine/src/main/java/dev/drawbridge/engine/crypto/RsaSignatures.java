package dev.drawbridge.engine.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;

/// RSASSA-PKCS1-v1_5 with SHA-256 ([RFC 8017 §8.2](https://www.rfc-editor.org/rfc/rfc8017#section-8.2)).
final class RsaSignatures {
    /// Shorter keys can be broken, longer ones are made to cost us time.
    private static final int MIN_BITS = 2048;

    private static final int MAX_BITS = 8192;

    private RsaSignatures() {}

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature rsa = algorithm();
            rsa.initSign(key);
            rsa.update(message);
            return rsa.sign();
        } catch (InvalidKeyException | SignatureException e) {
            throw new IllegalStateException("own RSA key does not sign", e);
        }
    }

    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            var key = keyFactory().generatePublic(new X509EncodedKeySpec(publicKey));
            if (!(key instanceof RSAPublicKey rsaKey) || !reasonable(rsaKey)) {
                return false;
            }
            Signature rsa = algorithm();
            rsa.initVerify(rsaKey);
            rsa.update(message);
            return rsa.verify(signature);
        } catch (InvalidKeySpecException | InvalidKeyException | SignatureException e) {
            return false;
        }
    }

    static KeyFactory keyFactory() {
        try {
            return KeyFactory.getInstance("RSA");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static boolean reasonable(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        return bits >= MIN_BITS && bits <= MAX_BITS && key.getPublicExponent().bitLength() <= 64;
    }

    private static Signature algorithm() {
        try {
            return Signature.getInstance("SHA256withRSA");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
