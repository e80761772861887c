package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.PublicKey;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.object.linkeddata.LinkedData;
import dev.drawbridge.activitypub.object.proof.IntegrityProof;
import dev.drawbridge.activitypub.object.proof.LinkedDataSignature;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.store.Utterances;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.activitypub.wire.Lookup.Missing;
import dev.drawbridge.activitypub.wire.Lookup.Unavailable;
import dev.drawbridge.activitypub.wire.Lookup.Unusable;
import dev.drawbridge.model.port.SignatureVerifier;
import java.time.InstantSource;
import java.util.Optional;

/// Decides whether an activity really comes from the actor it names: its request is signed with the actor's key, or it
/// carries a proof or signature of the actor's itself, or the actor's own server says the same when asked.
public final class Authenticity {
    private static final int GONE = 410;
    /// What may come from somebody else than who did it. Anything else, repeated by a stranger at a time of their
    /// choice, would undo what was done since.
    private static final String[] FORWARDABLE = {"Create", "Update", "Delete"};

    private final RemoteActors actors;
    private final RemoteDocuments documents;
    private final Utterances utterances;
    private final Addresses addresses;
    private final MoveConfirmation moves;
    private final QuoteConfirmation quotes;
    private final MentionPages mentions;
    private final SignatureVerifier verifier;
    private final InstantSource clock;
    private final LinkedDataCheck linkedData;

    public Authenticity(
            RemoteActors actors,
            RemoteDocuments documents,
            Utterances utterances,
            Addresses addresses,
            MoveConfirmation moves,
            QuoteConfirmation quotes,
            MentionPages mentions,
            SignatureVerifier verifier,
            InstantSource clock) {
        this.actors = actors;
        this.documents = documents;
        this.utterances = utterances;
        this.addresses = addresses;
        this.moves = moves;
        this.quotes = quotes;
        this.mentions = mentions;
        this.verifier = verifier;
        this.clock = clock;
        this.linkedData = new LinkedDataCheck(actors, verifier, new LinkedData()::read, clock);
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

    /// What can be told without asking anybody; empty if somebody has to be asked.
    ///
    /// @param claim what the request says about who signed it
    /// @param activity with an actor
    public Optional<Verdict> atOnce(Claimed claim, As2 activity) {
        return known(claim, activity).map(this::named);
    }

    private Optional<Verdict> known(Claimed claim, As2 activity) {
        String actor = actor(activity);
        if (claim.isOfTheActivityOnly()) {
            return activity.isA(FORWARDABLE) ? Optional.empty() : Optional.of(unsigned(actor));
        }
        return actors.knownKey(claim.keyId()).flatMap(known -> switch (known) {
            case Found<PublicKey>(PublicKey key)
            when fits(claim, key) -> {
                boolean asks = key.owner().equals(actor) ? asksForSomething(activity) : canBeConfirmed(activity, actor);
                yield asks
                        ? Optional.empty()
                        : Optional.of(
                                key.owner().equals(actor) ? complete(activity, actor) : forwarded(activity, actor));
            }
            // It may have been changed.
            case Found<PublicKey> _, Unusable<PublicKey> _ when !actors.askedJustNow(claim.keyId()) -> Optional.empty();
            case Found<PublicKey> _ -> Optional.of(unfit(claim));
            case Lookup<PublicKey> failed -> Optional.of(without(claim, failed, actor, activity));
        });
    }

    /// The same, asking whoever has to be asked.
    public Verdict judge(Claimed claim, As2 activity) {
        Verdict verdict = judged(claim, activity);
        return verdict instanceof Verdict.Genuine(As2 genuine)
                ? named(new Verdict.Genuine(quotes.checked(genuine)))
                : verdict;
    }

    private Verdict named(Verdict verdict) {
        return verdict instanceof Verdict.Genuine(As2 genuine) ? new Verdict.Genuine(mentions.named(genuine)) : verdict;
    }

    private Verdict judged(Claimed claim, As2 activity) {
        String actor = actor(activity);
        if (claim.isOfTheActivityOnly()) {
            // Without anybody who answers for the request its origin is not asked: anybody could make us ask.
            return ofItself(activity, actor).orElseGet(() -> unsigned(actor));
        }
        var key = actors.key(claim.keyId());
        if (key.found().filter(k -> fits(claim, k)).isEmpty() && (key instanceof Found || key instanceof Unusable)) {
            key = actors.freshKey(claim.keyId()).orElse(key);
        }
        return switch (key) {
            case Found<PublicKey>(PublicKey found)
            when fits(claim, found) ->
                found.owner().equals(actor) ? complete(activity, actor) : forwarded(activity, actor);
            case Found<PublicKey> _ -> unfit(claim);
            case Lookup<PublicKey> failed -> without(claim, failed, actor, activity);
        };
    }

    /// Who signed a request, asking for their key if it is not known; empty if that cannot be told.
    public Optional<String> signer(Claimed claim) {
        var key = actors.key(claim.keyId());
        if (key instanceof Found<PublicKey>(PublicKey found) && !fits(claim, found)) {
            key = actors.freshKey(claim.keyId()).orElse(key);
        }
        return key.found().filter(k -> fits(claim, k)).map(PublicKey::owner);
    }

    private static String actor(As2 activity) {
        return activity.ref("actor").orElseThrow(() -> new IllegalArgumentException("nobody did " + activity));
    }

    private static Verdict unsigned(String actor) {
        return new Verdict.Forged(
                "the request is not signed, and the activity not in a way that proves it is of " + actor);
    }

    private static Verdict unfit(Claimed claim) {
        return new Verdict.Forged("the signature does not fit the key " + claim.keyId());
    }

    private static Verdict without(Claimed claim, Lookup<PublicKey> failed, String actor, As2 activity) {
        return switch (failed) {
            case Missing<PublicKey>(int status) ->
                // The origin itself says that the account is gone.
                status == GONE && ownEnd(activity, actor) && Uris.sameOrigin(claim.keyId(), actor)
                        ? new Verdict.Genuine(activity)
                        : new Verdict.Forged("the key " + claim.keyId() + " is not there, " + status);
            case Unavailable<PublicKey>(String reason) -> new Verdict.Unknown(reason);
            case Unusable<PublicKey>(String reason) -> new Verdict.Forged(reason);
            case Found<PublicKey> _ -> throw new IllegalArgumentException("there is a key");
        };
    }

    private static boolean asksForSomething(As2 activity) {
        return asksForObject(activity) || MoveConfirmation.concerns(activity) || QuoteConfirmation.concerns(activity);
    }

    /// Whether the sender left the object for us to ask for.
    private static boolean asksForObject(As2 activity) {
        return activity.isA("Create", "Update")
                && activity.object("object").isEmpty()
                && activity.ref("object").isPresent();
    }

    /// Whether somebody can be asked if an activity is true although somebody else passed it on.
    private static boolean canBeConfirmed(As2 activity, String actor) {
        return activity.isA(FORWARDABLE)
                && (activity.has("proof")
                        || LinkedDataSignature.creator(activity).isPresent()
                        || activity.ref("object")
                                .filter(o -> Uris.sameOrigin(o, actor))
                                .isPresent());
    }

    private boolean fits(Claimed claim, PublicKey key) {
        return claim.scheme().orElse(key.scheme()) == key.scheme()
                && claim.messages().stream()
                        .anyMatch(m -> verifier.verify(key.scheme(), key.bytes(), m, claim.signature()));
    }

    private static boolean ownEnd(As2 activity, String actor) {
        return activity.isA("Delete")
                && activity.ref("object").filter(actor::equals).isPresent();
    }

    /// Fills in what the sender left for us to ask for.
    private Verdict complete(As2 activity, String actor) {
        if (MoveConfirmation.concerns(activity)) {
            return moves.confirm(activity, actor);
        }
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
            case Found<Actor>(Actor found) ->
                new Verdict.Genuine(activity.with("object", found.document().node()));
            case Unavailable<Actor>(String reason) -> new Verdict.Unknown(reason);
            case Lookup<Actor> failed -> new Verdict.Pointless(failed.reason());
        };
    }

