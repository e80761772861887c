package dev.drawbridge.activitypub.object;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/// Bytes in base58btc behind a `z`, as
/// [Controlled Identifiers §2.4](https://www.w3.org/TR/cid-1.0/#multibase-0) writes keys and proofs.
public final class Multibase {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);
    /// Decoding takes time quadratic in the length; keys and signatures are far shorter.
    private static final int MAX_LENGTH = 1024;

    private Multibase() {}

    /// The bytes; empty if the text is in another base, too long or not Base58.
    public static Optional<byte[]> decode(String text) {
        if (text.length() > MAX_LENGTH || !text.startsWith("z")) {
            return Optional.empty();
        }
        var number = BigInteger.ZERO;
        int zeros = 0;
        for (int i = 1; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
            zeros += number.signum() == 0 ? 1 : 0;
        }
        byte[] magnitude = unsigned(number);
        byte[] bytes = new byte[zeros + magnitude.length];
        System.arraycopy(magnitude, 0, bytes, zeros, magnitude.length);
        return Optional.of(bytes);
    }

    public static String encode(byte[] bytes) {
        var digits = new StringBuilder();
        for (var rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(BASE)) {
            digits.append(ALPHABET.charAt(rest.mod(BASE).intValue()));
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            digits.append(ALPHABET.charAt(0));
        }
        return digits.append('z').reverse().toString();
    }

    private static byte[] unsigned(BigInteger number) {
        if (number.signum() == 0) {
            return new byte[0];
        }
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
