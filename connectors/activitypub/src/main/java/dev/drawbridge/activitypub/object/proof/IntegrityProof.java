package dev.drawbridge.activitypub.object.proof;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Multibase;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Integrity proofs of whole documents with `eddsa-jcs-2022`:
/// [FEP-8b32](https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md), [Data Integrity EdDSA
/// Cryptosuites §3.3](https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022).
///
/// @param verificationMethod the key it was made with
/// @param message what the key signed
/// @param signature 64 bytes
public record IntegrityProof(String verificationMethod, byte[] message, byte[] signature) {
    private static final String CONTEXT = "@context";
    private static final String PROOF = "proof";
    private static final String DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v1";
    private static final String TYPE = "DataIntegrityProof";
    private static final String SUITE = "eddsa-jcs-2022";
    private static final String PURPOSE = "assertionMethod";
    private static final int SIGNATURE_BYTES = 64;

    /// The proofs of a document that can be checked. Who made them is for the caller to ask.
    ///
    /// @param now what expired before does not count
    public static List<IntegrityProof> of(As2 document, Instant now) {
        return document.objects(PROOF).stream()
                .limit(4)
                .flatMap(proof -> read(document.node(), proof, now).stream())
                .toList();
    }

    private static Optional<IntegrityProof> read(JsonNode document, As2 proof, Instant now) {
        boolean ours = proof.isA(TYPE)
                && proof.text("cryptosuite").filter(SUITE::equals).isPresent()
                && proof.text("proofPurpose").filter(PURPOSE::equals).isPresent();
        boolean expired = proof.has("expires")
                && proof.instant("expires").filter(now::isBefore).isEmpty();
        if (!ours || expired || !sameContext(document, proof.node())) {
            return Optional.empty();
        }
        return proof.ref("verificationMethod")
                .flatMap(method -> proof.text("proofValue")
                        .flatMap(Multibase::decode)
                        .filter(s -> s.length == SIGNATURE_BYTES)
                        .flatMap(s -> tryMessage(document, (ObjectNode) proof.node())
                                .map(message -> new IntegrityProof(method, message, s))));
    }

    /// Empty if the document holds a number that has no canonical form (RFC 8785 §3.2.2.3): nobody can have signed it.
    private static Optional<byte[]> tryMessage(JsonNode document, ObjectNode proof) {
        try {
            return Optional.of(message(document, proof));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// A proof with a context of its own covers documents whose context starts with it.
    private static boolean sameContext(JsonNode document, JsonNode proof) {
        if (!proof.has(CONTEXT)) {
            return true;
        }
        var covered = each(proof.path(CONTEXT));
        var written = each(document.path(CONTEXT));
        return covered.size() <= written.size()
                && written.subList(0, covered.size()).equals(covered);
    }

    private static List<JsonNode> each(JsonNode value) {
        var all = new ArrayList<JsonNode>();
        if (value.isArray()) {
            value.forEach(all::add);
        } else {
            all.add(value);
        }
        return all;
    }

    /// Adds a proof. The document needs nothing but its members; a proof it had is replaced.
    ///
    /// @param document an activity; gets the context of proofs
    /// @param verificationMethod the id of the key
    /// @param signer signs with that Ed25519 key
    public static void add(
            ObjectNode document, String verificationMethod, Instant created, UnaryOperator<byte[]> signer) {
        document.remove(PROOF);
        withContext(document);
        ObjectNode proof = Documents.object();
        proof.set(CONTEXT, document.path(CONTEXT).deepCopy());
        proof.put("type", TYPE)
                .put("cryptosuite", SUITE)
                .put("verificationMethod", verificationMethod)
                .put("proofPurpose", PURPOSE)
                .put("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
        byte[] signature = signer.apply(message(document, proof));
        document.set(PROOF, proof.put("proofValue", Multibase.encode(signature)));
    }

    private static void withContext(ObjectNode document) {
        var contexts = each(document.path(CONTEXT));
        boolean there = contexts.stream()
                .anyMatch(c -> c.isString() && c.stringValue().startsWith("https://w3id.org/security/data-integrity/"));
        if (there) {
            return;
        }
        ArrayNode whole = Documents.object().putArray(CONTEXT);
        contexts.stream()
                .filter(c -> !c.isMissingNode())
                .filter(JsonNode::isString)
                .forEach(whole::add);
        whole.add(DATA_INTEGRITY);
        contexts.stream()
                .filter(c -> !c.isMissingNode())
                .filter(c -> !c.isString())
                .forEach(whole::add);
        document.set(CONTEXT, whole);
    }

    /// The two hashes that are signed: of the proof without its value, and of the document without any proof.
    private static byte[] message(JsonNode document, ObjectNode proof) {
        var options = proof.deepCopy();
        options.remove("proofValue");
        // The signature of linked data is added last, over everything else.
        var bare = ((ObjectNode) document).deepCopy();
        bare.remove(PROOF);
        bare.remove("signature");
        byte[] first = sha256(CanonicalJson.of(options));
        byte[] second = sha256(CanonicalJson.of(bare));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
