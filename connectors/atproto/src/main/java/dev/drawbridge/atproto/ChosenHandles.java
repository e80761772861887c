package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.NotPublishing;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.Renaming;
import java.net.IDN;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handles that owners of accounts choose: domains of theirs that name the DID, and the handle they had first.
///
/// Spec: [Handle resolution](https://atproto.com/specs/handle#handle-resolution)
final class ChosenHandles {
    private static final Logger LOG = LoggerFactory.getLogger(ChosenHandles.class);

    private final PdsStore store;
    private final AccountChanges changes;
    private final Function<Handle, Optional<Did>> handles;
    private final Predicate<String> ours;
    private final HandleLimits limits;

    /// @param handles whom a handle names, asked where it is
    /// @param ours whether a host may be a handle that is given here
    ChosenHandles(
            PdsStore store,
            AccountChanges changes,
            Function<Handle, Optional<Did>> handles,
            Predicate<String> ours,
            InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.handles = handles;
        this.ours = ours;
        limits = new HandleLimits(clock);
    }

    /// @param name what they want to be called, in any script; empty for the handle they had first
    Renaming choose(NativeId ghost, String name) {
        Optional<Account> account = Did.tryParse(ghost.value())
                .flatMap(store.accounts()::byDid)
                .filter(found -> found.live() && !found.elsewhere())
                .filter(found -> !found.origin().network().equals(Network.BRIDGE));
        if (account.isEmpty()) {
            return new Renaming.Failed("there is no account " + ghost + " here");
        }
        Optional<Handle> handle = name.isEmpty() ? first(account.get()) : ascii(name);
        if (handle.isEmpty()) {
            return new Renaming.NoName();
        }
        try {
            return choose(account.get(), handle.get());
        } catch (Unavailable | NotPublishing e) {
            return new Renaming.Failed(String.valueOf(e.getMessage()));
        }
    }

    /// @throws Unavailable if the directory does not answer
    /// @throws NotPublishing if another process publishes
    Renaming choose(Account account, Handle handle) {
        // Nothing is said to the directory by a process that could not announce it.
        store.sequencer().require();
        boolean another = !account.handle().equals(handle);
        if (another && !limits.mayChange(account.did())) {
            return new Renaming.TooOften();
        }
        if (!first(account).equals(Optional.of(handle))) {
            if (!handle.isResolvable() || ours.test(handle.value())) {
                return new Renaming.NoName();
            }
            if (!limits.mayLook(account.did())) {
                return new Renaming.TooOften();
            }
            if (!handles.apply(handle).equals(Optional.of(account.did()))) {
                return unproven(handle, account.did());
            }
        }
        Optional<Account> owner = store.accounts().byHandle(handle);
        if (owner.isPresent() && !owner.get().did().equals(account.did())) {
            return new Renaming.Taken();
        }
        return renamed(account, handle, another);
    }

    /// @param another whether it is another one than now
    private Renaming renamed(Account account, Handle handle, boolean another) {
        Optional<String> refusal;
        try {
            refusal = changes.rename(account.did(), handle);
        } catch (Unavailable | NotPublishing e) {
            if (!isComing(account.did(), handle)) {
                throw e;
            }
            LOG.info("{} is called {} later: {}", account.did(), handle, e.getMessage());
            limits.changed(account.did());
            return new Renaming.Coming(handle.value());
        }
        if (refusal.isPresent()) {
            return new Renaming.Failed(refusal.get());
        }
        if (another) {
            limits.changed(account.did());
        }
        return new Renaming.Renamed(handle.value());
    }

    /// Whether a change to a handle was noted, and is done by upkeep.
    private boolean isComing(Did did, Handle handle) {
        return store.accounts()
                .byDid(did)
                .flatMap(Account::pending)
                .filter(pending -> pending.handle().equals(handle))
                .isPresent();
    }

    private static Renaming unproven(Handle handle, Did did) {
        return new Renaming.Unproven(
                handle.value(),
                "_atproto." + handle,
                "did=" + did,
                URI.create("https://" + handle + "/.well-known/atproto-did"),
                did.value());
    }

    /// The handle that an account had first.
    private static Optional<Handle> first(Account account) {
        return account.firstDocument().flatMap(DidDocument::handle);
    }

    private static Optional<Handle> ascii(String name) {
        try {
            return Handle.tryParse(IDN.toASCII(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
