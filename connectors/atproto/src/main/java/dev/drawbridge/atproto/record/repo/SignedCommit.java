package dev.drawbridge.atproto.record.repo;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.CborLimits;
import dev.drawbridge.atproto.record.cbor.CborReader;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.model.port.SignatureVerifier;
import java.util.Arrays;
import java.util.Optional;

/// A commit as it is stored and sent. Reading one does not check its signature; [#isSignedBy] does.
///
/// Spec: [Commit objects](https://atproto.com/specs/repository#commit-objects)
public final class SignedCommit {
    private static final int SIGNATURE_LENGTH = 64;
    private static final int FIELDS = 6;
    private static final CborLimits LIMITS = new CborLimits(8_192, 2, FIELDS, 16);

    private final Commit commit;
    private final byte[] signature;
    private final byte[] bytes;
    private final Cid cid;

    /// @param signature r‖s in 64 bytes
    /// @throws IllegalArgumentException if it has another length
    public SignedCommit(Commit commit, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            throw new IllegalArgumentException("a commit signature has 64 bytes, not " + signature.length);
        }
        this.commit = commit;
        this.signature = signature.clone();
        bytes = commit.bytes(signature);
        cid = Cid.ofCbor(bytes);
    }

    /// Reads a commit block.
    ///
    /// @throws MalformedData if it is not a version 3 commit in canonical form
    public static SignedCommit parse(byte[] block) {
        CborReader reader = new CborReader(block, LIMITS);
        if (reader.map() != FIELDS) {
            throw new MalformedData("commit: wrong fields");
        }
        reader.key("did");
        Did did = Did.tryParse(reader.text()).orElseThrow(() -> new MalformedData("commit: did"));
        reader.key("rev");
        Tid rev = Tid.tryParse(reader.text()).orElseThrow(() -> new MalformedData("commit: rev"));
        reader.key("sig");
        byte[] signature = reader.bytes();
        if (signature.length != SIGNATURE_LENGTH) {
            throw new MalformedData("commit: sig has " + signature.length + " bytes");
        }
        reader.key("data");
        Cid data = reader.link();
        reader.key("prev");
        Optional<Cid> prev = reader.nothing() ? Optional.empty() : Optional.of(reader.link());
        reader.key("version");
        if (reader.integer() != Commit.VERSION) {
            throw new MalformedData("commit: version is not 3");
        }
        reader.end();
        return new SignedCommit(new Commit(did, rev, data, prev), signature);
    }

    public Commit commit() {
        return commit;
    }

    public byte[] signature() {
        return signature.clone();
    }

    /// The commit block.
    public byte[] bytes() {
        return bytes.clone();
    }

    public Cid cid() {
        return cid;
    }

    /// What is known of the repository once this commit is its head.
    public RepoHead head() {
        return new RepoHead(commit.did(), cid, commit.rev(), commit.data());
    }

    public boolean isSignedBy(DidKey key, SignatureVerifier verifier) {
        return key.verify(verifier, commit.unsignedBytes(), signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedCommit signed && Arrays.equals(bytes, signed.bytes);
    }

    @Override
    public int hashCode() {
        return cid.hashCode();
    }

    @Override
    public String toString() {
        return "SignedCommit[" + commit.did() + ' ' + commit.rev() + ' ' + cid + ']';
    }
}
