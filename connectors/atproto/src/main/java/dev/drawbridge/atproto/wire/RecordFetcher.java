package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.repo.RecordProof;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.port.SignatureVerifier;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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
    public record Fetched(Cid cid, DataMap value) {
        /// Its author writing it, as the translator reads that.
        public ObjectNode written(Did repo, RepoPath path, Instant now) {
            ObjectNode document = JsonNodeFactory.instance
                    .objectNode()
                    .put("did", repo.value())
                    .put("collection", path.collection().value())
                    .put("rkey", path.rkey().value())
                    .put("operation", "create")
                    .put("cid", cid.toString())
                    .put("time", now.toString());
            document.set("record", DataJson.toNode(value));
            return document;
        }
    }

    /// @return empty if it is not there, or cannot be believed
    /// @throws Unavailable if nobody can tell now
    public Optional<Fetched> fetch(Did repo, RepoPath path) {
        try {
            return prove(repo, path).flatMap(RecordProof::record).map(found -> new Fetched(found.cid(), found.value()));
        } catch (MalformedData e) {
            LOG.warn("refused {}/{}: {}", repo, path, e.getMessage());
            return Optional.empty();
        }
    }

    /// What the author's host proves of a record, that it is not there included.
    ///
    /// @return empty if nobody serves the repository
    /// @throws MalformedData if the host's answer proves nothing
    /// @throws Unavailable if nobody can tell now
    Optional<RecordProof> prove(Did repo, RepoPath path) {
        Optional<DidDocument> document = people.document(repo);
        Optional<byte[]> car = document.flatMap(DidDocument::pds).flatMap(host -> hosts.proof(host, repo, path));
        if (car.isEmpty()) {
            return Optional.empty();
        }
        Optional<DidKey> key = document.flatMap(DidDocument::signingKey);
        try {
            return Optional.of(verify(car.get(), repo, path, key));
        } catch (MalformedData e) {
            people.forget(repo);
            Optional<DidKey> now = people.document(repo).flatMap(DidDocument::signingKey);
            if (now.equals(key)) {
                throw e;
            }
            return Optional.of(verify(car.get(), repo, path, now));
        }
    }

    private RecordProof verify(byte[] car, Did repo, RepoPath path, Optional<DidKey> key) {
        return RecordProof.verify(
                car, repo, path, key.orElseThrow(() -> new MalformedData("the DID names no key")), signatures);
    }
}
