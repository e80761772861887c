package dev.drawbridge.activitypub.object.proof;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.linkeddata.Graph;
import dev.drawbridge.activitypub.object.linkeddata.LinkedData;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A signature over what a document says as linked data: `RsaSignature2017`, as
/// [Mastodon](https://docs.joinmastodon.org/spec/security/#ld) describes it, the
/// [2017 draft](https://w3c-ccg.github.io/ld-signatures/) with `RSASSA-PKCS1-v1_5`, SHA-256 and URDNA2015.
///
/// It covers the statements, not the text. Words that no context defines, relative addresses and the order of values
/// belong to the text only, and other contexts can make other names mean the same: whoever passes a document on may
/// change all that without breaking the signature. So [#signed] is written anew from the statements, and a document
/// whose text shows a word that is not in there counts as not signed.
///
/// @param creator the key it was made with
/// @param message what the key signed
/// @param signed what the signature covers; the only thing to believe if it holds
public record LinkedDataSignature(String creator, byte[] message, byte[] signature, As2 signed) {
    private static final String SIGNATURE = "signature";
    private static final String VALUE = "signatureValue";
    private static final String TYPE = "RsaSignature2017";
    private static final String OPTIONS_CONTEXT = "https://w3id.org/identity/v1";
    private static final Set<String> KNOWN =
            Set.of("@context", "type", "id", VALUE, "creator", "created", "expires", "nonce");
    /// Mastodon lets its own expire after two days. Older ones prove nothing: what happened since is not in them.
    private static final Duration LONGEST_LIFE = Duration.ofDays(2);

    private static final Duration SKEW = Duration.ofHours(1);
    /// Bytes, with RSA keys of 1,024 to 8,192 bits.
    private static final int SHORTEST = 128;

    private static final int LONGEST = 1_024;

    /// The key a document says it is signed with; empty if it has no signature of this kind. Costs nothing.
    public static Optional<String> creator(As2 document) {
        return claim(document).flatMap(s -> s.ref("creator"));
    }

    /// A signature that may be worth checking: everything that can be told without reading the document as linked data.
    ///
    /// @param creator the key it says it was made with
    /// @param document all of it
    /// @param options what the signature says about itself
    public record Claim(String creator, As2 document, ObjectNode options, byte[] signature) {
        /// What was signed: by far the dearest step, so whoever can refuse for another reason does so first.
        ///
        /// @param reader [LinkedData#read(JsonNode)], which has bounds of its own
        public Reading<LinkedDataSignature> checked(Function<JsonNode, Reading<Graph>> reader) {
            return reader.apply(options)
                    .then(signedOptions -> reader.apply(
                                    document.without(SIGNATURE).node())
                            .then(graph -> {
                                byte[] message =
                                        (sha256(signedOptions) + sha256(graph)).getBytes(StandardCharsets.US_ASCII);
                                return covered(document, graph)
                                        .then(signed -> Reading.of(
                                                new LinkedDataSignature(creator, message, signature, signed)));
                            }));
        }
    }

    /// The signature a document shows, before it is checked. Costs one walk through the document.
    ///
    /// @param now what is older than two days, from the future or expired does not count
    /// @return unreadable if there is none to rely on, with the reason
    public static Reading<Claim> claimed(As2 document, Instant now) {
        var claim = claim(document);
        if (claim.isEmpty()) {
            return Reading.unreadable(SIGNATURE, "none of the kind " + TYPE);
        }
        return options(claim.get(), now).then(options -> {
            var bytes = claim.get().text(VALUE).flatMap(LinkedDataSignature::base64);
            if (bytes.isEmpty()) {
                return Reading.unreadable(VALUE, "not base64");
            }
            if (bytes.get().length < SHORTEST || bytes.get().length > LONGEST) {
                return Reading.unreadable(VALUE, "not as long as a signature");
            }
            String creator = claim.get().ref("creator").orElseThrow();
            return LinkedData.objection(document.node())
                    .<Reading<Claim>>map(reason -> Reading.unreadable(SIGNATURE, reason))
                    .orElseGet(() -> Reading.of(new Claim(creator, document, options, bytes.get())));
        });
    }

    private static Optional<As2> claim(As2 document) {
        return document.object(SIGNATURE)
                .filter(_ -> document.node().path(SIGNATURE).isObject())
                .filter(s -> s.node().path("type").asString("").equals(TYPE))
                .filter(s -> s.node().path("creator").isString());
    }

    /// What the signature says about itself, as it was signed.
    private static Reading<ObjectNode> options(As2 claim, Instant now) {
        ObjectNode options = Documents.object().put("@context", OPTIONS_CONTEXT);
        for (var member : claim.node().properties()) {
            // Another name for `expires` would hide it.
            if (!KNOWN.contains(member.getKey())) {
                return Reading.unreadable(SIGNATURE, "has a " + member.getKey());
            }
            if (Set.of("creator", "created", "expires", "nonce").contains(member.getKey())) {
                if (!member.getValue().isString()) {
                    return Reading.unreadable(member.getKey(), "not text");
                }
                options.set(member.getKey(), member.getValue());
            }
        }
        boolean fresh = claim.instant("created")
                .filter(made ->
                        made.isBefore(now.plus(SKEW)) && made.plus(LONGEST_LIFE).isAfter(now))
                .isPresent();
        boolean expired = claim.has("expires")
                && claim.instant("expires").filter(now::isBefore).isEmpty();
        return fresh && !expired ? Reading.of(options) : Reading.unreadable("created", "too old, or not yet");
    }

    /// What the statements say, if the text says nothing else.
    private static Reading<As2> covered(As2 document, Graph graph) {
        var signed = document.id().flatMap(graph::document);
        if (signed.isEmpty()) {
            return Reading.unreadable("id", "what is signed has another one");
        }
        var uncovered = Words.of(document.node());
        uncovered.removeAll(Words.of(signed.get().node()));
        return uncovered.isEmpty()
                ? Reading.of(signed.get())
                : Reading.unreadable(uncovered.iterator().next(), "not covered by the signature");
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(java.util.Base64.getDecoder().decode(text.replaceAll("\\s", "")));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String sha256(Graph graph) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(graph.canonical().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
