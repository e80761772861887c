package dev.drawbridge.atproto.record.repo;

import dev.drawbridge.atproto.record.cbor.CborWriter;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.Signer;
import java.util.Optional;

/// The top of a repository before it is signed.
///
/// Spec: [Commit objects](https://atproto.com/specs/repository#commit-objects), version 3
///
/// @param data the root of the tree
/// @param prev a link to the commit before; never set by us, kept where others do
public record Commit(Did did, Tid rev, Cid data, Optional<Cid> prev) {
    static final int VERSION = 3;

    /// A commit as we make it.
    public static Commit of(Did did, Tid rev, Cid data) {
        return new Commit(did, rev, data, Optional.empty());
    }

    /// The DAG-CBOR bytes that are signed.
    public byte[] unsignedBytes() {
        CborWriter writer = new CborWriter().map(5);
        writer.text("did")
                .text(did.value())
                .text("rev")
                .text(rev.value())
                .text("data")
                .link(data);
        return version(prev(writer)).toBytes();
    }

    /// Signs with the account's key.
    ///
    /// @param keyRef the key's name in `signer`, of the curve secp256k1
    /// @throws IllegalArgumentException if there is no such key
    public SignedCommit sign(Signer signer, String keyRef) {
        return new SignedCommit(this, signer.sign(keyRef, SignatureScheme.ECDSA_SECP256K1, unsignedBytes()));
    }

    /// The DAG-CBOR bytes with the signature.
    byte[] bytes(byte[] signature) {
        CborWriter writer = new CborWriter().map(6);
        writer.text("did").text(did.value()).text("rev").text(rev.value());
        writer.text("sig").bytes(signature).text("data").link(data);
        return version(prev(writer)).toBytes();
    }

    private CborWriter prev(CborWriter writer) {
        writer.text("prev");
        return prev.map(writer::link).orElseGet(writer::nothing);
    }

    private static CborWriter version(CborWriter writer) {
        return writer.text("version").integer(VERSION);
    }
}
