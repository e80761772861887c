package dev.drawbridge.testkit.fake;

import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Choices;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A network whose documents are canonical activities with its own ids in them. Every paragraph is a post of its own
/// where an author wants long posts as threads.
final class FakeTranslator implements Translator {
    private final Network network;
    private final EngineJson json = new EngineJson();
    private List<Loss> losses = List.of();

    FakeTranslator(Network network) {
        this.network = network;
    }

    void losing(List<Loss> whenRead) {
        losses = List.copyOf(whenRead);
    }

    @Override
    public Translation<NativeEvent> decode(String document, Instant now) {
        try {
            Activity activity = json.activity(document);
            return Translation.of(event(activity, now));
        } catch (EngineJson.UnreadableItemException e) {
            return Translation.malformed("document", e.toString());
        }
    }

    NativeEvent event(Activity activity, Instant now) {
        var kind = switch (activity) {
            case Activity.Publish _ -> NativeEvent.Kind.POST;
            case Activity.Edit _, Activity.Tally _ -> NativeEvent.Kind.EDIT;
            case Activity.Delete _, Activity.Unblock _ -> NativeEvent.Kind.DELETE;
            case Activity.DeleteAccount _ -> NativeEvent.Kind.DELETE_ACCOUNT;
            case Activity.React _, Activity.Vote _ -> NativeEvent.Kind.REACTION;
            case Activity.Repost _ -> NativeEvent.Kind.REPOST;
            case Activity.Follow _ -> NativeEvent.Kind.FOLLOW;
            case Activity.Unfollow _ -> NativeEvent.Kind.UNFOLLOW;
            case Activity.FollowAnswer _ -> NativeEvent.Kind.FOLLOW_ANSWER;
            case Activity.ProfileUpdate _ -> NativeEvent.Kind.PROFILE;
            case Activity.Block _ -> NativeEvent.Kind.BLOCK;
            case Activity.Report _ -> NativeEvent.Kind.REPORT;
            case Activity.InteractionRequest _ -> NativeEvent.Kind.REQUEST;
            case Activity.Move _ -> NativeEvent.Kind.MOVE;
            case Activity.Pin _, Activity.InteractionAnswer _ -> NativeEvent.Kind.OTHER;
        };
        var event = new NativeEvent(activity.id(), activity.author(), kind, names(activity), json.write(activity), now);
        return made(activity).map(event::made).orElse(event);
    }

    private static Optional<NativeEvent.Made> made(Activity activity) {
        return switch (activity) {
            case Activity.Publish p ->
                Optional.of(new NativeEvent.Made(p.post().id(), p.post().published()));
            case Activity.React _, Activity.Repost _, Activity.Vote _ ->
                Optional.of(new NativeEvent.Made(activity.id(), activity.at()));
            default -> Optional.empty();
        };
    }

    private static Set<NativeId> names(Activity activity) {
        return switch (activity) {
            case Activity.Publish p -> addressed(p.post());
            case Activity.Delete d -> Set.of(d.target());
            case Activity.React r -> Set.of(r.target().id());
            case Activity.Repost r -> Set.of(r.target().id());
            case Activity.Follow f -> Set.of(f.target());
            case Activity.Unfollow u -> Set.of(u.target());
            case Activity.FollowAnswer a -> Set.of(a.follower());
            case Activity.Block b -> Set.of(b.target());
            case Activity.Unblock b -> Set.of(b.target());
            case Activity.Report r -> Set.of(r.target());
            case Activity.Move m -> Set.of(m.target());
            case Activity.InteractionRequest r -> Set.of(r.target().id());
            default -> Set.of();
        };
    }

    /// What is answered, and who is mentioned.
    private static Set<NativeId> addressed(Post post) {
        Set<NativeId> named = new HashSet<>();
        post.inReplyTo().map(ObjectRef::id).ifPresent(named::add);
        post.text().facets().stream()
                .filter(Facet.Mention.class::isInstance)
                .map(mention -> ((Facet.Mention) mention).actor())
                .forEach(named::add);
        return named;
    }

