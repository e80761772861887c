package dev.drawbridge.nostr.http;

import java.time.Duration;

/// What our relay takes, and says that it takes ([NIP-11](https://nips.nostr.com/11)).
///
/// @param message bytes of one message
/// @param content characters of an event's content
/// @param tags of one event
/// @param subscriptions of one connection
/// @param filters of one subscription
/// @param events sent for one filter
/// @param future how far an event may be ahead of our clock
/// @param pending bytes a slow reader may leave lying before the connection ends
/// @param strangers how many events one address may send for people who did not opt in
/// @param mistakes how many events of one connection may be wrong
/// @param writers how many events one author may publish, long ones counting several times
/// @param questions how many `REQ`, `COUNT`, `AUTH`, `NEG-OPEN` and `NEG-MSG` one address may send
/// @param values in the filters of all open subscriptions: each is something to listen for
/// @param connections from one address
/// @param comparisons open at a time on one connection ([NIP-77](https://nips.nostr.com/77))
/// @param compared events in one comparison
/// @param counted how far a `COUNT` counts ([NIP-45](https://nips.nostr.com/45))
/// @param comparedAtOnce events in all comparisons of all connections
/// @param difficulty leading zero bits every event needs ([NIP-13](https://nips.nostr.com/13)); 0 for none
public record RelayLimits(
        int message,
        int content,
        int tags,
        int subscriptions,
        int filters,
        int events,
        Duration future,
        long pending,
        Rate strangers,
        Rate mistakes,
        Rate writers,
        Rate questions,
        Share values,
        int connections,
        int comparisons,
        int compared,
        int counted,
        long comparedAtOnce,
        int difficulty) {
    /// @param burst how many at once
    /// @param pause how long it takes until one more is taken
    public record Rate(int burst, Duration pause) {
        public Rate {
            if (burst < 1 || pause.isZero() || pause.isNegative()) {
                throw new IllegalArgumentException(burst + " and one in " + pause);
            }
        }

        /// So many a minute, all of them at once if need be.
        public static Rate perMinute(int many) {
            return new Rate(many, Duration.ofMinutes(1).dividedBy(many));
        }
    }

    /// @param one what one connection may have
    /// @param all what all of them may have together
    public record Share(int one, int all) {}

    public static final RelayLimits DEFAULT = new RelayLimits(
            1_000_000,
            64_000,
            10_000,
            40,
            20,
            500,
            Duration.ofMinutes(15),
            8_000_000,
            new Rate(60, Duration.ofSeconds(1)),
            new Rate(60, Duration.ofSeconds(1)),
            Rate.perMinute(3_000),
            new Rate(200, Duration.ofMillis(50)),
            new Share(25_000, 500_000),
            100,
            3,
            100_000,
            100_000,
            1_000_000,
            0);

    public RelayLimits difficulty(int bits) {
        return with(writers, values, counted, bits);
    }

    public RelayLimits writers(Rate rate) {
        return with(rate, values, counted, difficulty);
    }

    public RelayLimits values(Share share) {
        return with(writers, share, counted, difficulty);
    }

    public RelayLimits counted(int most) {
        return with(writers, values, most, difficulty);
    }

    private RelayLimits with(Rate rate, Share share, int most, int bits) {
        return new RelayLimits(
                message,
                content,
                tags,
                subscriptions,
                filters,
                events,
                future,
                pending,
                strangers,
                mistakes,
                rate,
                questions,
                share,
                connections,
                comparisons,
                compared,
                most,
                comparedAtOnce,
                bits);
    }
}
