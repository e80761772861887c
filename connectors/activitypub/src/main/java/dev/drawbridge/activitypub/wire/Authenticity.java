package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.PublicKey;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.store.Utterances;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.activitypub.wire.Lookup.Missing;
import dev.drawbridge.activitypub.wire.Lookup.Unavailable;
import dev.drawbridge.activitypub.wire.Lookup.Unusable;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.SignatureVerifier;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Decides whether an activity really comes from the actor it names: its request is signed with the actor's key, or
/// the actor's own server says the same when asked.
public final class Authenticity {
    private static final int GONE = 410;
    private final RemoteActors actors;
    private final RemoteDocuments documents;
    private final Utterances utterances;
    private final Addresses addresses;
    private final SignatureVerifier verifier;

    public Authenticity(
            RemoteActors actors,
            RemoteDocuments documents,
            Utterances utterances,
            Addresses addresses,
            SignatureVerifier verifier) {
        this.actors = actors;
        this.documents = documents;
        this.utterances = utterances;
        this.addresses = addresses;
        this.verifier = verifier;
    }

    /// What we think of an activity.
    public sealed interface Verdict {
        /// @param activity to go by; what came in, or what its origin says instead
        record Genuine(As2 activity) implements Verdict {}

        /// @param reason for the sender's operator to read
        record Forged(String reason) implements Verdict {}

        /// True or not, it is gone meanwhile.
        record Pointless(String reason) implements Verdict {}

        /// We could not find out now.
        record Unknown(String reason) implements Verdict {}
    }

    /// @param claim what the request says about who signed it
    /// @param activity with an actor
    public Verdict judge(Claimed claim, As2 activity) {
        String actor = activity.ref("actor").orElseThrow(() -> new IllegalArgumentException("nobody did " + activity));
        return switch (actors.key(claim.keyId())) {
            case Found<PublicKey>(PublicKey key) -> signed(claim, key, actor, activity);
            case Missing<PublicKey>(int status) ->
                // The origin itself says that the account is gone.
                status == GONE && ownEnd(activity, actor) && Uris.sameOrigin(claim.keyId(), actor)
                        ? new Verdict.Genuine(activity)
                        : new Verdict.Forged("the key " + claim.keyId() + " is not there, " + status);
            case Unavailable<PublicKey>(String reason) -> new Verdict.Unknown(reason);
            case Unusable<PublicKey>(String reason) -> new Verdict.Forged(reason);
        };
    }

    private Verdict signed(Claimed claim, PublicKey key, String actor, As2 activity) {
        if (!fits(claim, key)) {
            var fresh = actors.freshKey(claim.keyId());
            if (fresh.filter(f -> f instanceof Unavailable).isPresent()) {
                return new Verdict.Unknown(fresh.get().reason());
            }
            if (fresh.flatMap(Lookup::found).filter(k -> fits(claim, k)).isEmpty()) {
                return new Verdict.Forged("the signature does not fit the key " + claim.keyId());
            }
        }
        return key.owner().equals(actor) ? complete(activity, actor) : forwarded(activity, actor);
    }

    /// Whose key a request is signed with; empty if it does not fit, or cannot be had now.
    public Optional<String> signer(Claimed claim) {
        var key = actors.key(claim.keyId()).found().filter(k -> fits(claim, k));
        return key.or(() ->
                        actors.freshKey(claim.keyId()).flatMap(Lookup::found).filter(k -> fits(claim, k)))
                .map(PublicKey::owner);
    }

    private boolean fits(Claimed claim, PublicKey key) {
        return claim.messages().stream()
                .anyMatch(m -> verifier.verify(SignatureScheme.RSA_SHA256, key.der(), m, claim.signature()));
    }

    private static boolean ownEnd(As2 activity, String actor) {
        return activity.isA("Delete")
                && activity.ref("object").filter(actor::equals).isPresent();
    }

    /// Fills in what the sender left for us to ask for.
    private Verdict complete(As2 activity, String actor) {
        boolean bare = activity.object("object").isEmpty();
        var object = activity.ref("object");
        if (!bare || object.isEmpty()) {
            return new Verdict.Genuine(activity);
        }
        return switch (activity.type()) {
            case "Create", "Update" ->
                object.get().equals(actor) ? actorAgain(activity, actor) : fetched(activity, actor, object.get());
            case "Accept", "Reject" -> new Verdict.Genuine(withOurOwn(activity, object.get()));
            default -> new Verdict.Genuine(activity);
        };
    }

    private Verdict actorAgain(As2 activity, String actor) {
        actors.changed(actor);
        return switch (actors.actor(actor)) {
            case Found<Actor>(Actor found) -> new Verdict.Genuine(with(activity, found.document()));
            case Unavailable<Actor>(String reason) -> new Verdict.Unknown(reason);
            case Lookup<Actor> failed -> new Verdict.Pointless(failed.reason());
        };
    }

    /// Somebody passed on what somebody else did: only the origin can tell.
    private Verdict forwarded(As2 activity, String actor) {
        var object = activity.ref("object").filter(o -> Uris.sameOrigin(o, actor));
        return switch (activity.type()) {
            case "Create", "Update" ->
                object.map(o -> confirmed(fetched(activity, actor, o)))
                        .orElseGet(() -> new Verdict.Forged("the object is not on the host of " + actor));
            case "Delete" ->
                object.map(this::deleted)
                        .map(gone ->
                                gone.<Verdict>map(Verdict.Forged::new).orElseGet(() -> new Verdict.Genuine(activity)))
                        .orElseGet(() -> new Verdict.Forged("the object is not on the host of " + actor));
            default -> new Verdict.Forged("signed by somebody else than " + actor);
        };
    }

    /// What its origin does not know, the messenger made up.
    private static Verdict confirmed(Verdict verdict) {
        return verdict instanceof Verdict.Pointless(String reason) ? new Verdict.Forged(reason) : verdict;
    }

    /// @return why it does not count as deleted; empty if it is gone
    private Optional<String> deleted(String object) {
        return switch (documents.object(object)) {
            case Missing<As2> _ -> Optional.empty();
            case Lookup<As2> other -> Optional.of("its origin does not confirm: " + other.reason());
        };
    }

    private Verdict fetched(As2 activity, String actor, String object) {
        if (!Uris.sameOrigin(object, actor)) {
            return new Verdict.Forged("the object is not on the host of " + actor);
        }
        return switch (documents.object(object)) {
            case Found<As2>(As2 found) -> new Verdict.Genuine(with(activity, found));
            case Missing<As2> m -> new Verdict.Pointless(object + ": " + m.reason());
            case Unavailable<As2>(String reason) -> new Verdict.Unknown(reason);
            case Unusable<As2>(String reason) -> new Verdict.Forged(reason);
        };
    }

    /// An answer that names our follow by its id alone, with the follow in full.
    private As2 withOurOwn(As2 answer, String follow) {
        if (!addresses.ours(follow)) {
            return answer;
        }
        return utterances
                .find(follow)
                .flatMap(u -> Documents.parse(u.json()).found())
                .map(ours -> with(answer, ours))
                .orElse(answer);
    }

    private static As2 with(As2 activity, As2 object) {
        ObjectNode whole = Documents.object();
        activity.node().properties().forEach(e -> whole.set(e.getKey(), e.getValue()));
        whole.set("object", object.node());
        return new As2(whole);
    }
}
