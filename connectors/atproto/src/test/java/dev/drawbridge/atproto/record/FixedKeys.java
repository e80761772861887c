package dev.drawbridge.atproto.record;

import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Signer;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/// A signer whose keys the test gives, and whose signatures are those of RFC 6979, so that every byte can be expected.
public final class FixedKeys implements Signer {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

    private final Map<String, BigInteger> secrets = new HashMap<>();

    public static SignatureVerifier verifier() {
        return Cryptography.portable();
    }

    public FixedKeys with(String ref, String secretHex) {
        secrets.put(ref, new BigInteger(secretHex, 16));
        return this;
    }

    /// A signer with one key made from the name.
    public static FixedKeys named(String ref) {
        return new FixedKeys().with(ref, HexFormat.of().formatHex(sha256(ref.getBytes())));
    }

    public DidKey didKey(String ref) {
        return DidKey.of(DidKey.Curve.SECP256K1, ensure(ref, KeyAlgorithm.SECP256K1));
    }

    @Override
    public byte[] ensure(String ref, KeyAlgorithm algorithm) {
        return DOMAIN.getG().multiply(secret(ref)).normalize().getEncoded(true);
    }

    @Override
    public byte[] sign(String ref, SignatureScheme scheme, byte[] message) {
        if (scheme != SignatureScheme.ECDSA_SECP256K1) {
            throw new IllegalArgumentException("scheme " + scheme);
        }
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret(ref), DOMAIN));
        BigInteger[] rs = signer.generateSignature(sha256(message));
        BigInteger low =
                rs[1].compareTo(DOMAIN.getN().shiftRight(1)) > 0 ? DOMAIN.getN().subtract(rs[1]) : rs[1];
        byte[] signature = new byte[64];
        copy(rs[0], signature, 0);
        copy(low, signature, 32);
        return signature;
    }

    private BigInteger secret(String ref) {
        if (!secrets.containsKey(ref)) {
            throw new IllegalArgumentException("no key " + ref);
        }
        return secrets.get(ref);
    }

    private static void copy(BigInteger number, byte[] target, int at) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, target, at + 32 - length, length);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