    /// Somebody passed on what somebody else did: it can tell itself, or else its origin.
    private Verdict forwarded(As2 activity, String actor) {
        return ofItself(activity, actor).orElseGet(() -> confirmed(activity, actor));
    }

    /// @return empty if nothing in the activity proves whose it is
    private Optional<Verdict> ofItself(As2 activity, String actor) {
        return activity.isA(FORWARDABLE) ? proven(activity, actor).or(() -> signed(activity, actor)) : Optional.empty();
    }

    /// @return empty if the activity has no signature as linked data that holds
    private Optional<Verdict> signed(As2 activity, String actor) {
        return switch (linkedData.signed(activity, actor)) {
            case Found<As2>(As2 signed) -> Optional.of(passedOn(signed, actor));
            case Unavailable<As2>(String reason) -> Optional.of(new Verdict.Unknown(reason));
            case Missing<As2> _, Unusable<As2> _ -> Optional.empty();
        };
    }

    /// @return empty if the activity has no proof that holds
    private Optional<Verdict> proven(As2 activity, String actor) {
        var proofs = IntegrityProof.of(activity, clock.instant()).stream()
                .filter(p -> Uris.sameOrigin(p.verificationMethod(), actor))
                .toList();
        if (proofs.isEmpty()) {
            return Optional.empty();
        }
        return switch (actors.actor(actor)) {
            case Found<Actor>(Actor found) ->
                proofs.stream().anyMatch(p -> holds(p, found))
                        ? Optional.of(passedOn(activity, actor))
                        : Optional.empty();
            case Unavailable<Actor>(String reason) -> Optional.of(new Verdict.Unknown(reason));
            case Missing<Actor> _, Unusable<Actor> _ -> Optional.empty();
        };
    }

    /// What proves itself and was brought by somebody else. An older edit, repeated, would undo a newer one: for how it
    /// reads now its origin is asked.
    private Verdict passedOn(As2 activity, String actor) {
        return activity.isA("Update") ? confirmed(activity, actor) : complete(activity, actor);
    }

    private boolean holds(IntegrityProof proof, Actor actor) {
        return actor.assertionKey(proof.verificationMethod())
                .filter(k -> verifier.verify(k.scheme(), k.bytes(), proof.message(), proof.signature()))
                .isPresent();
    }

    private Verdict confirmed(As2 activity, String actor) {
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
            case Found<As2>(As2 found) -> new Verdict.Genuine(activity.with("object", found.node()));
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
                .map(ours -> answer.with("object", ours.node()))
                .orElse(answer);
    }
}
