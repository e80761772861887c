package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.PlcOperation.Change;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.wire.PlcDirectory;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Signer;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes what a DID says: its handle, its signing key, its host, who may change it. A change is noted before the
/// directory is told, then made here, then announced; every step may be taken twice, so that what was interrupted goes
/// on where it stopped. Of a DID that is the name of a host here no directory is told.
///
/// The directory's whole log is checked before each change: its owner may have changed the DID with a key of their own.
final class AccountChanges {
    private static final Logger LOG = LoggerFactory.getLogger(AccountChanges.class);

    private final PdsStore store;
    private final PlcDirectory directory;
    private final Signer signer;
    private final SignatureVerifier verifier;
    private final RotationKeys rotationKeys;
    private final IdentityMap identities;
    private final URI pds;
    private final WebDids web;

    /// @param identities where the bridge looks up how somebody is called
    /// @param pds where repositories are served: scheme, host and perhaps port
    AccountChanges(
            PdsStore store,
            PlcDirectory directory,
            Signer signer,
            SignatureVerifier verifier,
            RotationKeys rotationKeys,
            IdentityMap identities,
            URI pds) {
        this.store = store;
        this.directory = directory;
        this.signer = signer;
        this.verifier = verifier;
        this.rotationKeys = rotationKeys;
        this.identities = identities;
        this.pds = pds;
        web = new WebDids(signer, pds);
    }

    /// Gives an account another handle.
    ///
    /// @return why not; empty if it is so now
    /// @throws dev.drawbridge.atproto.wire.Unavailable if the directory does not answer; tried again later
    Optional<String> rename(Did did, Handle handle) {
        Optional<Account> owner = store.accounts().byHandle(handle);
        if (owner.isPresent() && !owner.get().did().equals(did)) {
            return Optional.of("somebody else here has the handle " + handle);
        }
        return changed(did, account -> new Target(handle, account.keyRef(), change -> change.withHandle(handle)));
    }

    /// Gives an account another signing key.
    ///
    /// @return why not; empty if it is so now
    /// @throws dev.drawbridge.atproto.wire.Unavailable if the directory does not answer; tried again later
    Optional<String> rotateKey(Did did) {
        return changed(did, account -> {
            String next = nextKey(account.keyRef());
            DidKey key = DidKey.of(DidKey.Curve.SECP256K1, signer.ensure(next, KeyAlgorithm.SECP256K1));
            return new Target(account.handle(), next, change -> change.withSigningKey(key));
        });
    }

    /// `atproto:x`, `atproto:x#2`, `atproto:x#3`. Keys are never deleted, because older commits are signed with them.
    private static String nextKey(String ref) {
        int mark = ref.lastIndexOf('#');
        boolean numbered = mark >= 0 && ref.substring(mark + 1).matches("[0-9]{1,6}");
        return numbered ? ref.substring(0, mark + 1) + (Integer.parseInt(ref.substring(mark + 1)) + 1) : ref + "#2";
    }

    /// Lets a DID name the host and the rotation keys of the settings. Keys that its owner added stay.
    ///
    /// @return why not; empty if it is so now
    /// @throws dev.drawbridge.atproto.wire.Unavailable if the directory does not answer; tried again later
    Optional<String> align(Did did) {
        if (!did.isWeb()) {
            store.accounts().hostKeys(did, rotationKeys.all(signer));
        }
        return changed(
                did, account -> new Target(account.handle(), account.keyRef(), change -> aligned(account, change)));
    }

    private Change aligned(Account account, Change change) {
        Set<DidKey> hosts = new HashSet<>(account.hostKeys());
        hosts.addAll(operation(account.genesis()).operation().rotationKeys());
        return change.withPds(pds).withRotationKeys(rotationKeys.replacing(hosts, change.rotationKeys(), signer));
    }

    /// Whether a DID says something else than the settings, or a change of it was interrupted.
    boolean isDue(Account account) {
        if (account.pending().isPresent()) {
            return true;
        }
        if (account.did().isWeb()) {
            return !Optional.of(web.document(account.did(), account.handle(), account.keyRef()))
                    .equals(account.document());
        }
        return operation(account.operation()).operation() instanceof Change change
                && !aligned(account, change).equals(change);
    }

    /// What an account is to become.
    private record Target(Handle handle, String keyRef, UnaryOperator<Change> change) {}

    private Optional<String> changed(Did did, Function<Account, Target> wanted) {
        Optional<Account> found = store.accounts().byDid(did).filter(account -> account.live() && !account.elsewhere());
        if (found.isEmpty()) {
            return Optional.of("there is no account " + did + " here");
        }
        Optional<String> earlier = found.get().pending().flatMap(pending -> finish(did, pending));
        if (earlier.isPresent()) {
            LOG.warn("an earlier change of {} was given up: {}", did, earlier.get());
        }
        Account account = store.accounts().byDid(did).orElseThrow();
        return did.isWeb() ? said(account, wanted.apply(account)) : registered(account, wanted);
    }

