package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.CarFile;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.mst.MissingBlock;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.repo.SignedCommit;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.port.SignatureVerifier;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches single records from the hosts of their authors, with proof.
public final class RecordFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(RecordFetcher.class);
    private final People people;
    private final HostClient hosts;
    private final SignatureVerifier signatures;

    public RecordFetcher(People people, HostClient hosts, SignatureVerifier signatures) {
        this.people = people;
        this.hosts = hosts;
        this.signatures = signatures;
    }

    /// A record that its author signed for.
    public record Fetched(Cid cid, DataMap value) {}

    /// @return empty if it is not there, or cannot be believed
    /// @throws Unavailable if nobody can tell now
    public Optional<Fetched> fetch(Did repo, RepoPath path) {
        Optional<DidDocument> document = people.document(repo);
        Optional<URI> pds = document.flatMap(DidDocument::pds);
        Optional<byte[]> proof = pds.flatMap(host -> hosts.proof(host, repo, path));
        if (proof.isEmpty()) {
            return Optional.empty();
        }
        try {
            CarFile car = CarReader.read(proof.get(), CarLimits.COMMIT);
            SignedCommit commit = commit(car);
            if (!commit.commit().did().equals(repo) || !signed(commit, document)) {
                throw new MalformedData("the commit is not the author's");
            }
            return Mst.load(car.blocks(), commit.commit().data())
                    .get(path.key())
                    .map(cid -> new Fetched(cid, value(car, cid)));
        } catch (MalformedData | MissingBlock e) {
            LOG.warn("refused {}/{} from {}: {}", repo, path, pds, e.getMessage());
            return Optional.empty();
        }
    }

    private boolean signed(SignedCommit commit, Optional<DidDocument> document) {
        if (document.flatMap(DidDocument::signingKey)
                .filter(key -> signed(commit, key))
                .isPresent()) {
            return true;
        }
        people.forget(commit.commit().did());
        return people.document(commit.commit().did())
                .flatMap(DidDocument::signingKey)
                .filter(key -> signed(commit, key))
                .isPresent();
    }

    private boolean signed(SignedCommit commit, DidKey key) {
        return commit.isSignedBy(key, signatures);
    }

    private static SignedCommit commit(CarFile car) {
        return car.roots().stream()
                .findFirst()
                .flatMap(car.blocks()::get)
                .map(SignedCommit::parse)
                .orElseThrow(() -> new MalformedData("no commit"));
    }

    private static DataMap value(CarFile car, Cid cid) {
        return car.blocks()
                .get(cid)
                .map(DagCbor::decodeMap)
                .orElseThrow(() -> new MalformedData("the record is missing"));
    }
}
