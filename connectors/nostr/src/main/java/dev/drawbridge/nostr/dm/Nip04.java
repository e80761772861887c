package dev.drawbridge.nostr.dm;

import dev.drawbridge.nostr.event.Reading;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The old form of private messages ([NIP-04](https://nips.nostr.com/4)): read, because people still write it, and
/// never written.
public final class Nip04 {
    private static final String SEPARATOR = "?iv=";
    private static final int LONGEST = 16_384;

    private Nip04() {}

    /// Reads what somebody else wrote.
    ///
    /// @param sharedX what both keys agree on, 32 bytes
    public static Reading<String> decrypt(byte[] sharedX, String content) {
        int split = content.indexOf(SEPARATOR);
        if (split < 0 || content.length() > LONGEST) {
            return no("not an encrypted message");
        }
        try {
            byte[] text = Base64.getDecoder().decode(content.substring(0, split));
            byte[] iv = Base64.getDecoder().decode(content.substring(split + SEPARATOR.length()));
            if (iv.length != 16) {
                return no("not an encrypted message");
            }
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(sharedX, "AES"), new IvParameterSpec(iv));
            return new Reading.Read<>(new String(cipher.doFinal(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return no("not base64");
        } catch (GeneralSecurityException _) {
            return no("not what its author encrypted for us");
        }
    }

    private static Reading<String> no(String detail) {
        return new Reading.Unreadable<>("content", detail);
    }
}
