package dev.drawbridge.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who is signed in on this process. Each session begins with a new random id that nobody could know before, so that
/// none can be foisted on anybody; only a digest of it is kept. It ends after an hour without a request, after twelve
/// hours, and when the process ends.
final class Sessions {
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final int MOST = 1_000;
    private static final int BYTES = 32;

    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<String, Session> open = new LinkedHashMap<>();

    Sessions(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /// @param who the operator's name
    /// @param csrf what every form of this session has to carry
    /// @param began when they signed in
    /// @param seen their last request
    record Session(String who, String csrf, Instant began, Instant seen) {}

    /// Begins one.
    ///
    /// @return what the cookie holds
    synchronized String begin(String who) {
        String id = secret(random);
        Instant now = clock.instant();
        open.values().removeIf(session -> over(session, now));
        if (open.size() >= MOST) {
            open.remove(open.keySet().iterator().next());
        }
        open.put(digest(id), new Session(who, secret(random), now, now));
        return id;
    }

    /// The session of a cookie, as long as it lasts.
    synchronized Optional<Session> of(String id) {
        Instant now = clock.instant();
        Session session = open.get(digest(id));
        if (session == null || over(session, now)) {
            open.remove(digest(id));
            return Optional.empty();
        }
        open.put(digest(id), new Session(session.who(), session.csrf(), session.began(), now));
        return Optional.of(session);
    }

    synchronized void end(String id) {
        open.remove(digest(id));
    }

    private static boolean over(Session session, Instant now) {
        return now.isAfter(session.seen().plus(IDLE))
                || now.isAfter(session.began().plus(LONGEST));
    }

    /// What nobody guesses: 256 bits in hexadecimal.
    static String secret(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Whether two secrets are the same, in a time that tells nothing about them.
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /// SHA-256 in hexadecimal.
    static String digest(String id) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
