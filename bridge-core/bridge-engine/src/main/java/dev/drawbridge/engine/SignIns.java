package dev.drawbridge.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.NativeId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One-time codes: a bot hands one to whoever asks it for one, and whoever types it on the account page is them. A code
/// is good once, for ten minutes, and on the process that made it; only a digest of it is kept, in memory.
public final class SignIns {
    private static final Duration GOOD = Duration.ofMinutes(10);
    private static final int MOST = 20_000;
    /// Without letters and digits that look alike.
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 12;
    private static final int GROUP = 4;

    private final URI page;
    private final RandomGenerator random;
    private final Cache<String, NativeId> codes;

    /// @param page where codes are typed
    /// @param random one that nobody can guess
    public SignIns(URI page, RandomGenerator random, InstantSource clock) {
        this.page = page;
        this.random = random;
        this.codes = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(GOOD)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    URI page() {
        return page;
    }

    /// A new code for a person.
    public String issue(NativeId person) {
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(i > 0 && i % GROUP == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        codes.put(digest(code.toString()), person);
        return code.toString();
    }

    /// Whose code it is, once.
    ///
    /// @param typed as somebody copied it: case, spaces and hyphens do not matter
    public Optional<NativeId> redeem(String typed) {
        return Optional.ofNullable(codes.asMap().remove(digest(typed)));
    }

    private static String digest(String code) {
        String bare = code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bare.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
