package dev.drawbridge.console;

import dev.drawbridge.console.oidc.OpenIdProvider;
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
import java.util.function.Predicate;

/// Who is signed in on this process. Each session begins with a new random id that nobody could know before, so that
/// none can be foisted on anybody; only a digest of it is kept. It ends after an hour without a request, after twelve
/// hours, and when the process ends; and when its person, or the line it came from, begins too many others, so that
/// nobody ends those of anybody else.
final class Sessions {
    private static final Duration IDLE = Duration.ofHours(1);
    /// How long one lasts at most.
    static final Duration LONGEST = Duration.ofHours(12);
    private static final int MOST = 10_000;
    private static final int MOST_OF_PLACE = 20;
    private static final int MOST_OF_PERSON = 20;
    private static final int BYTES = 32;

    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<String, Session> open = new LinkedHashMap<>();

    Sessions(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /// @param who the operator's name, or somebody's id
    /// @param place the line they signed in from; empty if their address tells nothing
    /// @param csrf what every form of this session has to carry
    /// @param began when they signed in
    /// @param seen their last request
    /// @param shown when they last showed who they are
    record Session(
            String who, Optional<String> place, String csrf, Instant began, Instant seen, Instant shown, Entry entry) {
        private Session seenAt(Instant now) {
            return new Session(who, place, csrf, began, now, shown, entry);
        }

        private Session shownAt(Instant now) {
            return new Session(who, place, csrf, began, seen, now, entry);
        }

        private Session in(long epoch) {
            return new Session(
                    who, place, csrf, began, seen, shown, new Entry(epoch, entry.passkey(), entry.provider()));
        }
    }

    /// What let somebody in.
    ///
    /// @param epoch that of the operator when it was checked
    /// @param passkey the id of one, if it was one
    /// @param provider what a provider said, if it was one
    record Entry(long epoch, Optional<String> passkey, Optional<OpenIdProvider.Entered> provider) {
        /// Nothing that is kept with an operator.
        static final Entry ELSEWHERE = new Entry(0, Optional.empty());

        /// Something that is kept with an operator.
        Entry(long epoch, Optional<String> passkey) {
            this(epoch, passkey, Optional.empty());
        }
    }

    /// Begins one. Where there is no room left, for who begins it, for their line, or at all, the one ends that was
    /// left alone longest.
    ///
    /// @param address where from
    /// @return what the cookie holds
    String begin(String who, String address, Entry entry) {
        return begin(who, address, entry, clock.instant());
    }

    /// The same for somebody who showed before who they are.
    ///
    /// @param shown when they did
    synchronized String begin(String who, String address, Entry entry, Instant shown) {
        String id = secret(random);
        Instant now = clock.instant();
        open.values().removeIf(session -> over(session, now));
        Optional<String> place = Optional.of(address).filter(Turns::tells).map(Turns::place);
        makeRoom(MOST_OF_PERSON, session -> session.who().equals(who));
        place.ifPresent(_ -> makeRoom(MOST_OF_PLACE, session -> session.place().equals(place)));
        makeRoom(MOST, _ -> true);
        open.put(digest(id), new Session(who, place, secret(random), now, now, shown, entry));
        return id;
    }

    /// Those of the map are in the order of their last request.
    private void makeRoom(int most, Predicate<Session> which) {
        var of = open.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .toList();
        if (of.size() >= most) {
            open.remove(of.getFirst().getKey());
        }
    }

    /// The session of a cookie, as long as it lasts.
    synchronized Optional<Session> of(String id) {
        Instant now = clock.instant();
        Session session = open.remove(digest(id));
        if (session == null || over(session, now)) {
            return Optional.empty();
        }
        open.put(digest(id), session.seenAt(now));
        return Optional.of(session);
    }

    synchronized void end(String id) {
        open.remove(digest(id));
    }

    /// The session of a cookie goes on in another epoch.
    synchronized void renew(String id, long epoch) {
        open.computeIfPresent(digest(id), (_, was) -> was.in(epoch));
    }

    /// Whoever has the session of a cookie showed who they are, now.
    synchronized void shown(String id) {
        Instant now = clock.instant();
        open.computeIfPresent(digest(id), (_, was) -> was.shownAt(now));
    }

    /// Ends those of one person.
    ///
    /// @param but what the cookie of the one holds that stays
    /// @return whether there were any
    synchronized boolean endOf(String who, Optional<String> but) {
        Optional<String> stays = but.map(Sessions::digest);
        return open.entrySet()
                .removeIf(entry -> entry.getValue().who().equals(who)
                        && stays.filter(entry.getKey()::equals).isEmpty());
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
