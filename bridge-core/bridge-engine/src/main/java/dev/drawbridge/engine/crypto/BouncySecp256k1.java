package dev.drawbridge.engine.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/// secp256k1 in Java, for machines the native library was not built for.
/// [BIP-340](https://github.com/bitcoin/bips/blob/master/bip-0340.mediawiki) is written out here on Bouncy Castle's
/// curve.
final class BouncySecp256k1 implements Secp256k1 {
    private final BouncyEcdsa ecdsa = new BouncyEcdsa("secp256k1");
    private final BigInteger order = ecdsa.domain().getN();
    private final BigInteger prime = ecdsa.domain().getCurve().getField().getCharacteristic();

    @Override
    public String name() {
        return "Bouncy Castle";
    }

    @Override
    public boolean validSecret(byte[] secret) {
        if (secret.length != 32) {
            return false;
        }
        var value = new BigInteger(1, secret);
        return value.signum() > 0 && value.compareTo(order) < 0;
    }

    @Override
    public byte[] publicKey(byte[] secret) {
        return timesGenerator(scalar(secret)).getEncoded(true);
    }

    @Override
    public byte[] signSchnorr(byte[] secret, byte[] message, byte[] aux) {
        require32(message, "message");
        require32(aux, "aux");
        BigInteger given = scalar(secret);
        ECPoint point = timesGenerator(given);
        BigInteger d = odd(point) ? order.subtract(given) : given;
        byte[] x = x(point);
        byte[] masked = BigIntegers.asUnsignedByteArray(32, d);
        byte[] mask = tagged("BIP0340/aux", aux);
        for (int i = 0; i < 32; i++) {
            masked[i] ^= mask[i];
        }
        BigInteger k0 = new BigInteger(1, tagged("BIP0340/nonce", masked, x, message)).mod(order);
        if (k0.signum() == 0) {
            throw new IllegalStateException("BIP-340 nonce of zero");
        }
        ECPoint nonce = timesGenerator(k0);
        BigInteger k = odd(nonce) ? order.subtract(k0) : k0;
        byte[] r = x(nonce);
        BigInteger s = k.add(challenge(r, x, message).multiply(d)).mod(order);
        byte[] signature = Arrays.copyOf(r, 64);
        BigIntegers.asUnsignedByteArray(s, signature, 32, 32);
        return signature;
    }

    @Override
    public boolean verifySchnorr(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != 32 || message.length != 32 || signature.length != 64) {
            return false;
        }
        byte[] r = Arrays.copyOf(signature, 32);
        BigInteger s = new BigInteger(1, signature, 32, 32);
        if (new BigInteger(1, r).compareTo(prime) >= 0 || s.compareTo(order) >= 0) {
            return false;
        }
        Optional<ECPoint> point = point(publicKey);
        if (point.isEmpty()) {
            return false;
        }
        BigInteger minusE = order.subtract(challenge(r, publicKey, message)).mod(order);
        ECPoint found = ECAlgorithms.sumOfTwoMultiplies(ecdsa.domain().getG(), s, point.get(), minusE)
                .normalize();
        return !found.isInfinity() && !odd(found) && Arrays.equals(x(found), r);
    }

    @Override
    public Optional<byte[]> agree(byte[] secret, byte[] publicKey, byte[] blind) {
        requireSplit(this, secret, blind);
        if (publicKey.length != 32) {
            return Optional.empty();
        }
        BigInteger part = scalar(blind);
        BigInteger rest = scalar(secret).subtract(part).mod(order);
        return point(publicKey)
                .map(p -> x(p.multiply(rest).add(p.multiply(part)).normalize()));
    }

    /// The point of an x-only key, if there is one.
    private Optional<ECPoint> point(byte[] publicKey) {
        try {
            return Optional.of(ecdsa.domain().getCurve().decodePoint(even(publicKey)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// An x-only key as a compressed point: BIP-340 means the one with even y.
    static byte[] even(byte[] publicKey) {
        byte[] even = new byte[33];
        even[0] = 2;
        System.arraycopy(publicKey, 0, even, 1, 32);
        return even;
    }

    static void requireSplit(Secp256k1 curve, byte[] secret, byte[] blind) {
        if (!curve.validSecret(secret) || !curve.validSecret(blind) || Arrays.equals(secret, blind)) {
            throw new IllegalArgumentException("not a secp256k1 secret and another");
        }
    }

    @Override
    public byte[] signEcdsa(byte[] secret, byte[] hash) {
        require32(hash, "hash");
        return ecdsa.sign(scalar(secret), hash);
    }

    @Override
    public boolean verifyEcdsa(byte[] publicKey, byte[] hash, byte[] signature) {
        require32(hash, "hash");
        return ecdsa.verify(publicKey, hash, signature);
    }

    private BigInteger scalar(byte[] secret) {
        if (!validSecret(secret)) {
            throw new IllegalArgumentException("not a secp256k1 secret");
        }
        return new BigInteger(1, secret);
    }

    private ECPoint timesGenerator(BigInteger scalar) {
        return new FixedPointCombMultiplier()
                .multiply(ecdsa.domain().getG(), scalar)
                .normalize();
    }

    private BigInteger challenge(byte[] r, byte[] publicKey, byte[] message) {
        return new BigInteger(1, tagged("BIP0340/challenge", r, publicKey, message)).mod(order);
    }

    private static boolean odd(ECPoint normalized) {
        return normalized.getAffineYCoord().testBitZero();
    }

    private static byte[] x(ECPoint normalized) {
        return normalized.getAffineXCoord().getEncoded();
    }

    private static byte[] tagged(String tag, byte[]... parts) {
        MessageDigest sha256 = sha256();
        byte[] tagHash = sha256.digest(tag.getBytes(StandardCharsets.US_ASCII));
        sha256.update(tagHash);
        sha256.update(tagHash);
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return sha256.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static void require32(byte[] bytes, String what) {
        if (bytes.length != 32) {
            throw new IllegalArgumentException(what + " must be 32 bytes, is " + bytes.length);
        }
    }
}
