package dev.drawbridge.atproto;

import dev.drawbridge.atproto.http.Ownership;
import dev.drawbridge.atproto.record.plc.PlcOperation.Change;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.Departure;
import dev.drawbridge.atproto.store.NotPublishing;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.port.PasswordHashes;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.MovingOut;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.model.spi.Renaming;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets owners take their accounts to another host, and notices when they have.
final class MovesOut implements Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(MovesOut.class);

    /// When the directory is asked again where a DID is: those who move usually do so at once.
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1));

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int GROUPS = 5;
    private static final int GROUP = 4;
    private static final int PAGE = 50;

    private final PdsStore store;
    private final AccountChanges changes;
    private final PasswordHashes passwords;
    private final IdentityMap identities;
    private final ChosenHandles names;
    private final URI pds;
    private final InstantSource clock;
    private final RandomGenerator random;
    private volatile Optional<EventSink> sink = Optional.empty();

    /// @param pds where repositories are served: scheme, host and perhaps port
    /// @param random one that nobody can guess
    MovesOut(
            PdsStore store,
            AccountChanges changes,
            PasswordHashes passwords,
            IdentityMap identities,
            ChosenHandles names,
            URI pds,
            InstantSource clock,
            RandomGenerator random) {
        this.store = store;
        this.changes = changes;
        this.passwords = passwords;
        this.identities = identities;
        this.names = names;
        this.pds = pds;
        this.clock = clock;
        this.random = random;
    }

    /// From now on the bridge is told who left.
    void start(EventSink events) {
        sink = Optional.of(events);
    }

    /// Hands out what it takes to leave, once.
    Optional<MovingOut> prepare(Did did) {
        Optional<Account> account = store.accounts()
                .byDid(did)
                .filter(found -> found.live() && !found.elsewhere())
                .filter(found -> !found.origin().network().equals(Network.BRIDGE));
        return account.map(found -> {
            Instant now = clock.instant();
            String password = secret();
            String code = secret();
            var departure = new Departure(did, secret(), passwords.of(password), passwords.of(code), now);
            store.departures().put(departure);
            LOG.info("{} may be taken elsewhere until {}", did, departure.until());
            return new MovingOut(pds, found.handle().value(), password, code, departure.until());
        });
    }

    /// A hundred random bits that can be typed.
    private String secret() {
        var secret = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            secret.append(i > 0 && i % GROUP == 0 ? "-" : "")
                    .append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return secret.toString();
    }

    @Override
    public Change recommended(Account account) {
        return changes.recommended(account);
    }

    @Override
    public SignedPlcOperation sign(Account account, UnaryOperator<Change> change) {
        return changes.sign(account.did(), change);
    }

    @Override
    public Optional<String> rename(Account account, Handle handle) {
        return switch (names.choose(account, handle)) {
            case Renaming.Renamed _ -> Optional.empty();
            case Renaming.Unproven _ -> Optional.of("External handle did not resolve to DID");
            case Renaming.NoName _ ->
                Optional.of("Handles of this server are given by it; use one of a domain of your own");
            case Renaming.Taken _ -> Optional.of("Handle already taken: " + handle);
            case Renaming.Coming(String name) ->
                Optional.of("The directory does not answer; the handle is " + name + " once it does");
            case Renaming.TooOften _ ->
                Optional.of("The handle was changed or looked up too often; try it again later");
            case Renaming.Failed(String reason) -> Optional.of(reason);
        };
    }

    @Override
    public void leave(Account account) {
        Did did = account.did();
        if (!account.elsewhere() && !changes.isElsewhere(did)) {
            throw new IllegalArgumentException("The DID still names this server. Let it name the one you move to first;"
                    + " who only wants to be carried no more says so to the bot");
        }
        Optional<Departure> departure = store.departures().of(did);
        if (departure.isEmpty()) {
            closed(did);
        } else if (!gone(departure.get()) && departure.get().signedAt().isEmpty()) {
            // It was moved with a key of their own: the bridge is told later, as of those that are looked after.
            store.departures().signed(did, clock.instant());
        }
    }

    /// Looks whether those went who could.
    void step() {
        Instant now = clock.instant();
        for (Departure departure : store.departures().watched(now, PAGE)) {
            try {
                look(departure, now);
            } catch (NotPublishing e) {
                throw e;
            } catch (Unavailable e) {
                LOG.warn("it is not known where {} is: {}", departure.did(), e.getMessage());
                // Not theirs to pay for; but nobody is asked for ever.
                later(departure, now, departure.watchedUntil().plus(Departure.GOOD));
            } catch (RuntimeException e) {
                LOG.error("{} could not be looked after", departure.did(), e);
                later(departure, now, departure.watchedUntil());
            }
        }
    }

    private void look(Departure departure, Instant now) {
        Did did = departure.did();
        Optional<Account> account = store.accounts().byDid(did);
        if (account.filter(found -> found.elsewhere() || changes.isElsewhere(did))
                        .isEmpty()
                || !gone(departure)) {
            later(departure, now, account.isEmpty() ? now : departure.watchedUntil());
        }
    }

    /// Each is looked for less and less often, and not after the end.
    private void later(Departure departure, Instant now, Instant end) {
        if (now.isBefore(end)) {
            Duration pause = PAUSES.get(Math.min(departure.looks(), PAUSES.size() - 1));
            store.departures().looked(departure.did(), now.plus(pause));
        } else {
            store.departures().remove(departure.did());
        }
    }

    /// Every step may be taken twice; that the bridge knows is noted last.
    ///
    /// @return false if it has to be told again
    private boolean gone(Departure departure) {
        Account account = closed(departure.did());
        if (!departure.told()) {
            if (!tell(account, departure)) {
                return false;
            }
            store.departures().told(departure.did());
            LOG.info("{} was taken to another host", departure.did());
        }
        return true;
    }

    /// Stops serving an account that is elsewhere.
    private Account closed(Did did) {
        store.accounts().elsewhere(did);
        // Nobody believes this host any more what it says in their name.
        store.writer().forget(did);
        store.accounts().closed(did, clock.instant());
        store.repositories().close(did, AccountEvent.DEACTIVATED);
        return store.accounts().byDid(did).orElseThrow();
    }

    /// That they moved here, and since which version what was said is missing there: their program copied that one, and
    /// something was added after it.
    private List<String> words(Account account, Departure departure) {
        Optional<String> head = store.archive()
                .state(account.did())
                .map(state -> state.head().rev().value());
        return departure
                .copied()
                .filter(rev -> !Optional.of(rev).equals(head))
                .map(rev -> List.of(Network.ATPROTO.name(), Command.SINCE, rev))
                .orElse(List.of(Network.ATPROTO.name()));
    }

    /// Lets the bridge know that its owner does not want to be carried here any more. They said so to this server, with
    /// what only they have; to the bridge it is what they would say to its bot.
    ///
    /// @return false if it is not known yet
    private boolean tell(Account account, Departure departure) {
        NativeId person = account.origin();
        Optional<Ghost> bot = identities.find(Ghost.botOrigin(Network.ATPROTO), person.network());
        if (bot.isEmpty()) {
            LOG.warn("{} moved, and there is no bot that could be told", account.did());
            return true;
        }
        // When it was noticed first: however often it is said, it is one word.
        Instant at = account.closedAt().orElse(departure.since());
        var word = new Command(Verb.MIGRATE, words(account, departure), Locale.ENGLISH);
        var event = new NativeEvent(
                new NativeId(person.network(), person.value() + "#left-" + account.did() + '-' + departure.id()),
                person,
                NativeEvent.Kind.COMMAND,
                Set.of(bot.get().id()),
                new Told(word, at).body(),
                at);
        // What is ignored now is ignored the next time, too.
        return sink.map(events -> !(events.accept(event) instanceof Receipt.Busy))
                .orElse(false);
    }
}
