package dev.drawbridge.engine.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/// A private key encrypted with a password ([NIP-49](https://nips.nostr.com/49)): scrypt and XChaCha20-Poly1305.
final class PasswordSeal {
    static final int SALT = 16;
    static final int NONCE = 24;
    /// How much randomness one seal takes.
    static final int RANDOM_BYTES = SALT + NONCE;

    /// Version, cost, salt, nonce, how the key was handled, the key and its tag.
    static final int LENGTH = 2 + SALT + NONCE + 1 + 32 + 16;

    private static final byte VERSION = 2;
    /// 2^16 rounds: 64 MiB.
    private static final byte COST = 16;
    /// Anybody may name a cost; above this one key takes a gigabyte.
    private static final int HIGHEST_COST = 20;
    /// The key was never in the open, as far as is known.
    private static final byte HANDLED_WELL = 1;

    private static final int SCRYPT_BLOCK = 8;
    private static final int[] CHACHA_CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private PasswordSeal() {}

    /// @param secret 32 bytes
    /// @param random as long as [#RANDOM_BYTES] says
    /// @throws IllegalArgumentException if the password is blank
    static byte[] seal(byte[] secret, String password, byte[] random) {
        if (secret.length != 32 || random.length != RANDOM_BYTES) {
            throw new IllegalArgumentException("not a key of 32 bytes and randomness of " + RANDOM_BYTES);
        }
        byte[] salt = Arrays.copyOf(random, SALT);
        byte[] nonce = Arrays.copyOfRange(random, SALT, RANDOM_BYTES);
        byte[] key = key(password, salt, COST);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, nonce, HANDLED_WELL, secret)
                .orElseThrow(() -> new IllegalStateException("XChaCha20-Poly1305 does not encrypt"));
        return ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .put(COST)
                .put(salt)
                .put(nonce)
                .put(HANDLED_WELL)
                .put(sealed)
                .array();
    }

    /// The key inside; empty if the password is wrong or it is not a sealed key.
    static Optional<byte[]> open(byte[] sealed, String password) {
        if (sealed.length != LENGTH || sealed[0] != VERSION || sealed[1] < 1 || sealed[1] > HIGHEST_COST) {
            return Optional.empty();
        }
        byte[] key = key(password, Arrays.copyOfRange(sealed, 2, 2 + SALT), sealed[1]);
        int after = 2 + SALT + NONCE;
        byte[] nonce = Arrays.copyOfRange(sealed, 2 + SALT, after);
        return crypt(
                Cipher.DECRYPT_MODE, key, nonce, sealed[after], Arrays.copyOfRange(sealed, after + 1, sealed.length));
    }

    private static byte[] key(String password, byte[] salt, int cost) {
        if (password.isBlank()) {
            throw new IllegalArgumentException("a blank password protects nothing");
        }
        byte[] bytes = Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
        return SCrypt.generate(bytes, salt, 1 << cost, SCRYPT_BLOCK, 1, 32);
    }

    private static Optional<byte[]> crypt(int mode, byte[] key, byte[] nonce, byte about, byte[] input) {
        byte[] subKey = hchacha(key, nonce);
        byte[] shortNonce = new byte[12];
        System.arraycopy(nonce, 16, shortNonce, 4, 8);
        try {
            Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
            cipher.init(mode, new SecretKeySpec(subKey, "ChaCha20"), new IvParameterSpec(shortNonce));
            cipher.updateAAD(new byte[] {about});
            return Optional.of(cipher.doFinal(input));
        } catch (javax.crypto.AEADBadTagException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ChaCha20-Poly1305", e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(subKey, (byte) 0);
        }
    }

    /// HChaCha20 ([draft-irtf-cfrg-xchacha](https://datatracker.ietf.org/doc/html/draft-irtf-cfrg-xchacha-03), section
    /// 2.2): a key for the first 16 bytes of the nonce.
    static byte[] hchacha(byte[] key, byte[] nonce) {
        int[] state = new int[16];
        System.arraycopy(CHACHA_CONSTANTS, 0, state, 0, 4);
        ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(state, 4, 8);
        ByteBuffer.wrap(nonce).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(state, 12, 4);
        for (int i = 0; i < 10; i++) {
            for (int column = 0; column < 4; column++) {
                quarter(state, column, 4 + column, 8 + column, 12 + column);
            }
            for (int d = 0; d < 4; d++) {
                quarter(state, d, 4 + (d + 1) % 4, 8 + (d + 2) % 4, 12 + (d + 3) % 4);
            }
        }
        ByteBuffer out = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        out.asIntBuffer().put(state, 0, 4).put(state, 12, 4);
        return out.array();
    }

    private static void quarter(int[] s, int a, int b, int c, int d) {
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 16);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 12);
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 8);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 7);
    }
}
