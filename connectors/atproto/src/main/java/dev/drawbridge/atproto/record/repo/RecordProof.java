package dev.drawbridge.atproto.record.repo;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.CarFile;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.mst.MissingBlock;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.port.SignatureVerifier;
import java.util.Optional;

/// What a signed answer to `com.atproto.sync.getRecord` proves.
///
/// @param commit the commit it is proven by
/// @param record the record and its CID, or empty: proven not to be there
public record RecordProof(SignedCommit commit, Optional<Found> record) {
    /// A record that is there.
    public record Found(Cid cid, DataMap value) {}

    /// Checks the answer of a host that need not be trusted.
    ///
    /// @param key the account's signing key
    /// @throws MalformedData if it proves nothing: it is broken, incomplete, or not signed by the account
    public static RecordProof verify(byte[] car, Did did, RepoPath path, DidKey key, SignatureVerifier signatures) {
        CarFile file = CarReader.read(car, CarLimits.COMMIT);
        if (file.roots().isEmpty()) {
            throw new MalformedData("proof without a root");
        }
        SignedCommit commit = SignedCommit.parse(file.blocks()
                .get(file.roots().getFirst())
                .orElseThrow(() -> new MalformedData("proof without its commit")));
        if (!commit.commit().did().equals(did) || !commit.isSignedBy(key, signatures)) {
            throw new MalformedData("proof is not signed by " + did);
        }
        try {
            Optional<Cid> cid = Mst.load(file.blocks(), commit.commit().data()).get(path.key());
            return new RecordProof(commit, cid.map(found -> new Found(found, record(file, found))));
        } catch (MissingBlock e) {
            throw new MalformedData("proof is incomplete", e);
        }
    }

    private static DataMap record(CarFile file, Cid cid) {
        return DagCbor.decodeMap(
                file.blocks().get(cid).orElseThrow(() -> new MalformedData("proof without its record")));
    }
}
