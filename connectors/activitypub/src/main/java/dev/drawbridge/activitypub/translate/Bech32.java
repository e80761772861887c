package dev.drawbridge.activitypub.translate;

import java.util.HexFormat;

/// Writes 32 bytes the way Nostr shows them, [NIP-19](https://github.com/nostr-protocol/nips/blob/master/19.md),
/// for the canonical links of FEP-fffd.
final class Bech32 {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    /// Of each five bits that are pushed out at the top, what they change in the rest.
    private static final int[] SUMS = sums();

    private static final int CHECKSUM = 6;

    private Bech32() {}

    /// @param prefix `note` or `npub`
    /// @param hex 64 hex digits
    static String encode(String prefix, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        int[] words = new int[(bytes.length * 8 + 4) / 5];
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            int set = bytes[bit / 8] >> (7 - bit % 8) & 1;
            words[bit / 5] |= set << (4 - bit % 5);
        }
        int check = prefix(prefix);
        for (int word : words) {
            check = step(check) ^ word;
        }
        for (int i = 0; i < CHECKSUM; i++) {
            check = step(check);
        }
        check ^= 1;
        var text = new StringBuilder(prefix).append('1');
        for (int word : words) {
            text.append(ALPHABET.charAt(word));
        }
        for (int i = 0; i < CHECKSUM; i++) {
            text.append(ALPHABET.charAt(check >> 5 * (CHECKSUM - 1 - i) & 31));
        }
        return text.toString();
    }

    private static int prefix(String prefix) {
        int check = 1;
        for (char c : prefix.toCharArray()) {
            check = step(check) ^ (c >> 5);
        }
        check = step(check);
        for (char c : prefix.toCharArray()) {
            check = step(check) ^ (c & 31);
        }
        return check;
    }

    private static int step(int check) {
        return (check & 0x1ffffff) << 5 ^ SUMS[check >>> 25];
    }

    private static int[] sums() {
        int[] sums = new int[1 << GENERATOR.length];
        for (int top = 0; top < sums.length; top++) {
            for (int i = 0; i < GENERATOR.length; i++) {
                sums[top] ^= (top >> i & 1) == 1 ? GENERATOR[i] : 0;
            }
        }
        return sums;
    }
}