    @Override
    public Needs needs(NativeEvent event) {
        return event.kind() == NativeEvent.Kind.DELETE
                        && json.activity(event.body().text()) instanceof Activity.Unblock unblock
                ? new Needs(Set.of(), Set.of(), Set.of(unblock.target()), false)
                : Needs.NOTHING;
    }

    @Override
    public Translation<List<Activity>> toCanonical(NativeEvent event, Resolved resolved, Instant now) {
        return Translation.of(List.of(whom(json.activity(event.body().text()), resolved)), losses);
    }

    /// The end of a block may name the block instead of the person.
    private static Activity whom(Activity activity, Resolved resolved) {
        return activity instanceof Activity.Unblock(NativeId id, NativeId author, Instant at, NativeId target)
                ? new Activity.Unblock(id, author, at, resolved.blocks().getOrDefault(target, target))
                : activity;
    }

    @Override
    public Translation<NativeDraft> fromCanonical(Activity activity, Resolved r, Instant now) {
        Optional<NativeId> ghost = r.actorHere(activity.author());
        if (ghost.isEmpty()) {
            return Translation.malformed("author", "has no ghost on " + network);
        }
        return say(activity, ghost.get(), r);
    }

    private Translation<NativeDraft> say(Activity activity, NativeId me, Resolved r) {
        NativeId id = copyOf(activity.id());
        return switch (activity) {
            case Activity.Publish p ->
                draft(
                        me,
                        new Activity.Publish(id, p.at(), here(p.post(), me, r)),
                        p.post().id(),
                        parts(p.post(), r));
            case Activity.Edit e ->
                draft(
                        me,
                        new Activity.Edit(id, e.at(), here(e.post(), me, r)),
                        e.post().id(),
                        parts(e.post(), r));
            case Activity.Tally t ->
                draft(
                        me,
                        new Activity.Tally(id, t.at(), here(t.post(), me, r)),
                        t.post().id(),
                        parts(t.post(), r));
            case Activity.Delete d ->
                draft(
                        me,
                        new Activity.Delete(
                                id,
                                me,
                                d.at(),
                                r.objectHere(d.target()).orElseThrow().id()));
            case Activity.DeleteAccount d -> draft(me, new Activity.DeleteAccount(id, me, d.at()));
            case Activity.React x ->
                draft(me, new Activity.React(id, me, x.at(), target(x.target(), r), x.emoji()), x.id());
            case Activity.Repost x -> draft(me, new Activity.Repost(id, me, x.at(), target(x.target(), r)), x.id());
            case Activity.Vote v -> {
                NativeId poll = target(ObjectRef.of(v.poll()), r).id();
                yield draft(me, new Activity.Vote(id, me, v.at(), poll, v.choices()), v.id());
            }
            default -> sayAboutPeople(activity, me, id, r);
        };
    }

    private Translation<NativeDraft> pin(Activity.Pin pin, NativeId me, NativeId id, Resolved r) {
        return r.objectHere(pin.target())
                .map(post -> draft(me, new Activity.Pin(id, me, pin.at(), post.id(), pin.pinned())))
                .orElseGet(() -> Translation.skipped("what is pinned is not on " + network));
    }

    private Translation<NativeDraft> sayAboutPeople(Activity activity, NativeId me, NativeId id, Resolved r) {
        return switch (activity) {
            case Activity.Follow f -> draft(me, new Activity.Follow(id, me, f.at(), actor(f.target(), r)));
            case Activity.Unfollow u ->
                draft(me, new Activity.Unfollow(id, me, u.at(), actor(u.target(), r), u.follow()));
            case Activity.FollowAnswer a ->
                draft(me, new Activity.FollowAnswer(id, me, a.at(), a.follow(), actor(a.follower(), r), a.accepted()));
            case Activity.ProfileUpdate p -> draft(me, new Activity.ProfileUpdate(id, p.at(), p.profile()));
            case Activity.Block b -> draft(me, new Activity.Block(id, me, b.at(), actor(b.target(), r)));
            case Activity.Unblock b -> draft(me, new Activity.Unblock(id, me, b.at(), actor(b.target(), r)));
            case Activity.Report r2 ->
                draft(
                        me,
                        new Activity.Report(id, me, r2.at(), actor(r2.target(), r), r2.about(), r2.reason()),
                        r2.id());
            case Activity.Move m -> draft(me, new Activity.Move(id, me, m.at(), m.target()), m.id());
            default -> sayAboutTerms(activity, me, id, r);
        };
    }

