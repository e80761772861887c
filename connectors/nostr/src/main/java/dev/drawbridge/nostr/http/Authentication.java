package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// Who a client has proven to be ([NIP-42](https://nips.nostr.com/42)). Nobody is asked before it matters, because
/// the answer says to a relay who reads.
final class Authentication {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int BYTES = 16;
    private static final int MOST_KEYS = 100;

    private final RelayUrl relay;
    private final EventVerifier verifier;
    private final InstantSource clock;
    private final String challenge;
    private final Set<PublicKey> keys = ConcurrentHashMap.newKeySet();

    /// @param random good enough for secrets
    Authentication(RelayUrl relay, EventVerifier verifier, InstantSource clock, RandomGenerator random) {
        this.relay = relay;
        this.verifier = verifier;
        this.clock = clock;
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        this.challenge = HexFormat.of().formatHex(bytes);
    }

    String challenge() {
        return challenge;
    }

    Set<PublicKey> keys() {
        return Set.copyOf(keys);
    }

    boolean is(PublicKey key) {
        return keys.contains(key);
    }

    /// Whether a private event is the client's own to read.
    boolean mayRead(Event event) {
        return is(event.pubkey()) || event.people().stream().anyMatch(this::is);
    }

    /// Takes a proof.
    ///
    /// @return what is wrong with it, after a word of NIP-01; empty if it holds
    Optional<String> take(Event event) {
        Optional<String> problem =
                problem(event).or(() -> verifier.problem(event)).map(p -> "invalid: " + p);
        if (problem.isEmpty() && keys.size() >= MOST_KEYS) {
            return Optional.of("rate-limited: more than " + MOST_KEYS + " keys on one connection");
        }
        if (problem.isEmpty()) {
            keys.add(event.pubkey());
        }
        return problem;
    }

    private Optional<String> problem(Event event) {
        if (event.kind() != Kind.CLIENT_AUTH) {
            return Optional.of("not of kind " + Kind.CLIENT_AUTH);
        }
        long off = Math.abs(clock.instant().getEpochSecond() - event.createdAt());
        if (off > WINDOW.toSeconds()) {
            return Optional.of("created_at is more than " + WINDOW.toMinutes() + " minutes from now");
        }
        if (event.tag("challenge").map(Tag::value).filter(challenge::equals).isEmpty()) {
            return Optional.of("not the challenge of this connection");
        }
        return event.tag("relay").filter(t -> isHere(t.value())).isPresent()
                ? Optional.empty()
                : Optional.of("the relay tag is not " + relay);
    }

    private boolean isHere(String url) {
        return RelayUrl.tryParse(url)
                .filter(u -> u.uri().getAuthority().equals(relay.uri().getAuthority()))
                .isPresent();
    }
}
