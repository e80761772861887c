package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Signer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Addresses for requests to ourselves that only we can make: a time, a random number and a home, signed by the
/// instance's key. Each is good once and for a minute, on whichever machine of the instance it arrives.
public final class Probes {
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    private static final int RANDOM_BYTES = 16;
    private static final int LONGEST = 2048;
    private static final int MOST_USED = 10_000;
    /// What is signed starts with this, so that nothing else the key signs can be taken for it.
    private static final byte[] PURPOSE = "a request to ourselves\n".getBytes(StandardCharsets.UTF_8);

    private final Signer signer;
    private final SignatureVerifier verifier;
    private final SignedHttp http;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Cache<String, Boolean> used =
            Caffeine.newBuilder().maximumSize(MOST_USED).executor(Runnable::run).build();

    public Probes(
            Signer signer, SignatureVerifier verifier, SignedHttp http, RandomGenerator random, InstantSource clock) {
        this.signer = signer;
        this.verifier = verifier;
        this.http = http;
        this.random = random;
        this.clock = clock;
    }

    /// A new one, fit for one segment of a path.
    ///
    /// @param home where the request is to arrive
    String make(String home) {
        http.instancePublicKey();
        byte[] number = new byte[RANDOM_BYTES];
        random.nextBytes(number);
        byte[] place = home.getBytes(StandardCharsets.UTF_8);
        byte[] said = ByteBuffer.allocate(Long.BYTES + RANDOM_BYTES + place.length)
                .putLong(clock.millis())
                .put(number)
                .put(place)
                .array();
        byte[] signature = signer.sign(SignedHttp.INSTANCE_KEY, SignatureScheme.RSA_SHA256, purposed(said));
        return text(said) + "." + text(signature);
    }

    /// Takes one.
    ///
    /// @return the home it was made for; empty if we did not make it, not lately, or it was taken
    public Optional<String> take(String probe) {
        String[] parts = probe.split("\\.", -1);
        if (probe.length() > LONGEST || parts.length != 2) {
            return Optional.empty();
        }
        try {
            byte[] said = Base64.getUrlDecoder().decode(parts[0]);
            byte[] signature = Base64.getUrlDecoder().decode(parts[1]);
            boolean ours = said.length > Long.BYTES + RANDOM_BYTES
                    && verifier.verify(SignatureScheme.RSA_SHA256, http.instancePublicKey(), purposed(said), signature);
            if (!ours || !fresh(said) || used.asMap().putIfAbsent(parts[0], true) != null) {
                return Optional.empty();
            }
            int start = Long.BYTES + RANDOM_BYTES;
            return Optional.of(new String(said, start, said.length - start, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private boolean fresh(byte[] said) {
        Instant made = Instant.ofEpochMilli(ByteBuffer.wrap(said).getLong());
        return Duration.between(made, clock.instant()).abs().compareTo(GOOD_FOR) <= 0;
    }

    private static byte[] purposed(byte[] said) {
        return ByteBuffer.allocate(PURPOSE.length + said.length)
                .put(PURPOSE)
                .put(said)
                .array();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
