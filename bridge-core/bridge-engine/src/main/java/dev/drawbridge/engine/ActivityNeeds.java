package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.spi.Needs;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The ids inside an activity that a translator will ask about.
final class ActivityNeeds {
    private ActivityNeeds() {}

    static Needs of(Activity activity) {
        return switch (activity) {
            case Activity.Publish p -> ofPost(p.post());
            case Activity.Edit e -> ofPost(e.post());
            case Activity.Tally t -> ofPost(t.post());
            case Activity.Delete d -> needs(Set.of(d.author()), Set.of(d.target()));
            case Activity.DeleteAccount d -> needs(Set.of(d.author()), Set.of());
            case Activity.React r -> needs(Set.of(r.author()), Set.of(r.target().id()));
            case Activity.Repost r ->
                needs(Set.of(r.author()), Set.of(r.target().id()));
            case Activity.Follow f -> follow(f.author(), f.target());
            case Activity.Unfollow u -> follow(u.author(), u.target());
            case Activity.FollowAnswer a -> needs(Set.of(a.author(), a.follower()), Set.of());
            case Activity.ProfileUpdate p ->
                needs(
                        mentioned(p.author(), p.profile().bio().facets()),
                        Set.copyOf(p.profile().pins().orElse(List.of())));
            case Activity.Block b -> needs(Set.of(b.author(), b.target()), Set.of());
            case Activity.Unblock u -> needs(Set.of(u.author(), u.target()), Set.of());
            case Activity.Report r ->
                needs(Set.of(r.author(), r.target()), r.about().map(Set::of).orElse(Set.of()));
            case Activity.Move m -> needs(Set.of(m.author(), m.target()), Set.of());
            case Activity.Vote v -> needs(Set.of(v.author()), Set.of(v.poll()));
            case Activity.Pin p -> needs(Set.of(p.author()), Set.of(p.target()));
            case Activity.InteractionRequest r -> needs(Set.of(r.author()), with(r.target(), r.instrument()));
            case Activity.InteractionAnswer a ->
                needs(Set.of(a.author(), a.requester()), with(a.target(), a.instrument()));
        };
    }

    /// The object an activity cannot be delivered without: what it answers, or what it puts first.
    static Optional<NativeId> parent(Activity activity) {
        return switch (activity) {
            case Activity.Publish p -> p.post().inReplyTo().map(ObjectRef::id);
            case Activity.React r -> Optional.of(r.target().id());
            case Activity.Repost r -> Optional.of(r.target().id());
            case Activity.Vote v -> Optional.of(v.poll());
            case Activity.Pin p -> Optional.of(p.target()).filter(_ -> p.pinned());
            case Activity.Edit _,
                    Activity.Tally _,
                    Activity.Delete _,
                    Activity.DeleteAccount _,
                    Activity.Follow _,
                    Activity.Unfollow _,
                    Activity.FollowAnswer _,
                    Activity.ProfileUpdate _,
                    Activity.Block _,
                    Activity.Unblock _,
                    Activity.Report _,
                    Activity.Move _,
                    Activity.InteractionRequest _,
                    Activity.InteractionAnswer _ -> Optional.empty();
        };
    }

    /// The object an activity is about, which keeps everything about one object in order.
    static NativeId subject(Activity activity) {
        return switch (activity) {
            case Activity.Publish p -> p.post().id();
            case Activity.Edit e -> e.post().id();
            case Activity.Tally t -> t.post().id();
            case Activity.Delete d -> d.target();
            case Activity.Unfollow u -> u.follow().orElse(u.id());
            case Activity.DeleteAccount _,
                    Activity.React _,
                    Activity.Repost _,
                    Activity.Follow _,
                    Activity.FollowAnswer _,
                    Activity.ProfileUpdate _,
                    Activity.Block _,
                    Activity.Unblock _,
                    Activity.Report _,
                    Activity.Move _,
                    Activity.Vote _,
                    Activity.Pin _,
                    Activity.InteractionRequest _,
                    Activity.InteractionAnswer _ -> activity.id();
        };
    }

    private static Set<NativeId> with(ObjectRef target, Optional<NativeId> instrument) {
        Set<NativeId> objects = new HashSet<>(Set.of(target.id()));
        instrument.ifPresent(objects::add);
        return objects;
    }

    private static Needs ofPost(Post post) {
        Set<NativeId> objects = new HashSet<>();
        objects.add(post.id());
        post.inReplyTo().ifPresent(ref -> objects.add(ref.id()));
        post.threadRoot().ifPresent(ref -> objects.add(ref.id()));
        post.quote().ifPresent(quote -> objects.add(quote.target().id()));
        return needs(mentioned(post.author(), post.text().facets()), objects);
    }

    private static Set<NativeId> mentioned(NativeId author, Iterable<Facet> facets) {
        Set<NativeId> actors = new HashSet<>();
        actors.add(author);
        for (Facet facet : facets) {
            if (facet instanceof Facet.Mention mention) {
                actors.add(mention.actor());
            }
        }
        return actors;
    }

    private static Needs follow(NativeId author, NativeId target) {
        return new Needs(Set.of(author, target), Set.of(), Set.of(), true);
    }

    private static Needs needs(Set<NativeId> actors, Set<NativeId> objects) {
        return new Needs(actors, objects, Set.of(), false);
    }
}
