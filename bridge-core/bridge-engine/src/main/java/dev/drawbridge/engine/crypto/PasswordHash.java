package dev.drawbridge.engine.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// What is kept of a password: Argon2id ([RFC 9106](https://www.rfc-editor.org/rfc/rfc9106)) with 19 MiB, two passes
/// and one lane, in the [PHC string format](https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md). At
/// most two are computed at one time, so that nobody fills the memory by guessing.
public final class PasswordHash {
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT = 16;
    private static final int LENGTH = 32;
    /// What an older or newer version may have written, and no more.
    private static final int MOST_MEMORY_KIB = 1 << 18;
    private static final int MOST_PASSES = 16;

    private static final Pattern FORMAT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)\\$" + "([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");
    private static final Semaphore ROOM = new Semaphore(2);

    private record Parts(int memory, int passes, int lanes, byte[] salt, byte[] hash) {}

    private PasswordHash() {}

    /// What to keep of a password.
    public static String of(String password, SecureRandom random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        var base64 = Base64.getEncoder().withoutPadding();
        byte[] hash = hash(password, new Parts(MEMORY_KIB, PASSES, LANES, salt, new byte[LENGTH]));
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    /// Whether a password is the one that was kept.
    ///
    /// @throws IllegalArgumentException if `kept` was not written by [#of]
    public static boolean fits(String password, String kept) {
        Parts parts = parts(kept).orElseThrow(() -> new IllegalArgumentException("not a hash of a password"));
        return MessageDigest.isEqual(hash(password, parts), parts.hash());
    }

    private static Optional<Parts> parts(String kept) {
        Matcher matcher = FORMAT.matcher(kept);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var parts = new Parts(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Base64.getDecoder().decode(matcher.group(4)),
                Base64.getDecoder().decode(matcher.group(5)));
        boolean sane = parts.memory() >= 8 * parts.lanes()
                && parts.memory() <= MOST_MEMORY_KIB
                && parts.passes() >= 1
                && parts.passes() <= MOST_PASSES
                && parts.lanes() >= 1;
        return sane ? Optional.of(parts) : Optional.empty();
    }

    private static byte[] hash(String password, Parts parts) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        byte[] hash = new byte[parts.hash().length];
        ROOM.acquireUninterruptibly();
        try {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(parts.memory())
                    .withIterations(parts.passes())
                    .withParallelism(parts.lanes())
                    .withSalt(parts.salt())
                    .build());
            generator.generateBytes(bytes, hash);
            return hash;
        } finally {
            ROOM.release();
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
