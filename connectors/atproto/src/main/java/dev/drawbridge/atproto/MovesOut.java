package dev.drawbridge.atproto;

import dev.drawbridge.atproto.http.Ownership;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.plc.PlcOperation.Change;
import dev.drawbridge.atproto.record.plc.PlcState;
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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets owners take their accounts to another host, and notices when they have.
final class MovesOut implements Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(MovesOut.class);

    /// Long enough for a large repository and for somebody who looks for a host first.
    private static final Duration GOOD = Duration.ofDays(7);

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int GROUPS = 5;
    private static final int GROUP = 4;
    private static final int PAGE = 50;

    private final PdsStore store;
    private final AccountChanges changes;
    private final PasswordHashes passwords;
    private final IdentityMap identities;
    private final Function<Handle, Optional<Did>> handles;
    private final Predicate<String> ours;
    private final URI pds;
    private final InstantSource clock;
    private final RandomGenerator random;
    private volatile Optional<EventSink> sink = Optional.empty();

    /// @param handles whom a handle names, asked where it is
    /// @param ours whether a host may be a handle that is given here
    /// @param pds where repositories are served: scheme, host and perhaps port
    /// @param random one that nobody can guess
    MovesOut(
            PdsStore store,
            AccountChanges changes,
            PasswordHashes passwords,
            IdentityMap identities,
            Function<Handle, Optional<Did>> handles,
            Predicate<String> ours,
            URI pds,
            InstantSource clock,
            RandomGenerator random) {
        this.store = store;
        this.changes = changes;
        this.passwords = passwords;
        this.identities = identities;
        this.handles = handles;
        this.ours = ours;
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
            store.departures()
                    .put(new Departure(
                            did, passwords.of(password), passwords.of(code), now, now.plus(GOOD), Optional.empty()));
            LOG.info("{} may be taken elsewhere until {}", did, now.plus(GOOD));
            return new MovingOut(pds, found.handle().value(), password, code, now.plus(GOOD));
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
        if (!given(account).equals(Optional.of(handle))) {
            if (ours.test(handle.value())) {
                return Optional.of("Handles of this server are given by it; use one of a domain of your own");
            }
            if (!handles.apply(handle).equals(Optional.of(account.did()))) {
                return Optional.of("External handle did not resolve to DID");
            }
        }
        return changes.rename(account.did(), handle);
    }

    /// The handle that an account had first.
    private static Optional<Handle> given(Account account) {
        SignedPlcOperation genesis = SignedPlcOperation.parse(DataJson.parse(account.genesis()));
        return PlcState.document(account.did(), genesis).flatMap(DidDocument::handle);
    }

    @Override
    public void leave(Account account) {
        leave(account, changes.isElsewhere(account.did()));
    }

    /// Looks whether those went who could.
    void step() {
        for (Departure departure : store.departures().signed(PAGE)) {
            try {
                look(departure);
            } catch (Unavailable e) {
                LOG.warn("the directory is not available: {}", e.getMessage());
                return;
            } catch (NotPublishing e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error("{} could not be looked after", departure.did(), e);
            }
        }
    }

    private void look(Departure departure) {
        Did did = departure.did();
        Optional<Account> account = store.accounts().byDid(did);
        if (account.isPresent() && changes.isElsewhere(did)) {
            leave(account.get(), true);
        } else if (account.isEmpty() || !clock.instant().isBefore(departure.until())) {
            store.departures().remove(did);
        }
    }

    /// Every step may be taken twice; who could leave is forgotten last.
    private void leave(Account account, boolean moved) {
        Did did = account.did();
        if (moved) {
            store.accounts().elsewhere(did);
            // Nobody believes this host any more what it says in their name.
            store.writer().forget(did);
        }
        store.accounts().closed(did, clock.instant());
        store.repositories().close(did, AccountEvent.DEACTIVATED);
        if (tell(account, moved ? Verb.MIGRATE : Verb.STOP)) {
            store.departures().remove(did);
        }
        LOG.info(moved ? "{} was taken to another host" : "{} was closed by its owner", did);
    }

    /// Lets the bridge know that its owner does not want to be carried here any more. They said so to this server, with
    /// what only they have; to the bridge it is what they would say to its bot.
    ///
    /// @return false if it is not known yet
    private boolean tell(Account account, Verb verb) {
        NativeId person = account.origin();
        Optional<Ghost> bot = identities.find(Ghost.botOrigin(Network.ATPROTO), person.network());
        if (bot.isEmpty() || sink.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        var word = new Command(verb, List.of(Network.ATPROTO.name()), Locale.ENGLISH);
        Receipt receipt = sink.get()
                .accept(new NativeEvent(
                        new NativeId(
                                person.network(), person.value() + "#left-" + account.did() + '-' + now.toEpochMilli()),
                        person,
                        NativeEvent.Kind.COMMAND,
                        Set.of(bot.get().id()),
                        new Told(word, now).body(),
                        now));
        return receipt instanceof Receipt.Accepted;
    }
}
