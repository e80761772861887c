package dev.drawbridge.activitypub.support;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Multikey;
import dev.drawbridge.activitypub.object.Pem;
import dev.drawbridge.activitypub.object.linkeddata.LinkedData;
import dev.drawbridge.activitypub.object.proof.IntegrityProof;
import dev.drawbridge.activitypub.object.signature.CavageSignature;
import dev.drawbridge.activitypub.object.signature.MessageSignature;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import tools.jackson.databind.node.ObjectNode;

/// Somebody else's server with one actor, `https://social.example/users/alice` or the like.
public final class RemoteServer {
    private final String host;
    private final String username;
    public final KeyPair keys = newKeys();
    private final byte[] proofSecret = new byte[32];

    public RemoteServer(String host, String username) {
        this.host = host;
        this.username = username;
        byte[] name = username.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(name, 0, proofSecret, 0, name.length);
    }

    public String actor() {
        return "https://" + host + "/users/" + username;
    }

    public String keyId() {
        return actor() + "#main-key";
    }

    public String inbox() {
        return actor() + "/inbox";
    }

    public String sharedInbox() {
        return "https://" + host + "/inbox";
    }

    public String note(int number) {
        return actor() + "/notes/" + number;
    }

    /// Puts the actor where it can be asked for.
    public RemoteServer on(LocalNet net) {
        net.document(actor(), Documents.write(document()));
        return this;
    }

    public ObjectNode document() {
        ObjectNode actor = Documents.object();
        actor.put("@context", "https://www.w3.org/ns/activitystreams")
                .put("id", actor())
                .put("type", "Person")
                .put("preferredUsername", username)
                .put("name", "Alice")
                .put("summary", "<p>hello</p>")
                .put("url", "https://" + host + "/@" + username)
                .put("inbox", inbox())
                .put("followers", actor() + "/followers");
        actor.putObject("endpoints").put("sharedInbox", sharedInbox());
        actor.putObject("publicKey")
                .put("id", keyId())
                .put("owner", actor())
                .put("publicKeyPem", Pem.write(keys.getPublic().getEncoded()));
        return actor;
    }

    /// The same with an Ed25519 key to prove activities with.
    public ObjectNode documentWithProofKey() {
        byte[] key = new byte[32];
        Ed25519.generatePublicKey(proofSecret, 0, key, 0);
        ObjectNode actor = document();
        actor.putArray("assertionMethod").add(Multikey.write(proofKeyId(), actor(), key));
        return actor;
    }

    public String proofKeyId() {
        return actor() + "#ed25519-key";
    }

    /// An activity with the actor's proof.
    public String proven(String activity, Instant now) {
        var document =
                (ObjectNode) Documents.parse(activity).found().orElseThrow().node();
        IntegrityProof.add(document, proofKeyId(), now, this::signEd25519);
        return Documents.write(document);
    }

    /// An activity with the actor's signature as linked data, `RsaSignature2017`.
    public String signedAsLinkedData(String activity, Instant now) {
        var data = new LinkedData();
        var document =
                (ObjectNode) Documents.parse(activity).found().orElseThrow().node();
        ObjectNode options = Documents.object()
                .put("@context", "https://w3id.org/identity/v1")
                .put("creator", keyId())
                .put("created", now.toString());
        String message = sha256(data.read(options).found().orElseThrow().canonical())
                + sha256(data.read(document).found().orElseThrow().canonical());
        options.remove("@context");
        options.put("type", "RsaSignature2017")
                .put(
                        "signatureValue",
                        Base64.getEncoder().encodeToString(sign(message.getBytes(StandardCharsets.US_ASCII))));
        document.set("signature", options);
        return Documents.write(document);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] signEd25519(byte[] message) {
        byte[] signature = new byte[64];
        Ed25519.sign(proofSecret, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /// The headers of a signed POST.
    public Map<String, List<String>> signed(String inbox, String body, Instant now) {
        var headers = new HashMap<String, List<String>>();
        CavageSignature.sign(
                        "POST",
                        URI.create(inbox),
                        "application/activity+json",
                        body.getBytes(StandardCharsets.UTF_8),
                        keyId(),
                        now,
                        this::sign)
                .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return headers;
    }

    /// The same with a signature after RFC 9421.
    ///
    /// @param keyId what the signature says it is made with
    public Map<String, List<String>> signedWithRfc9421(
            String inbox, String body, Instant now, String keyId, UnaryOperator<byte[]> signer) {
        var headers = new HashMap<String, List<String>>();
        MessageSignature.sign(
                        "POST",
                        URI.create(inbox),
                        "application/activity+json",
                        body.getBytes(StandardCharsets.UTF_8),
                        keyId,
                        now,
                        signer)
                .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return headers;
    }

    public byte[] sign(byte[] message) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A public note in a Create.
    public String create(int number, String html) {
        return """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"%s/activity","type":"Create","actor":"%s",
             "object":{"id":"%s","type":"Note","attributedTo":"%s","content":"%s",
             "published":"2026-03-01T11:59:00Z","to":["https://www.w3.org/ns/activitystreams#Public"],
             "cc":["%s/followers"]}}
            """.formatted(note(number), actor(), note(number), actor(), html, actor());
    }

    public String activity(String type, String object) {
        return """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"%s#%s-1","type":"%s","actor":"%s",
             "to":["https://www.w3.org/ns/activitystreams#Public"],"object":%s}
            """.formatted(actor(), type.toLowerCase(Locale.ROOT), type, actor(), object);
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
