package dev.drawbridge.activitypub.object;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Public keys in PEM, as actors carry them.
public final class Pem {
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (RSA )?PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,8192})-----END (?:RSA )?PUBLIC KEY-----");
    /// `SEQUENCE { rsaEncryption, NULL }` as in RFC 8017 A.1.
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    private Pem() {}

    /// The key between the markers as SubjectPublicKeyInfo (DER), whatever surrounds them; PKCS#1 keys are wrapped.
    /// Empty if there are no markers or what is between them is not Base64.
    public static Optional<byte[]> read(String text) {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            return Optional.empty();
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return Optional.of(block.group(1) == null ? der : wrap(der));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// A SubjectPublicKeyInfo (DER) in PEM, lines of 64.
    public static String write(byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    private static byte[] wrap(byte[] pkcs1) {
        byte[] bits = new byte[pkcs1.length + 1];
        System.arraycopy(pkcs1, 0, bits, 1, pkcs1.length);
        return tagged(0x30, concat(RSA, tagged(0x03, bits)));
    }

    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return concat(head, content);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
