package dev.drawbridge.console;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// How often somebody may try to sign in: from one address (of IPv6 from one /64, which is one line), to one account
/// whoever it is that tries, and everybody together. From where an account signed in lately its owner comes in also
/// while others try its name, so that nobody is locked out by whoever only knows what they are called.
final class Knocks {
    private static final int BURST_OF_ACCOUNT = 20;
    private static final Duration EACH_OF_ACCOUNT = Duration.ofMinutes(1);
    private static final int BURST_OF_ALL = 300;
    private static final Duration EACH_OF_ALL = Duration.ofMillis(200);
    private static final String ALL = "all";

    private final Turns addresses;
    private final Turns accounts;
    private final Turns all;
    /// Pairs of account and address; a turn that was taken is one that came in lately.
    private final Turns known;

    /// @param burst how many at once from one address
    /// @param each one more whenever as much time has gone by
    Knocks(int burst, Duration each, InstantSource clock) {
        this.addresses = new Turns(burst, each, clock);
        this.accounts = new Turns(BURST_OF_ACCOUNT, EACH_OF_ACCOUNT, clock);
        this.all = new Turns(BURST_OF_ALL, EACH_OF_ALL, clock);
        this.known = new Turns(1, Duration.ofDays(30), clock);
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
        boolean mayTry = account.filter(name -> !known.isOut(name + " " + place))
                .map(accounts::take)
                .orElse(true);
        return mayTry && all.take(ALL);
    }

    /// They came in: what they tried before does not count.
    void cameIn(String address, Optional<String> account) {
        String place = Turns.place(address);
        addresses.forget(place);
        account.ifPresent(name -> known.take(name + " " + place));
    }
}
