package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.PlcOperation;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.NotPublishing;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.atproto.wire.PlcDirectory;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes ghosts: a key, a DID, a handle, a repository. Every step is remembered before it is taken and may be taken
/// twice, so that an attempt that was interrupted goes on where it stopped.
final class GhostAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(GhostAccounts.class);

    /// Operators of relays answer people, not machines.
    private static final Duration TOMORROW = Duration.ofDays(1);

    private final PdsStore store;
    private final PlcDirectory directory;
    private final HandleNames names;
    private final Signer signer;
    private final RotationKeys rotationKeys;
    private final Predicate<Did> moved;
    private final Bots bots;
    private final URI pds;
    private final InstantSource clock;
    private final Map<Did, String> unseen = new ConcurrentHashMap<>();

    /// How bots get their DIDs.
    ///
    /// @param web whether new ones are named after their host
    /// @param shown what a DID says to who looks from outside; empty if it says nothing
    record Bots(boolean web, Function<Did, Optional<DidDocument>> shown) {}

    /// @param moved whether a DID of ours names another host by now, as the directory has it
    /// @param pds where repositories are served: scheme, host and perhaps port
    GhostAccounts(
            PdsStore store,
            PlcDirectory directory,
            HandleNames names,
            Signer signer,
            RotationKeys rotationKeys,
            Predicate<Did> moved,
            Bots bots,
            URI pds,
            InstantSource clock) {
        this.store = store;
        this.directory = directory;
        this.names = names;
        this.signer = signer;
        this.rotationKeys = rotationKeys;
        this.moved = moved;
        this.bots = bots;
        this.pds = pds;
        this.clock = clock;
    }

    GhostOutcome ensure(GhostRequest request) {
        Optional<GhostOutcome> full = full(request.origin());
        if (full.isPresent()) {
            return full.get();
        }
        Optional<Account> account = store.accounts()
                .byOrigin(request.origin())
                .filter(found -> !isGivenUp(found, request))
                .or(() -> reserve(request));
        if (account.isEmpty()) {
            return new GhostOutcome.Refused(
                    "no handle is free for " + request.profile().handle());
        }
        try {
            Optional<GhostOutcome> gone = gone(account.get());
            if (gone.isPresent()) {
                return gone.get();
            }
            if (account.get().did().isWeb() && !isShown(account.get())) {
                unseen.put(account.get().did(), unseen(account.get()));
                return new GhostOutcome.Awaited(unseen(account.get()));
            }
            unseen.remove(account.get().did());
            Optional<String> refusal = announce(account.get());
            return refusal.<GhostOutcome>map(GhostOutcome.Refused::new).orElseGet(() -> served(account.get()));
        } catch (NotPublishing e) {
            return new GhostOutcome.Retry(Optional.empty(), String.valueOf(e.getMessage()));
        } catch (Unavailable e) {
            return new GhostOutcome.Retry(e.retryAfter(), "the DID directory is not available: " + e.getMessage());
        }
    }

    /// Whether a name was taken for a bot that nobody was told of, and that is to have another one now, or none.
    private boolean isGivenUp(Account account, GhostRequest request) {
        Did did = account.did();
        boolean wanted = bots.web && names.candidates(request).contains(account.handle());
        if (!did.isWeb() || wanted || store.archive().state(did).isPresent()) {
            return false;
        }
        boolean released = store.accounts().release(did);
        if (released) {
            LOG.info("{} was never announced and is given up", did);
            unseen.remove(did);
        }
        return released;
    }

    /// Which bots are not there because others do not find their hosts.
    List<String> troubles() {
        return unseen.values().stream().sorted().toList();
    }

    /// Why nobody is served of whom it is not sure that they are still here; empty if it is.
    private Optional<GhostOutcome> gone(Account account) {
        try {
            return isElsewhere(account)
                    ? Optional.of(new GhostOutcome.Refused(
                            account.did() + " was taken to another host by its owner, who speaks for themselves there"))
                    : Optional.empty();
        } catch (IllegalArgumentException odd) {
            return Optional.of(new GhostOutcome.Retry(Optional.empty(), String.valueOf(odd.getMessage())));
        }
    }

    /// Whether its owner has an account elsewhere. Of one that is closed nobody here would have noticed.
    private boolean isElsewhere(Account account) {
        Did did = account.did();
        boolean closed = account.live()
                && store.archive().state(did).filter(RepoState::active).isEmpty();
        if (!account.elsewhere() && closed && moved.test(did)) {
            store.accounts().elsewhere(did);
            store.writer().forget(did);
            return true;
        }
        return account.elsewhere();
    }

    private GhostOutcome served(Account account) {
        Optional<String> notYet = store.writer().reopen(account);
        if (notYet.isPresent()) {
            return new GhostOutcome.Retry(Optional.empty(), notYet.get());
        }
        if (account.closedAt().isPresent()) {
            store.accounts().notClosed(account.did());
        }
        return new GhostOutcome.Ready(ghost(account));
    }

    /// Nobody sees an account that is one too many for relays, and relays never forget one: no DID is made for it.
    private Optional<GhostOutcome> full(NativeId origin) {
        long most = store.sequencer().budget().limits().accounts();
        long now = store.accounts().count();
        if (now < most || store.accounts().byOrigin(origin).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new GhostOutcome.Retry(
                Optional.of(TOMORROW),
                "relays take " + most + " accounts of " + pds.getHost() + ", and there are " + now
                        + ": nobody would see another one until the operator has asked them for more"));
    }

    /// Whether a DID that is the name of a host can be found there. Nobody believes what is said in its name before,
    /// and
    /// relays count it all the same.
    private boolean isShown(Account account) {
        try {
            return account.live() || bots.shown.apply(account.did()).equals(account.document());
        } catch (Unavailable e) {
            LOG.info("{} is not found: {}", account.did(), e.getMessage());
            return false;
        }
    }

    private static String unseen(Account account) {
        return account.did() + " does not say who it is: https://" + account.handle()
                + "/.well-known/did.json has to lead here, with a certificate for that name";
    }

    /// Takes a handle and a DID for a person; nobody else knows of them yet.
    private Optional<Account> reserve(GhostRequest request) {
        NativeId origin = request.origin();
        String keyRef = "atproto:" + origin.key();
        for (Handle handle : names.candidates(request)) {
            Account account =
                    request.bot() && bots.web ? named(origin, handle, keyRef) : registered(origin, handle, keyRef);
            if (store.accounts().insert(account)) {
                return Optional.of(account);
            }
            Optional<Account> meanwhile = store.accounts().byOrigin(origin);
            if (meanwhile.isPresent()) {
                return meanwhile;
            }
        }
        return Optional.empty();
    }

    /// With a DID that a directory is to have.
    private Account registered(NativeId origin, Handle handle, String keyRef) {
        SignedPlcOperation genesis = PlcOperation.Change.genesis(rotationKeys.all(signer), key(keyRef), handle, pds)
                .sign(signer, RotationKeys.INSTANCE);
        return new Account(
                genesis.did(), origin, handle, keyRef, DataJson.write(genesis.toJson()), false, clock.instant());
    }

    /// With a DID that is the name of its host.
    private Account named(NativeId origin, Handle handle, String keyRef) {
        Did did = WebDids.of(handle);
        DidDocument first = new WebDids(signer, pds).document(did, handle, keyRef);
        return new Account(did, origin, handle, keyRef, WebDids.text(first), false, clock.instant());
    }

    /// @return why the directory refuses the DID
    private Optional<String> announce(Account account) {
        if (!account.live()) {
            Optional<String> refusal = account.did().isWeb()
                    ? Optional.empty()
                    : directory.create(SignedPlcOperation.parse(DataJson.parse(account.genesis())));
            if (refusal.isPresent()) {
                return refusal;
            }
            store.repositories().create(account.did(), account.handle(), account.keyRef());
            store.accounts().live(account.did());
            LOG.info("{} is {} ({}) here", account.origin(), account.handle(), account.did());
        }
        return Optional.empty();
    }

    private DidKey key(String ref) {
        return DidKey.of(DidKey.Curve.SECP256K1, signer.ensure(ref, KeyAlgorithm.SECP256K1));
    }

    private static Ghost ghost(Account account) {
        NativeId did = new NativeId(Network.ATPROTO, account.did().value());
        return new Ghost(account.origin(), did, account.handle().value(), true, account.createdAt());
    }
}