    private Optional<String> said(Account account, Target target) {
        DidDocument next = web.document(account.did(), target.handle, target.keyRef);
        if (Optional.of(next).equals(account.document())) {
            return Optional.empty();
        }
        var pending = new Account.Pending(WebDids.text(next), target.handle, target.keyRef);
        store.accounts().pending(account.did(), pending);
        return finish(account.did(), pending);
    }

    private Optional<String> registered(Account account, Function<Account, Target> wanted) {
        Did did = account.did();
        SignedPlcOperation last;
        try {
            last = directory.log(did, verifier).getLast();
        } catch (MalformedData e) {
            return Optional.of("the directory's log of " + did + " does not hold together: " + e.getMessage());
        }
        if (!(last.operation() instanceof Change now)) {
            return Optional.of(did + " was ended, or is of an old kind");
        }
        if (left(account, now)) {
            // What is kept stays what we said last: that is how the owner's own word is told from ours.
            return Optional.of(did + " has moved to another host");
        }
        Target target = wanted.apply(account);
        Change next = target.change.apply(now);
        if (next.equals(now)) {
            store.accounts().operation(did, DataJson.write(last.toJson()));
            return Optional.empty();
        }
        SignedPlcOperation signed = next.after(last).sign(signer, RotationKeys.INSTANCE);
        var pending = new Account.Pending(DataJson.write(signed.toJson()), target.handle, target.keyRef);
        store.accounts().pending(did, pending);
        return finish(did, pending);
    }

    /// What the DID of an account says while it is here.
    Change recommended(Account account) {
        DidKey key = DidKey.of(DidKey.Curve.SECP256K1, signer.ensure(account.keyRef(), KeyAlgorithm.SECP256K1));
        return Change.genesis(rotationKeys.all(signer), key, account.handle(), pds);
    }

    /// The next operation of a DID, handed in by nobody.
    ///
    /// @throws IllegalArgumentException if it cannot be signed here, with a sentence for its owner
    /// @throws dev.drawbridge.atproto.wire.Unavailable if the directory does not answer
    SignedPlcOperation sign(Did did, UnaryOperator<Change> change) {
        if (did.isWeb()) {
            throw new IllegalArgumentException("No directory keeps the DID");
        }
        SignedPlcOperation last = last(did);
        DidKey ours = DidKey.of(DidKey.Curve.SECP256K1, signer.ensure(RotationKeys.INSTANCE, KeyAlgorithm.SECP256K1));
        if (!(last.operation() instanceof Change now) || !now.rotationKeys().contains(ours)) {
            throw new IllegalArgumentException("This server may not change the DID any more");
        }
        return change.apply(now).after(last).sign(signer, RotationKeys.INSTANCE);
    }

    /// Whether the DID of an account of ours names another host by now, or was ended.
    ///
    /// @throws IllegalArgumentException if the directory's log does not hold together
    /// @throws dev.drawbridge.atproto.wire.Unavailable if the directory does not answer
    boolean isElsewhere(Did did) {
        if (did.isWeb()) {
            return false;
        }
        Account account = store.accounts()
                .byDid(did)
                .orElseThrow(() -> new IllegalArgumentException("there is no account " + did + " here"));
        return !(last(did).operation() instanceof Change now) || left(account, now);
    }

    private SignedPlcOperation last(Did did) {
        try {
            return directory.log(did, verifier).getLast();
        } catch (MalformedData e) {
            throw new IllegalArgumentException(
                    "The directory's log of " + did + " does not hold together: " + e.getMessage(), e);
        }
    }

    /// Whether the owner took the DID elsewhere: it names neither this host nor the one we last gave it.
    private boolean left(Account account, Change now) {
        return operation(account.operation()).operation() instanceof Change ours
                && !now.services().equals(ours.services())
                && !now.services().equals(now.withPds(pds).services());
    }

    private Optional<String> finish(Did did, Account.Pending pending) {
        Optional<String> refusal =
                did.isWeb() ? Optional.empty() : directory.update(did, operation(pending.operation()));
        if (refusal.isPresent()) {
            store.accounts().settled(did);
            return refusal;
        }
        Account before = store.accounts().byDid(did).orElseThrow();
        Optional<DidKey> key = before.document().flatMap(DidDocument::signingKey);
        store.accounts().changed(did, pending);
        Account after = store.accounts().byDid(did).orElseThrow();
        boolean sameKey = after.document().flatMap(DidDocument::signingKey).equals(key);
        if (sameKey && before.keyRef().equals(pending.keyRef())) {
            store.repositories().identify(did, pending.handle());
        } else {
            store.repositories().rekeyed(did, pending.handle(), pending.keyRef());
        }
        identities.rename(
                new NativeId(Network.ATPROTO, did.value()), pending.handle().value());
        store.accounts().settled(did);
        LOG.info("{} says that it is {} now", did, pending.handle());
        return Optional.empty();
    }

    private static SignedPlcOperation operation(String json) {
        return SignedPlcOperation.parse(DataJson.parse(json));
    }
}
