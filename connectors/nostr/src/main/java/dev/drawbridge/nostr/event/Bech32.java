package dev.drawbridge.nostr.event;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;

/// [Bech32](https://bips.dev/173/) without its limit of 90 characters, as [NIP-19](https://nips.nostr.com/19) uses it.
final class Bech32 {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    /// Of each five bits that are pushed out at the top, what they change in the rest.
    private static final int[] SUMS = sums();

    private static final int CHECKSUM_LENGTH = 6;
    private static final int LONGEST = 5_000;

    /// @param prefix the human-readable part, in lower case
    record Decoded(String prefix, byte[] data) {}

    private Bech32() {}

    static String encode(String prefix, byte[] data) {
        byte[] words = regroup(data, 8, 5, true).orElseThrow();
        byte[] checksum = checksum(prefix, words);
        var out = new StringBuilder(prefix).append('1');
        for (byte word : words) {
            out.append(ALPHABET.charAt(word));
        }
        for (byte word : checksum) {
            out.append(ALPHABET.charAt(word));
        }
        return out.toString();
    }

    /// Empty if it is not bech32: mixed case, unknown characters, a wrong checksum or padding, or too long.
    static Optional<Decoded> decode(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int separator = lower.lastIndexOf('1');
        boolean oneCase = text.equals(lower) || text.equals(text.toUpperCase(Locale.ROOT));
        if (!oneCase || text.length() > LONGEST || separator < 1 || lower.length() - separator - 1 < CHECKSUM_LENGTH) {
            return Optional.empty();
        }
        String prefix = lower.substring(0, separator);
        byte[] words = new byte[lower.length() - separator - 1];
        for (int i = 0; i < words.length; i++) {
            int word = ALPHABET.indexOf(lower.charAt(separator + 1 + i));
            if (word < 0) {
                return Optional.empty();
            }
            words[i] = (byte) word;
        }
        if (prefix.chars().anyMatch(c -> c < 33 || c > 126) || polymod(prefix, words, 0) != 1) {
            return Optional.empty();
        }
        byte[] data = java.util.Arrays.copyOf(words, words.length - CHECKSUM_LENGTH);
        return regroup(data, 5, 8, false).map(bytes -> new Decoded(prefix, bytes));
    }

    private static byte[] checksum(String prefix, byte[] words) {
        int mod = polymod(prefix, words, CHECKSUM_LENGTH) ^ 1;
        byte[] out = new byte[CHECKSUM_LENGTH];
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            out[i] = (byte) ((mod >>> (5 * (5 - i))) & 31);
        }
        return out;
    }

    private static int polymod(String prefix, byte[] words, int zeros) {
        int check = 1;
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) >> 5);
        }
        check = step(check, 0);
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) & 31);
        }
        for (byte word : words) {
            check = step(check, word);
        }
        for (int i = 0; i < zeros; i++) {
            check = step(check, 0);
        }
        return check;
    }

    private static int step(int check, int value) {
        return ((check & 0x1ffffff) << 5) ^ value ^ SUMS[check >>> 25];
    }

    private static int[] sums() {
        int[] sums = new int[1 << GENERATOR.length];
        for (int top = 0; top < sums.length; top++) {
            for (int i = 0; i < GENERATOR.length; i++) {
                sums[top] ^= ((top >> i) & 1) == 1 ? GENERATOR[i] : 0;
            }
        }
        return sums;
    }

    private static Optional<byte[]> regroup(byte[] in, int from, int to, boolean pad) {
        var out = new ByteArrayOutputStream(in.length * from / to + 1);
        int buffer = 0;
        int bits = 0;
        for (byte value : in) {
            buffer = ((buffer << from) | (value & 0xff)) & 0xfff;
            bits += from;
            while (bits >= to) {
                bits -= to;
                out.write((buffer >> bits) & ((1 << to) - 1));
            }
        }
        int rest = (buffer << (to - bits)) & ((1 << to) - 1);
        if (pad) {
            if (bits > 0) {
                out.write(rest);
            }
        } else if (bits >= from || rest != 0) {
            return Optional.empty();
        }
        return Optional.of(out.toByteArray());
    }
}
