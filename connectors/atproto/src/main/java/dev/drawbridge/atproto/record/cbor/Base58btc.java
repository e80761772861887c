package dev.drawbridge.atproto.record.cbor;

import dev.drawbridge.atproto.record.MalformedData;
import java.util.Arrays;

/// Base58 with Bitcoin's alphabet (multibase prefix `z` not included). Its cost grows with the square of the length,
/// so texts are limited: it is for keys.
///
/// Spec: [draft-msporny-base58](https://datatracker.ietf.org/doc/html/draft-msporny-base58-03)
public final class Base58btc {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int MAX_LENGTH = 512;

    private Base58btc() {}

    public static String encode(byte[] bytes) {
        int zeros = leadingZeros(bytes);
        byte[] number = bytes.clone();
        StringBuilder reversed = new StringBuilder();
        for (int start = zeros; start < number.length; ) {
            reversed.append(ALPHABET.charAt(divide(number, start, 256, 58)));
            if (number[start] == 0) {
                start++;
            }
        }
        // A step may leave a zero digit in front of the last quotient; only the leading zero bytes count.
        while (!reversed.isEmpty() && reversed.charAt(reversed.length() - 1) == '1') {
            reversed.setLength(reversed.length() - 1);
        }
        return reversed.append("1".repeat(zeros)).reverse().toString();
    }

    /// @throws MalformedData on a wrong character or more than 512 of them
    public static byte[] decode(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedData("base58 text is longer than " + MAX_LENGTH);
        }
        byte[] digits = new byte[text.length()];
        for (int i = 0; i < digits.length; i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new MalformedData("not a base58 character at " + i);
            }
            digits[i] = (byte) digit;
        }
        int zeros = leadingZeros(digits);
        byte[] bytes = new byte[digits.length];
        int at = bytes.length;
        for (int start = zeros; start < digits.length; ) {
            bytes[--at] = (byte) divide(digits, start, 58, 256);
            if (digits[start] == 0) {
                start++;
            }
        }
        while (at < bytes.length && bytes[at] == 0) {
            at++;
        }
        return Arrays.copyOfRange(bytes, at - zeros, bytes.length);
    }

    /// Divides a big-endian number in place and returns the remainder.
    private static int divide(byte[] number, int start, int base, int divisor) {
        int remainder = 0;
        for (int i = start; i < number.length; i++) {
            int digit = remainder * base + (number[i] & 255);
            number[i] = (byte) (digit / divisor);
            remainder = digit % divisor;
        }
        return remainder;
    }

    private static int leadingZeros(byte[] bytes) {
        int zeros = 0;
        while (zeros < bytes.length && bytes[zeros] == 0) {
            zeros++;
        }
        return zeros;
    }
}
