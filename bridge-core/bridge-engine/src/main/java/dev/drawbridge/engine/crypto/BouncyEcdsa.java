package dev.drawbridge.engine.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/// ECDSA on one curve of 256 bits: raw r‖s of 64 bytes, low s only, deterministic nonces
/// ([RFC 6979](https://www.rfc-editor.org/rfc/rfc6979)).
final class BouncyEcdsa {
    private final ECDomainParameters domain;
    private final BigInteger halfOrder;

    BouncyEcdsa(String curve) {
        X9ECParameters parameters = CustomNamedCurves.getByName(curve);
        this.domain = new ECDomainParameters(parameters);
        this.halfOrder = domain.getN().shiftRight(1);
    }

    ECDomainParameters domain() {
        return domain;
    }

    byte[] sign(BigInteger secret, byte[] hash) {
        var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret, domain));
        BigInteger[] rs = signer.generateSignature(hash);
        BigInteger low = rs[1].compareTo(halfOrder) > 0 ? domain.getN().subtract(rs[1]) : rs[1];
        byte[] signature = new byte[64];
        BigIntegers.asUnsignedByteArray(rs[0], signature, 0, 32);
        BigIntegers.asUnsignedByteArray(low, signature, 32, 32);
        return signature;
    }

    boolean verify(byte[] publicKey, byte[] hash, byte[] signature) {
        if (signature.length != 64 || !compressed(publicKey)) {
            return false;
        }
        BigInteger r = new BigInteger(1, signature, 0, 32);
        BigInteger s = new BigInteger(1, signature, 32, 32);
        if (s.compareTo(halfOrder) > 0) {
            return false;
        }
        ECPoint point;
        try {
            point = domain.validatePublicPoint(domain.getCurve().decodePoint(publicKey));
        } catch (IllegalArgumentException e) {
            return false;
        }
        var verifier = new ECDSASigner();
        verifier.init(false, new ECPublicKeyParameters(point, domain));
        return verifier.verifySignature(hash, r, s);
    }

    /// Whether `s` of a raw signature is the lower of the two that would do.
    boolean lowS(byte[] signature) {
        return new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)).compareTo(halfOrder) <= 0;
    }

    static boolean compressed(byte[] publicKey) {
        return publicKey.length == 33 && (publicKey[0] == 2 || publicKey[0] == 3);
    }
}
