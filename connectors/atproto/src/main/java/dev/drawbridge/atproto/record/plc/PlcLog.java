package dev.drawbridge.atproto.record.plc;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.port.SignatureVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks a whole audit log, so that a directory can leave out or delay operations and not forge them.
///
/// Spec: [did:plc, key rotation and account recovery](https://web.plc.directory/spec/v0.1/did-plc)
public final class PlcLog {
    private static final Duration RECOVERY_WINDOW = Duration.ofHours(72);

    private final SignatureVerifier signatures;

    public PlcLog(SignatureVerifier signatures) {
        this.signatures = signatures;
    }

    /// @return the operations in force, oldest first; what was taken back is not among them
    /// @throws MalformedData if the log is empty, or an operation is not about `did`, out of place, wrongly signed,
    ///     taken back too late, or marked wrongly as taken back
    public List<SignedPlcOperation> validate(Did did, List<PlcLogEntry> log) {
        if (log.isEmpty()) {
            throw new MalformedData("did:plc log: empty");
        }
        List<PlcLogEntry> chain = new ArrayList<>();
        Set<Cid> takenBack = new HashSet<>();
        Instant time = Instant.MIN;
        for (PlcLogEntry entry : log) {
            if (!entry.did().equals(did) || !entry.operation().cid().equals(entry.cid())) {
                throw new MalformedData("did:plc log: entry of another DID or with a wrong CID");
            }
            if (entry.createdAt().isBefore(time)) {
                throw new MalformedData("did:plc log: not in order of time");
            }
            time = entry.createdAt();
            if (chain.isEmpty()) {
                genesis(did, entry);
            } else {
                takenBack.addAll(fork(chain, entry));
            }
            chain.add(entry);
        }
        for (PlcLogEntry entry : log) {
            if (entry.nullified() != takenBack.contains(entry.cid())) {
                throw new MalformedData("did:plc log: wrong mark on " + entry.cid());
            }
        }
        return chain.stream().map(PlcLogEntry::operation).toList();
    }

    private void genesis(Did did, PlcLogEntry entry) {
        SignedPlcOperation operation = entry.operation();
        if (operation.operation().prev().isPresent() || !operation.did().equals(did)) {
            throw new MalformedData("did:plc log: does not begin with the operation that makes the DID");
        }
        requireSigner(operation, operation.operation().rotationKeys());
    }

    /// Cuts the chain behind the operation that `entry` follows.
    ///
    /// @return what was cut off
    private Set<Cid> fork(List<PlcLogEntry> chain, PlcLogEntry entry) {
        Optional<Cid> prev = entry.operation().operation().prev();
        int at = chain.size() - 1;
        while (at >= 0 && !Optional.of(chain.get(at).cid()).equals(prev)) {
            at--;
        }
        if (at < 0) {
            throw new MalformedData("did:plc log: prev is not an operation in force");
        }
        PlcOperation before = chain.get(at).operation().operation();
        if (before instanceof PlcOperation.Tombstone) {
            throw new MalformedData("did:plc log: operation after the end of the DID");
        }
        List<PlcLogEntry> cut = chain.subList(at + 1, chain.size());
        if (cut.isEmpty()) {
            requireSigner(entry.operation(), before.rotationKeys());
            return Set.of();
        }
        PlcLogEntry disputed = cut.getFirst();
        DidKey weaker = requireSigner(disputed.operation(), before.rotationKeys());
        requireSigner(
                entry.operation(),
                before.rotationKeys().subList(0, before.rotationKeys().indexOf(weaker)));
        if (Duration.between(disputed.createdAt(), entry.createdAt()).compareTo(RECOVERY_WINDOW) > 0) {
            throw new MalformedData("did:plc log: taken back after more than 72 hours");
        }
        Set<Cid> takenBack = new HashSet<>();
        cut.forEach(gone -> takenBack.add(gone.cid()));
        cut.clear();
        return takenBack;
    }

    private DidKey requireSigner(SignedPlcOperation operation, List<DidKey> keys) {
        return operation
                .signer(keys, signatures)
                .orElseThrow(() -> new MalformedData("did:plc log: no key of the DID signed " + operation.cid()));
    }
}
