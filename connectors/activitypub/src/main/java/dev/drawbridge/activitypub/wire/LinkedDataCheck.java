package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.PublicKey;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.object.linkeddata.Graph;
import dev.drawbridge.activitypub.object.linkeddata.LinkedData;
import dev.drawbridge.activitypub.object.proof.LinkedDataSignature;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.activitypub.wire.Lookup.Unavailable;
import dev.drawbridge.activitypub.wire.Lookup.Unusable;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.SignatureVerifier;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Whether an activity is signed by its actor as linked data. Anybody may bring one, so what it costs is bounded, and
/// the cheap refusals come first:
///
/// 1. Who wrote the text: the key is on the actor's host, the signature young, of a length that signatures have, and
///    the document of a size that is read at all ([LinkedData#objection(JsonNode)]): one walk through the text.
/// 2. The key: from memory as a rule (an hour), else asked for within the limits of everything that is asked (twenty
///    documents for an activity, four requests at once for a host, failures remembered for a minute). One that is not
///    there, not RSA or not the actor's ends it.
/// 3. Only then the canonical form: at most 100,000 characters, 3,000 statements, 32 contexts, 20,000 steps and five
///    seconds of expansion ([LinkedData]), for as many documents at once as there are processors. What finds no
///    place within a moment is tried later.
final class LinkedDataCheck {
    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors());
    private static final long MOMENT_MS = 200;

    private final RemoteActors actors;
    private final SignatureVerifier verifier;
    private final Function<JsonNode, Reading<Graph>> reader;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /// @param reader [LinkedData#read(JsonNode)]
    LinkedDataCheck(
            RemoteActors actors,
            SignatureVerifier verifier,
            Function<JsonNode, Reading<Graph>> reader,
            InstantSource clock) {
        this.actors = actors;
        this.verifier = verifier;
        this.reader = reader;
        this.clock = clock;
    }

    /// What the actor signed.
    ///
    /// @return [Unusable] if there is no signature of theirs that holds; [Unavailable] if that cannot be told now
    Lookup<As2> signed(As2 activity, String actor) {
        boolean ofTheirHost = LinkedDataSignature.creator(activity)
                .filter(creator -> Uris.sameOrigin(creator, actor))
                .isPresent();
        if (!ofTheirHost) {
            return new Unusable<>("not signed with a key of the host of " + actor);
        }
        return switch (LinkedDataSignature.claimed(activity, clock.instant())) {
            case Reading.Unreadable<LinkedDataSignature.Claim>(String field, String detail) ->
                new Unusable<>(field + ": " + detail);
            case Reading.Read<LinkedDataSignature.Claim>(LinkedDataSignature.Claim claim) ->
                switch (key(claim.creator(), actor)) {
                    case Found<PublicKey>(PublicKey key) -> holding(claim, key, activity, actor);
                    case Lookup<PublicKey> failed -> failed.failure();
                };
        };
    }

    private Lookup<As2> holding(LinkedDataSignature.Claim claim, PublicKey key, As2 activity, String actor) {
        if (!mayBeOf(actor, key)) {
            return new Unusable<>(key.id() + " is no RSA key of " + actor);
        }
        if (!entered()) {
            return new Unavailable<>("too much linked data at once");
        }
        Reading<LinkedDataSignature> checked;
        try {
            checked = claim.checked(reader);
        } finally {
            places.release();
        }
        return switch (checked) {
            case Reading.Unreadable<LinkedDataSignature>(String field, String detail) ->
                new Unusable<>(field + ": " + detail);
            case Reading.Read<LinkedDataSignature>(LinkedDataSignature signature) ->
                signature.signed().refs("actor").equals(List.of(actor))
                                && signature.signed().types().equals(activity.types())
                        ? fitting(signature, key, actor)
                        : new Unusable<>("what is signed is something else");
        };
    }

    private Lookup<As2> fitting(LinkedDataSignature signature, PublicKey key, String actor) {
        if (fits(signature, key)) {
            return new Found<>(signature.signed());
        }
        // It may have been changed.
        Lookup<PublicKey> again = actors.freshKey(signature.creator())
                .orElseGet(() -> new Unusable<>("the signature does not fit the key"));
        return switch (again) {
            case Found<PublicKey>(PublicKey fresh)
            when mayBeOf(actor, fresh) && fits(signature, fresh) -> new Found<>(signature.signed());
            case Found<PublicKey> _ -> new Unusable<>("the signature does not fit the key");
            case Lookup<PublicKey> failed -> failed.failure();
        };
    }

    /// The key as we know it, or as its server says now if that cannot be the actor's: it may have been changed.
    private Lookup<PublicKey> key(String creator, String actor) {
        Lookup<PublicKey> known = actors.key(creator);
        boolean useless = known instanceof Unusable
                || known.found().filter(k -> !mayBeOf(actor, k)).isPresent();
        return useless ? actors.freshKey(creator).orElse(known) : known;
    }

    private static boolean mayBeOf(String actor, PublicKey key) {
        return key.scheme() == SignatureScheme.RSA_SHA256 && key.owner().equals(actor);
    }

    private boolean fits(LinkedDataSignature signature, PublicKey key) {
        return verifier.verify(key.scheme(), key.bytes(), signature.message(), signature.signature());
    }

    private boolean entered() {
        try {
            return places.tryAcquire(MOMENT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
