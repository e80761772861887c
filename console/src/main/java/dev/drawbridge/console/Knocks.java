package dev.drawbridge.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// How often somebody may try to sign in: from one address (of IPv6 from one /64, which is one line, and from one /48,
/// of which one customer has 65,536 of those), to one account whoever it is that tries, and everybody together. From
/// where somebody signed in lately only the turns of the address count, also while others try, so that nobody is locked
/// out by whoever knows what they are called, or has many addresses.
final class Knocks {
    private static final int BURST_OF_ACCOUNT = 20;
    private static final Duration EACH_OF_ACCOUNT = Duration.ofMinutes(1);
    private static final int BURST_OF_NETWORK = 40;
    private static final Duration EACH_OF_NETWORK = Duration.ofSeconds(5);
    private static final int BURST_OF_ALL = 300;
    private static final Duration EACH_OF_ALL = Duration.ofMillis(200);
    private static final Duration LATELY = Duration.ofDays(30);
    private static final int MOST_KNOWN = 20_000;
    private static final String ALL = "all";

    private final Turns addresses;
    private final Turns accounts;
    private final Turns networks;
    private final Turns all;
    /// Where somebody came in lately: lines, and accounts with lines.
    private final Cache<String, Boolean> known;

    /// @param burst how many at once from one address
    /// @param each one more whenever as much time has gone by
    Knocks(int burst, Duration each, InstantSource clock) {
        this.addresses = new Turns(burst, each, clock);
        this.accounts = new Turns(BURST_OF_ACCOUNT, EACH_OF_ACCOUNT, clock);
        this.networks = new Turns(BURST_OF_NETWORK, EACH_OF_NETWORK, clock);
        this.all = new Turns(BURST_OF_ALL, EACH_OF_ALL, clock);
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST_KNOWN)
                .expireAfterWrite(LATELY)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /// Takes a turn.
    ///
    /// @param account whose door it is, if that is said
    /// @return false if there is none left
    boolean take(String address, Optional<String> account) {
        String place = Turns.place(address);
        if (!addresses.take(place)) {
            return false;
        }
        if (known.getIfPresent(pair(account, place)) != null) {
            return true;
        }
        return account.map(accounts::take).orElse(true) && networks.take(Turns.network(address)) && all.take(ALL);
    }

    /// Somebody came in. The turns of the address stay taken: who has a key of their own comes in as often as they
    /// want.
    ///
    /// @param account whose door it was, if that was said
    void cameIn(String address, Optional<String> account) {
        known.put(pair(account, Turns.place(address)), true);
    }

    /// They showed a secret that only one person has: what they tried before does not count.
    void forgive(String address) {
        addresses.forget(Turns.place(address));
    }

    private static String pair(Optional<String> account, String place) {
        return account.map(name -> name + " " + place).orElse(place);
    }
}
