package dev.drawbridge.atproto.store;

import java.util.Optional;

/// What relays take of one host. Of several relays the strictest counts, because all of them read the same stream.
///
/// @param perSecond events; empty for what relays allow by default, which grows with the accounts
/// @param perHour events; empty for the default
/// @param perDay events; empty for the default
/// @param accounts how many accounts are carried; who comes later is not seen by anybody
public record RelayLimits(Optional<Long> perSecond, Optional<Long> perHour, Optional<Long> perDay, long accounts) {
    /// Accounts that a host has which no operator of a relay knows.
    public static final long ACCOUNTS = 100;

    private static final long SECOND = 50;
    private static final long HOUR = 2_500;
    private static final long DAY = 20_000;
    private static final long PER_ACCOUNT_AND_DAY = 10;
    private static final long THOUSAND = 1_000;

    /// What relays allow a host they know nothing of.
    ///
    /// Source: the relay of [indigo](https://github.com/bluesky-social/indigo), `cmd/relay`
    public static final RelayLimits DEFAULT =
            new RelayLimits(Optional.empty(), Optional.empty(), Optional.empty(), ACCOUNTS);

    /// Nobody counts.
    public static final RelayLimits NONE = new RelayLimits(
            Optional.of(Long.MAX_VALUE), Optional.of(Long.MAX_VALUE), Optional.of(Long.MAX_VALUE), Long.MAX_VALUE);

    long second(long people) {
        return perSecond.orElse(SECOND + people / THOUSAND);
    }

    long hour(long people) {
        return perHour.orElse(HOUR + people);
    }

    long day(long people) {
        return perDay.orElse(DAY + PER_ACCOUNT_AND_DAY * people);
    }
}
