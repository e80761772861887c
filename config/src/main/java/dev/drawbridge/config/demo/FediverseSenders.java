package dev.drawbridge.config.demo;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.object.signature.HttpSignatures;
import dev.drawbridge.activitypub.object.signature.SignatureClaim;
import dev.drawbridge.activitypub.object.signature.SignedRequest;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.HttpCall;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Who sends to an inbox: asks for the actor that a request names, and believes only what that actor signed.
final class FediverseSenders {
    private final World world;
    private final Map<String, Actor> known = new ConcurrentHashMap<>();

    FediverseSenders(World world) {
        this.world = world;
    }

    /// What came to an inbox.
    sealed interface Checked {
        record Signed(As2 activity, Actor actor) implements Checked {}

        record Refused(int status, String reason) implements Checked {}
    }

    /// An actor as its own server shows it; empty if there is none.
    Optional<Actor> actor(String id) {
        Optional<Actor> before = Optional.ofNullable(known.get(id));
        return before.or(() -> {
            Optional<Actor> fetched = fetch(id);
            fetched.ifPresent(actor -> known.put(id, actor));
            return fetched;
        });
    }

    private Optional<Actor> fetch(String id) {
        try {
            var answer =
                    world.http().send(OutboundHttp.Request.get(URI.create(id), Map.of("Accept", Vocabulary.ACCEPT)));
            return answer.status() == 200
                    ? Documents.parse(answer.body())
                            .then(Actor::read)
                            .found()
                            .filter(actor -> actor.id().equals(id))
                    : Optional.empty();
        } catch (OutboundHttp.OutboundException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Checked check(HttpCall call) {
        var request = new SignedRequest(call.method(), call.uri(), call.headers(), call.body());
        return switch (HttpSignatures.read(request, world.clock().instant())) {
            case SignatureClaim.Unsigned _ -> new Checked.Refused(401, "not signed");
            case SignatureClaim.Rejected(String reason) -> new Checked.Refused(401, reason);
            case SignatureClaim.Claimed claim ->
                Documents.parse(call.body())
                        .found()
                        .map(activity -> check(claim, activity))
                        .orElseGet(() -> new Checked.Refused(400, "not a JSON object"));
        };
    }

    private Checked check(SignatureClaim.Claimed claim, As2 activity) {
        Optional<Actor> actor = activity.ref("actor").flatMap(this::actor);
        boolean signed = actor.flatMap(a -> a.key(claim.keyId()))
                .filter(key -> claim.messages().stream()
                        .anyMatch(message ->
                                world.verifier().verify(key.scheme(), key.bytes(), message, claim.signature())))
                .isPresent();
        return signed
                ? new Checked.Signed(activity, actor.orElseThrow())
                : new Checked.Refused(
                        401, "not signed by " + activity.ref("actor").orElse("anybody"));
    }
}
