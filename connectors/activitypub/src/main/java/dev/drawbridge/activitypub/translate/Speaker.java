package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.Resolved;
import java.util.Optional;

/// Names people and objects the way this network does.
///
/// @param resolved what the engine knows of them
/// @param ids our own addresses
record Speaker(Resolved resolved, CopyIds ids) {
    /// Speaks as `author`, whose own host what they say is given addresses on.
    static Speaker of(NativeId author, Resolved resolved, CopyIds ids) {
        return new Speaker(resolved, ids.of(new Speaker(resolved, ids).author(author)));
    }

    /// The author of what is written: their ghost, or an address that stands for them where nothing is known.
    String author(NativeId origin) {
        return person(origin).orElseGet(() -> ids.unknownActor(origin));
    }

    /// The author's ghost, if there is one.
    Optional<NativeId> ghost(NativeId origin) {
        return person(origin).map(CopyIds::id);
    }

    Optional<String> person(NativeId id) {
        return resolved.actorHere(id)
                .map(NativeId::value)
                .or(() -> id.network().equals(Network.ACTIVITYPUB) ? Optional.of(id.value()) : Optional.empty());
    }

    Optional<String> object(NativeId id) {
        return resolved.objectHere(id)
                .map(ref -> ref.id().value())
                .or(() -> id.network().equals(Network.ACTIVITYPUB) ? Optional.of(id.value()) : Optional.empty());
    }

    /// `@user@host` of somebody who is here.
    String handle(NativeId id, String actor) {
        return resolved.actor(id)
                .flatMap(Resolved.Actor::handle)
                .filter(h -> h.startsWith("@") && h.indexOf('@', 1) > 0)
                .orElseGet(() -> handleOf(actor));
    }

    /// A guess at the handle of an actor of whom only the id is known.
    static String handleOf(String actor) {
        String[] path = actor.replaceAll("[/?#]+$", "").split("[/?#=]+");
        String last = path[path.length - 1];
        return "@" + (last.startsWith("@") ? last.substring(1) : last) + "@"
                + Uris.authority(actor).orElse("");
    }
}
