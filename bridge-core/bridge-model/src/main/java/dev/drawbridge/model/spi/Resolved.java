package dev.drawbridge.model.spi;

import dev.drawbridge.model.Choices;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.port.Follows;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the engine knows about the ids a translator named. Immutable; keys are the ids exactly as named.
///
/// In `toCanonical` the viewpoint is the event's own network, in `fromCanonical` the network translated to.
///
/// @param actors people; missing if nothing is known
/// @param objects posts; missing if nothing is known
/// @param follows follows by the id of what made them; missing if unknown
/// @param blocks whom the author blocks, by the id of what made it so; missing if unknown
/// @param authorFollows whom the author follows among people the bridge knows, as the viewpoint network names them
/// @param files what the viewpoint network keeps of the files the activity shows, by their address at the source; one
/// that is not here is shown by its address
/// @param choices what the author chose
public record Resolved(
        Map<NativeId, Actor> actors,
        Map<NativeId, Post> objects,
        Map<NativeId, Follows.Edge> follows,
        Map<NativeId, NativeId> blocks,
        Set<NativeId> authorFollows,
        Map<URI, HostedFile> files,
        Choices choices) {
    public static final Resolved NOTHING = new Resolved(Map.of(), Map.of(), Map.of(), Set.of());

    public Resolved {
        actors = Map.copyOf(actors);
        objects = Map.copyOf(objects);
        follows = Map.copyOf(follows);
        blocks = Map.copyOf(blocks);
        authorFollows = Set.copyOf(authorFollows);
        files = Map.copyOf(files);
    }

    /// Without files, of an author who chose nothing.
    public Resolved(
            Map<NativeId, Actor> actors,
            Map<NativeId, Post> objects,
            Map<NativeId, Follows.Edge> follows,
            Set<NativeId> authorFollows) {
        this(actors, objects, follows, Map.of(), authorFollows, Map.of(), Choices.NONE);
    }

    /// The same with these files.
    public Resolved withFiles(Map<URI, HostedFile> hosted) {
        return new Resolved(actors, objects, follows, blocks, authorFollows, hosted, choices);
    }

    /// The same for an author with these choices.
    public Resolved choosing(Choices chosen) {
        return new Resolved(actors, objects, follows, blocks, authorFollows, files, chosen);
    }

    /// The same for an author who blocks these people.
    public Resolved withBlocks(Map<NativeId, NativeId> known) {
        return new Resolved(actors, objects, follows, known, authorFollows, files, choices);
    }

    public Optional<HostedFile> file(URI source) {
        return Optional.ofNullable(files.get(source));
    }

    /// A person.
    ///
    /// @param origin the person on their own network
    /// @param here the person on the viewpoint network: themselves, or their ghost
    /// @param handle their handle on the viewpoint network if `here` is present, else on their own; for display
    /// @param url a page about them
    public record Actor(NativeId origin, Optional<NativeId> here, Optional<String> handle, Optional<URI> url) {}

    /// A post.
    ///
    /// @param original the post on its author's network
    /// @param author its author on their own network
    /// @param here the post on the viewpoint network: itself, or its copy
    /// @param rootHere the first post of its thread on the viewpoint network; `here` itself if it starts the thread
    /// @param authorHere its author on the viewpoint network
    /// @param url where a person can read the original
    /// @param options the texts of its poll, in order; empty if it has none or nothing is known
    /// @param parts what its copy consists of on the viewpoint network beside `here`
    public record Post(
            NativeId original,
            Optional<NativeId> author,
            Optional<ObjectRef> here,
            Optional<ObjectRef> rootHere,
            Optional<NativeId> authorHere,
            Optional<URI> url,
            List<String> options,
            Set<NativeId> parts) {
        public Post {
            options = List.copyOf(options);
            parts = Set.copyOf(parts);
        }

        /// One that asks nothing and is one thing.
        public Post(
                NativeId original,
                Optional<NativeId> author,
                Optional<ObjectRef> here,
                Optional<ObjectRef> rootHere,
                Optional<NativeId> authorHere,
                Optional<URI> url) {
            this(original, author, here, rootHere, authorHere, url, List.of(), Set.of());
        }
    }

    public Optional<Actor> actor(NativeId id) {
        return Optional.ofNullable(actors.get(id));
    }

    /// The person `id` on the viewpoint network, if they are there.
    public Optional<NativeId> actorHere(NativeId id) {
        return actor(id).flatMap(Actor::here);
    }

    public Optional<Post> object(NativeId id) {
        return Optional.ofNullable(objects.get(id));
    }

    /// The post `id` on the viewpoint network, if it is there.
    public Optional<ObjectRef> objectHere(NativeId id) {
        return object(id).flatMap(Post::here);
    }
}
