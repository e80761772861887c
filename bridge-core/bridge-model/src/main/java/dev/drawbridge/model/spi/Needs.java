package dev.drawbridge.model.spi;

import dev.drawbridge.model.NativeId;
import java.util.Set;

/// What a translator has to know before it can translate.
///
/// @param actors people whose counterparts it mentions
/// @param objects posts it refers to
/// @param follows ids of follow or block activities or records it undoes
/// @param authorFollows whether it needs to know whom the author follows, because the event is a whole list
public record Needs(Set<NativeId> actors, Set<NativeId> objects, Set<NativeId> follows, boolean authorFollows) {
    public static final Needs NOTHING = new Needs(Set.of(), Set.of(), Set.of(), false);

    public Needs {
        actors = Set.copyOf(actors);
        objects = Set.copyOf(objects);
        follows = Set.copyOf(follows);
    }
}
