package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.atproto.wire.RelayStatus;
import dev.drawbridge.atproto.wire.RelayStatus.Standing;
import dev.drawbridge.atproto.wire.Relays;
import dev.drawbridge.atproto.wire.Unavailable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after what relays have of us: asks them to read when nobody does, asks them about a few accounts at a time,
/// and says anew who somebody is to a relay that has something else in mind.
final class RelayCare {
    private static final Logger LOG = LoggerFactory.getLogger(RelayCare.class);

    /// Accounts asked about in one step.
    private static final int STEP = 5;

    private static final Duration ROUND = Duration.ofHours(1);

    /// How often one account is announced anew: that costs events, which are scarce.
    private static final Duration SELDOM = Duration.ofDays(1);

    private static final int MOST_KNOWN = 10_000;

    /// What hearing of an account again puts right. Throttled ones are a matter of the relay's operator.
    private static final Set<String> MENDED = Set.of(Standing.UNKNOWN, "deactivated", "desynchronized", "deleted");

    private final PdsStore store;
    private final RelayStatus status;
    private final Relays relays;
    private final IntSupplier readers;
    private final InstantSource clock;
    private final Map<URI, Map<Did, String>> missing = new ConcurrentHashMap<>();
    private final Map<Did, Instant> announced = new HashMap<>();

    /// Whom a relay carries again, and who are not announced anew yet.
    private final Set<Did> again = new HashSet<>();

    private Optional<Did> last = Optional.empty();
    private Instant next = Instant.MIN;

    /// @param readers how many read the event stream now
    RelayCare(PdsStore store, RelayStatus status, Relays relays, IntSupplier readers, InstantSource clock) {
        this.store = store;
        this.status = status;
        this.relays = relays;
        this.readers = readers;
        this.clock = clock;
    }

    /// Does a little.
    void step() {
        if (status.relays().isEmpty()) {
            return;
        }
        store.sequencer().budget().accounts(store.accounts().count());
        if (readers.getAsInt() == 0) {
            relays.written();
        }
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        List<Account> page = store.accounts().page(last, STEP);
        for (Account account : page) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            last = Optional.of(account.did());
            if (account.live() && isServed(account.did())) {
                status.relays().forEach(relay -> look(relay, account));
            } else {
                missing.values().forEach(some -> some.remove(account.did()));
            }
        }
        if (page.size() < STEP) {
            last = Optional.empty();
            next = now.plus(ROUND);
            announced.values().removeIf(when -> when.isBefore(now.minus(SELDOM)));
        }
    }

    /// How many accounts a relay does not carry, by the reason it gives.
    Map<String, Integer> missing(URI relay) {
        Map<String, Integer> counts = new TreeMap<>();
        missing.getOrDefault(relay, Map.of()).values().forEach(reason -> counts.merge(reason, 1, Integer::sum));
        return counts;
    }

    private boolean isServed(Did did) {
        return store.archive().state(did).filter(RepoState::active).isPresent();
    }

    private void look(URI relay, Account account) {
        if (!status.seen().containsKey(relay) || status.silent().contains(relay)) {
            // It knows nothing of this host, or did not answer lately.
            return;
        }
        Standing standing;
        try {
            standing = status.account(relay, account.did());
        } catch (Unavailable e) {
            LOG.debug("{} says nothing about {}: {}", relay, account.did(), e.getMessage());
            return;
        }
        Map<Did, String> known = missing.computeIfAbsent(relay, _ -> new ConcurrentHashMap<>());
        if (standing.active()) {
            if (known.remove(account.did()) != null) {
                // It carries them again, and has not heard what they said meanwhile.
                again.add(account.did());
            }
            if (again.contains(account.did()) && isAnnounced(account, relay, "carried again")) {
                again.remove(account.did());
            }
            return;
        }
        if (known.size() < MOST_KNOWN) {
            known.put(account.did(), standing.status());
        }
        if (MENDED.contains(standing.status())) {
            isAnnounced(account, relay, standing.status());
        }
    }

    /// @return false if relays take too little for that now
    private boolean isAnnounced(Account account, URI relay, String why) {
        Instant now = clock.instant();
        Instant before = announced.get(account.did());
        if (before != null && before.plus(SELDOM).isAfter(now)) {
            return true;
        }
        if (!store.sequencer().budget().allows()) {
            return false;
        }
        announced.put(account.did(), now);
        LOG.info("{} is announced anew: for {} it is {}", account.did(), relay, why);
        store.repositories().announce(account.did(), account.handle(), account.keyRef());
        return true;
    }
}
