package dev.drawbridge.nostr.dm;

import dev.drawbridge.nostr.event.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypted payloads, version 2 ([NIP-44](https://nips.nostr.com/44), with the long payloads of June 2026). Says
/// nothing about who wrote one: the signature around it does.
public final class Nip44 {
    /// How much randomness one payload takes, in bytes.
    public static final int NONCE = 32;

    private static final byte VERSION = 2;
    private static final int MAC = 32;
    private static final int LONGEST_SHORT = 65_535;
    private static final int SHORT_PREFIX = 2;
    private static final int LONG_PREFIX = 6;
    /// Version, nonce, the least padded text with its length, MAC.
    private static final int SHORTEST = 1 + NONCE + SHORT_PREFIX + 32 + MAC;
    /// More than any event we read has room for.
    private static final int LONGEST_PAYLOAD = 1_000_000;

    private Nip44() {}

    private record MessageKeys(byte[] cipherKey, byte[] cipherNonce, byte[] macKey) {}

    /// The key of everything two people write to each other.
    ///
    /// @param sharedX what their keys agree on, 32 bytes
    public static byte[] conversationKey(byte[] sharedX) {
        return hmac("nip44-v2".getBytes(StandardCharsets.US_ASCII), sharedX);
    }

    /// @param plaintext not empty
    /// @param nonce 32 bytes, never used before
    /// @throws IllegalArgumentException if one of them is not
    public static String encrypt(byte[] conversationKey, String plaintext, byte[] nonce) {
        byte[] text = plaintext.getBytes(StandardCharsets.UTF_8);
        if (text.length == 0 || nonce.length != NONCE) {
            throw new IllegalArgumentException(text.length + " bytes of text, " + nonce.length + " of nonce");
        }
        MessageKeys keys = messageKeys(conversationKey, nonce);
        byte[] ciphertext = chacha(Cipher.ENCRYPT_MODE, keys, padded(text));
        byte[] payload = ByteBuffer.allocate(1 + NONCE + ciphertext.length + MAC)
                .put(VERSION)
                .put(nonce)
                .put(ciphertext)
                .put(hmac(keys.macKey(), nonce, ciphertext))
                .array();
        return Base64.getEncoder().encodeToString(payload);
    }

    /// Reads what somebody else wrote.
    public static Reading<String> decrypt(byte[] conversationKey, String payload) {
        if (payload.startsWith("#")) {
            return no("of a version that is not known here");
        }
        if (payload.length() > LONGEST_PAYLOAD) {
            return no("longer than " + LONGEST_PAYLOAD);
        }
        byte[] data;
        try {
            data = Base64.getDecoder().decode(payload);
        } catch (IllegalArgumentException _) {
            return no("not base64");
        }
        if (data.length < SHORTEST) {
            return no("too short");
        }
        if (data[0] != VERSION) {
            return no("of version " + data[0]);
        }
        return open(conversationKey, data);
    }

    private static Reading<String> open(byte[] conversationKey, byte[] data) {
        byte[] nonce = Arrays.copyOfRange(data, 1, 1 + NONCE);
        byte[] ciphertext = Arrays.copyOfRange(data, 1 + NONCE, data.length - MAC);
        byte[] mac = Arrays.copyOfRange(data, data.length - MAC, data.length);
        MessageKeys keys = messageKeys(conversationKey, nonce);
        if (!MessageDigest.isEqual(mac, hmac(keys.macKey(), nonce, ciphertext))) {
            return no("not what its author encrypted for us");
        }
        return unpadded(chacha(Cipher.DECRYPT_MODE, keys, ciphertext));
    }

    private static Reading<String> unpadded(byte[] padded) {
        ByteBuffer in = ByteBuffer.wrap(padded);
        int prefix = SHORT_PREFIX;
        long length = Short.toUnsignedInt(in.getShort());
        if (length == 0) {
            prefix = LONG_PREFIX;
            length = Integer.toUnsignedLong(in.getInt());
            if (length <= LONGEST_SHORT) {
                return no("badly padded");
            }
        }
        if (length > padded.length - prefix || padded.length != prefix + paddedLength((int) length)) {
            return no("badly padded");
        }
        try {
            return new Reading.Read<>(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(padded, prefix, (int) length))
                    .toString());
        } catch (CharacterCodingException _) {
            return no("not UTF-8");
        }
    }

    private static byte[] padded(byte[] text) {
        boolean isLong = text.length > LONGEST_SHORT;
        ByteBuffer out = ByteBuffer.allocate((isLong ? LONG_PREFIX : SHORT_PREFIX) + paddedLength(text.length));
        if (isLong) {
            out.putShort((short) 0).putInt(text.length);
        } else {
            out.putShort((short) text.length);
        }
        return out.put(text).array();
    }

    /// How long a text becomes, so that its own length shows less: multiples of an eighth of the next power of two.
    static int paddedLength(int length) {
        if (length <= 32) {
            return 32;
        }
        int nextPower = Integer.highestOneBit(length - 1) << 1;
        int chunk = nextPower <= 256 ? 32 : nextPower / 8;
        return chunk * ((length - 1) / chunk + 1);
    }

    private static MessageKeys messageKeys(byte[] conversationKey, byte[] nonce) {
        // HKDF-Expand (RFC 5869) of 76 bytes with the nonce as info.
        byte[] first = hmac(conversationKey, nonce, new byte[] {1});
        byte[] second = hmac(conversationKey, first, nonce, new byte[] {2});
        byte[] third = hmac(conversationKey, second, nonce, new byte[] {3});
        byte[] all = ByteBuffer.allocate(96).put(first).put(second).put(third).array();
        return new MessageKeys(first, Arrays.copyOfRange(all, 32, 44), Arrays.copyOfRange(all, 44, 76));
    }

    private static byte[] chacha(int mode, MessageKeys keys, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20");
            cipher.init(
                    mode,
                    new SecretKeySpec(keys.cipherKey(), "ChaCha20"),
                    new ChaCha20ParameterSpec(keys.cipherNonce(), 0));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ChaCha20", e);
        }
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static Reading<String> no(String detail) {
        return new Reading.Unreadable<>("payload", detail);
    }
}
