package dev.drawbridge.atproto.record.sync;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.block.CarFile;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.mst.MissingBlock;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.repo.RepoHead;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.repo.SignedCommit;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.port.SignatureVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The strict check of a `#commit` from elsewhere: everything that its bytes, the account's key and the state before
/// can prove. Reads no clock and no store.
///
/// Spec: [Sync, commit validation](https://atproto.com/specs/sync)
public final class CommitVerifier {
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private final SignatureVerifier signatures;

    public CommitVerifier(SignatureVerifier signatures) {
        this.signatures = signatures;
    }

    /// @param key the account's current signing key; on `BadSignature` resolve it anew and ask once more
    /// @param previous the state before, if it is known; without it the chain is not checked
    /// @param now to refuse revisions from the future
    public CommitVerdict verify(CommitEvent event, DidKey key, Optional<RepoHead> previous, Instant now) {
        try {
            return check(event, key, previous, now);
        } catch (MalformedData e) {
            return new CommitVerdict.Invalid(reason(e));
        } catch (MissingBlock e) {
            return new CommitVerdict.Invalid("proof is incomplete: " + reason(e));
        }
    }

    private CommitVerdict check(CommitEvent event, DidKey key, Optional<RepoHead> previous, Instant now) {
        CarFile car = CarReader.read(event.blocks(), CarLimits.COMMIT);
        SignedCommit signed = head(event, car);
        if (event.prevData().isEmpty() && event.since().isPresent()) {
            throw new MalformedData("prevData is missing");
        }
        if (event.rev().time().isAfter(now.plus(MAX_AHEAD))) {
            throw new MalformedData("rev is in the future");
        }
        if (!signed.isSignedBy(key, signatures)) {
            return new CommitVerdict.BadSignature(key);
        }
        Optional<CommitVerdict> gap = previous.flatMap(known -> chain(event, known));
        if (gap.isPresent()) {
            return gap.get();
        }
        Mst tree = Mst.load(car.blocks(), signed.commit().data());
        records(event.ops(), tree, car.blocks());
        Cid before = invert(tree, event.ops());
        Cid claimed = event.prevData().orElseGet(() -> Mst.empty().root());
        if (!before.equals(claimed)) {
            throw new MalformedData("changes taken back do not give prevData");
        }
        return new CommitVerdict.Verified(signed, car.blocks());
    }

    private static SignedCommit head(CommitEvent event, CarFile car) {
        if (car.roots().isEmpty() || !car.roots().getFirst().equals(event.commit())) {
            throw new MalformedData("first root is not the commit");
        }
        SignedCommit signed = SignedCommit.parse(
                car.blocks().get(event.commit()).orElseThrow(() -> new MalformedData("commit block is missing")));
        if (!signed.commit().did().equals(event.did()) || !signed.commit().rev().equals(event.rev())) {
            throw new MalformedData("commit is of another account or revision");
        }
        return signed;
    }

    /// What is wrong with the step from the known state to this one.
    private static Optional<CommitVerdict> chain(CommitEvent event, RepoHead known) {
        if (event.rev().compareTo(known.rev()) <= 0) {
            return Optional.of(new CommitVerdict.Stale(known.rev()));
        }
        boolean follows = event.since().equals(Optional.of(known.rev()))
                && event.prevData().equals(Optional.of(known.data()));
        return follows ? Optional.empty() : Optional.of(new CommitVerdict.Desynchronized(known));
    }

    private static void records(List<RepoOp> ops, Mst tree, BlockMap blocks) {
        Set<RepoPath> paths = new HashSet<>();
        for (RepoOp op : ops) {
            if (!paths.add(op.path())) {
                throw new MalformedData("two changes of " + op.path());
            }
            if (!tree.get(op.path().key()).equals(op.cid())) {
                throw new MalformedData("tree does not have what the change says of " + op.path());
            }
            if (op.cid().isPresent() && !blocks.has(op.cid().get())) {
                throw new MalformedData("record is missing: " + op.path());
            }
        }
    }

    /// The root of the tree before the changes. Needs no more of the tree than a covering proof has.
    ///
    /// @throws MissingBlock if the proof lacks a node
    public static Cid invert(Mst tree, List<RepoOp> ops) {
        Mst before = tree;
        for (RepoOp op : ops.reversed()) {
            String path = op.path().key();
            before = switch (op) {
                case RepoOp.Create _ -> before.remove(path);
                case RepoOp.Update update -> before.put(path, update.before());
                case RepoOp.Delete delete -> before.put(path, delete.before());
            };
        }
        return before.root();
    }

    private static String reason(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }
}