    private Translation<NativeDraft> sayAboutTerms(Activity activity, NativeId me, NativeId id, Resolved r) {
        return switch (activity) {
            case Activity.Pin p -> pin(p, me, id, r);
            case Activity.InteractionRequest q ->
                draft(
                        me,
                        new Activity.InteractionRequest(
                                id,
                                me,
                                q.at(),
                                q.kind(),
                                target(q.target(), r),
                                q.instrument().map(this::copyOf)));
            case Activity.InteractionAnswer a
            when a.stamp().isPresent() || a.author().equals(me) -> draft(me, a);
            case Activity.InteractionAnswer a ->
                draft(
                        me,
                        new Activity.InteractionAnswer(
                                id,
                                me,
                                a.at(),
                                a.request(),
                                actor(a.requester(), r),
                                a.kind(),
                                a.target(),
                                a.instrument(),
                                a.accepted()),
                        a.id());
            default -> Translation.skipped("a fake network does not know this");
        };
    }

    private Post here(Post post, NativeId author, Resolved r) {
        return post.toBuilder()
                .id(copyOf(post.id()))
                .author(author)
                .text(mentions(post.text(), r))
                .inReplyTo(post.inReplyTo().map(ref -> target(ref, r)))
                .threadRoot(post.inReplyTo().flatMap(ref -> r.object(ref.id())).flatMap(Resolved.Post::rootHere))
                .media(post.media().stream().map(file -> kept(file, r)).toList())
                .quote(post.quote().map(q -> new Quote(target(q.target(), r), q.url())))
                .build();
    }

    /// Who is here is mentioned as people here know them.
    private static RichText mentions(RichText text, Resolved r) {
        List<Facet> facets = text.facets().stream()
                .map(facet -> facet instanceof Facet.Mention(int start, int end, NativeId actor)
                        ? new Facet.Mention(start, end, r.actorHere(actor).orElse(actor))
                        : facet)
                .toList();
        return new RichText(text.text(), facets);
    }

    /// A file that this network keeps is shown under its name here.
    private static Media kept(Media file, Resolved r) {
        return r.file(file.url())
                .map(here -> Media.of(URI.create("kept:" + here.id()), file.kind()))
                .orElse(file);
    }

    private static ObjectRef target(ObjectRef named, Resolved r) {
        return r.objectHere(named.id()).orElseThrow();
    }

    private static NativeId actor(NativeId named, Resolved r) {
        return r.actorHere(named).orElseThrow();
    }

    NativeId copyOf(NativeId source) {
        return new NativeId(network, "copy:" + source.key());
    }

    private Translation<NativeDraft> draft(NativeId ghost, Activity activity) {
        return Translation.of(new NativeDraft(Optional.of(ghost), Optional.empty(), List.of(json.write(activity))));
    }

    private Translation<NativeDraft> draft(NativeId ghost, Activity activity, NativeId original) {
        return draft(ghost, activity, original, Set.of());
    }

    private Translation<NativeDraft> draft(NativeId ghost, Activity activity, NativeId original, Set<NativeId> parts) {
        return Translation.of(new NativeDraft(
                Optional.of(ghost), Optional.of(ObjectRef.of(copyOf(original))), List.of(json.write(activity)), parts));
    }

    private Set<NativeId> parts(Post post, Resolved r) {
        int paragraphs = post.text().text().split("\n\n").length;
        boolean thread = r.choices().longPosts().equals(Optional.of(Choices.LongPosts.THREAD));
        return thread
                ? IntStream.rangeClosed(2, paragraphs)
                        .mapToObj(number -> partOf(post.id(), number))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    NativeId partOf(NativeId source, int number) {
        return new NativeId(network, copyOf(source).value() + "#" + number);
    }
}
