package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.CustomEmoji;
import dev.drawbridge.model.Emoji;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Activities become canonical activities.
final class ActivityReader {
    private ActivityReader() {}

    static Translation<List<Activity>> read(Incoming in, NativeEvent event, Resolved resolved, CopyIds ids) {
        Instant at = in.document().instant("published").orElse(event.receivedAt());
        return switch (in.type()) {
            case "Create" -> created(in, event, resolved, at);
            case "Update" -> update(in, event, resolved, at);
            case "Delete" ->
                target(
                        in,
                        t -> t.equals(event.author())
                                ? new Activity.DeleteAccount(event.id(), event.author(), at)
                                : new Activity.Delete(event.id(), event.author(), at, t));
            case "Follow" -> target(in, t -> new Activity.Follow(event.id(), event.author(), at, t));
            case "Block" -> target(in, t -> new Activity.Block(event.id(), event.author(), at, t));
            case "Like", "EmojiReact" ->
                target(
                        in,
                        t -> new Activity.React(
                                event.id(), event.author(), at, ObjectRef.of(t), emoji(in), picture(in)));
            case "Announce" -> target(in, t -> new Activity.Repost(event.id(), event.author(), at, ObjectRef.of(t)));
            case "Accept", "Reject" -> answer(in, event, resolved, at);
            case "Undo" -> undo(in, event, resolved, at);
            case "Move" ->
                in.document()
                        .ref("target")
                        .map(CopyIds::id)
                        .map(t -> one(new Activity.Move(event.id(), event.author(), at, t)))
                        .orElseGet(() -> Translation.malformed("target", "it does not say where to"));
            case "Add", "Remove" ->
                target(
                        in,
                        t -> new Activity.Pin(
                                event.id(), event.author(), at, t, in.type().equals("Add")));
            case "QuoteRequest" -> request(in, event, at, InteractionPolicy.Kind.QUOTE);
            case "LikeRequest" -> request(in, event, at, InteractionPolicy.Kind.LIKE);
            case "ReplyRequest" -> request(in, event, at, InteractionPolicy.Kind.REPLY);
            case "AnnounceRequest" -> request(in, event, at, InteractionPolicy.Kind.REPOST);
            case "Flag" -> ReportReader.read(in, event, at, ids);
            default -> Translation.skipped(in.type() + " does not cross");
        };
    }

    private static Translation<List<Activity>> created(Incoming in, NativeEvent event, Resolved resolved, Instant at) {
        if (in.object().filter(Ballot::isVote).isPresent()) {
            return Ballot.read(in, event, resolved, at);
        }
        return post(
                in,
                event,
                resolved,
                post -> NoteReader.passedOn(post)
                        .<Activity>map(
                                target -> new Activity.Repost(post.id(), post.author(), post.published(), target))
                        .orElseGet(() -> new Activity.Publish(event.id(), post.published(), post)));
    }

    private static Translation<List<Activity>> request(
            Incoming in, NativeEvent event, Instant at, InteractionPolicy.Kind kind) {
        var instrument = in.document().ref("instrument").map(CopyIds::id);
        if (instrument.filter(i -> !Uris.sameOrigin(i.value(), in.actor())).isPresent()) {
            return Translation.malformed("instrument", "somebody asks about what is not on their own host");
        }
        return target(
                in,
                t -> new Activity.InteractionRequest(
                        event.id(), event.author(), at, kind, ObjectRef.of(t), instrument));
    }

    private static Translation<List<Activity>> post(
            Incoming in, NativeEvent event, Resolved resolved, Function<Post, Activity> made) {
        var note = in.object();
        if (note.isEmpty()) {
            return Translation.malformed("object", "the note itself is missing");
        }
        return switch (NoteReader.read(in, note.get(), resolved, event.receivedAt())) {
            case Translation.Translated<Post>(Post post, var losses) ->
                Translation.of(List.of(made.apply(post)), losses);
            case Translation.Skipped<Post>(String reason) -> Translation.skipped(reason);
            case Translation.Malformed<Post>(String field, String detail) -> Translation.malformed(field, detail);
        };
    }

    private static Translation<List<Activity>> update(Incoming in, NativeEvent event, Resolved resolved, Instant at) {
        var object = in.object();
        if (object.isPresent() && Actor.looksLike(object.get())) {
            return switch (Actor.read(object.get())) {
                case Reading.Read<Actor>(Actor actor) -> {
                    List<Loss> losses = new ArrayList<>();
                    var shown = ProfileReader.read(actor, losses);
                    yield Translation.of(List.of(new Activity.ProfileUpdate(event.id(), at, shown)), losses);
                }
                case Reading.Unreadable<Actor>(String field, String detail) ->
                    Translation.malformed("object." + field, detail);
            };
        }
        // Without it nobody edited the words: a permission or a policy changed, which is as old as the post.
        // A poll whose words changed after its end is edited; before it, that edit came by itself.
        Optional<Instant> edited = object.flatMap(o -> o.instant("updated"));
        return post(
                in,
                event,
                resolved,
                p -> p.poll()
                        .flatMap(Poll::closed)
                        .filter(end -> edited.filter(end::isBefore).isEmpty())
                        .<Activity>map(end -> new Activity.Tally(event.id(), end, p))
                        .orElseGet(() -> new Activity.Edit(event.id(), edited.orElse(p.published()), p)));
    }

    private static Translation<List<Activity>> answer(Incoming in, NativeEvent event, Resolved resolved, Instant at) {
        var request = in.object().filter(o -> o.isA("QuoteRequest"));
        if (request.isPresent()) {
            return answered(in, request.get(), event, at);
        }
        var allowed = in.object().filter(o -> o.isA("Like", "EmojiReact", "Announce") || NoteReader.looksLike(o));
        if (allowed.isPresent()) {
            return allowed(in, allowed.get(), event, at);
        }
        var follow = in.objectId().map(CopyIds::id);
        if (follow.isEmpty()) {
            return Translation.malformed("object", "it does not say which follow it answers");
        }
        var follower = in.object()
                .flatMap(f -> f.ref("actor"))
                .map(CopyIds::id)
                .or(() -> Optional.ofNullable(resolved.follows().get(follow.get()))
                        .map(Follows.Edge::follower));
        if (follower.isEmpty()) {
            return Translation.skipped("an answer to a follow nobody here asked for");
        }
        boolean accepted = in.type().equals("Accept");
        return one(new Activity.FollowAnswer(event.id(), event.author(), at, follow.get(), follower.get(), accepted));
    }

    /// Somebody says whether one of ours may quote them. A stamp counts only on the host of who gives it.
    private static Translation<List<Activity>> answered(Incoming in, As2 request, NativeEvent event, Instant at) {
        var id = request.id().map(CopyIds::id);
        var asker = request.ref("actor").map(CopyIds::id);
        var target = request.ref("object").map(CopyIds::id);
        var instrument = request.ref("instrument").map(CopyIds::id);
        if (id.isEmpty() || asker.isEmpty() || target.isEmpty() || instrument.isEmpty()) {
            return Translation.malformed("object", "it does not say what was asked");
        }
        var stamp = in.document().ref("result").filter(s -> Uris.sameOrigin(s, in.actor()));
        return one(new Activity.InteractionAnswer(
                event.id(),
                event.author(),
                at,
                id.get(),
                asker.get(),
                InteractionPolicy.Kind.QUOTE,
                ObjectRef.of(target.get()),
                instrument,
                in.type().equals("Accept"),
                stamp.map(CopyIds::id)));
    }

    /// Somebody allows an answer, a like or an announce of ours by naming it. Without a stamp the answer is one.
    private static Translation<List<Activity>> allowed(Incoming in, As2 allowed, NativeEvent event, Instant at) {
        boolean note = NoteReader.looksLike(allowed);
        var kind = note
                ? InteractionPolicy.Kind.REPLY
                : allowed.isA("Announce") ? InteractionPolicy.Kind.REPOST : InteractionPolicy.Kind.LIKE;
        var id = allowed.id().map(CopyIds::id);
        var actor = NoteReader.author(allowed).map(CopyIds::id);
        var target = allowed.ref(note ? "inReplyTo" : "object").map(CopyIds::id);
        if (id.isEmpty() || actor.isEmpty() || target.isEmpty()) {
            return Translation.skipped(in.type() + " of " + allowed.type() + " does not cross");
        }
        var stamp = in.document().ref("result").filter(s -> Uris.sameOrigin(s, in.actor()));
        return one(new Activity.InteractionAnswer(
                event.id(),
                event.author(),
                at,
                id.get(),
                actor.get(),
                kind,
                ObjectRef.of(target.get()),
                id,
                in.type().equals("Accept"),
                stamp.map(CopyIds::id).or(() -> Optional.of(event.id()))));
    }

    private static Translation<List<Activity>> undo(Incoming in, NativeEvent event, Resolved resolved, Instant at) {
        var inner = in.object();
        var undone = in.innerId().map(CopyIds::id);
        if (undone.isEmpty()) {
            return Translation.malformed("object", "it does not say what is undone");
        }
        var target = inner.flatMap(i -> i.ref("object")).map(CopyIds::id);
        return switch (inner.map(As2::type).orElse("")) {
            case "Follow" -> unfollow(event, at, target, undone);
            case "Block" ->
                target.map(t -> one(new Activity.Unblock(event.id(), event.author(), at, t)))
                        .orElseGet(() -> Translation.malformed("object.object", "missing"));
            case "Like", "EmojiReact", "Announce" ->
                one(new Activity.Delete(event.id(), event.author(), at, undone.get()));
            case "" -> bareUndo(event, resolved, at, undone.get());
            default -> Translation.skipped("Undo of " + inner.get().type() + " does not cross");
        };
    }

    /// Only an id says what is undone: a follow or a block if we know one by it, else something that has a copy.
    private static Translation<List<Activity>> bareUndo(
            NativeEvent event, Resolved resolved, Instant at, NativeId undone) {
        var edge = Optional.ofNullable(resolved.follows().get(undone));
        var blocked = Optional.ofNullable(resolved.blocks().get(undone));
        if (blocked.isPresent()) {
            return one(new Activity.Unblock(event.id(), event.author(), at, blocked.get()));
        }
        return edge.isPresent()
                ? unfollow(event, at, edge.map(Follows.Edge::followed), Optional.of(undone))
                : one(new Activity.Delete(event.id(), event.author(), at, undone));
    }

    private static Translation<List<Activity>> unfollow(
            NativeEvent event, Instant at, Optional<NativeId> target, Optional<NativeId> follow) {
        return target.map(t -> one(new Activity.Unfollow(event.id(), event.author(), at, t, follow)))
                .orElseGet(() -> Translation.malformed("object.object", "it does not say who is unfollowed"));
    }

    /// The emoji of a reaction, as Pleroma and Misskey write it; none for a plain like.
    private static Optional<String> emoji(Incoming in) {
        return in.document()
                .text("content")
                .or(() -> in.document().text("_misskey_reaction"))
                .map(String::strip)
                .map(e -> e.length() > 2 && e.startsWith(":") && e.endsWith(":") ? ":" + EmojiTags.bare(e) + ":" : e)
                .filter(Emoji::isReaction);
    }

    private static Optional<CustomEmoji> picture(Incoming in) {
        return emoji(in)
                .flatMap(shown -> EmojiTags.read(in.document()).stream()
                        .filter(e -> e.written().equals(shown))
                        .findFirst());
    }

    private static Translation<List<Activity>> target(Incoming in, Function<NativeId, Activity> made) {
        return in.objectId()
                .map(CopyIds::id)
                .map(t -> one(made.apply(t)))
                .orElseGet(() -> Translation.malformed("object", in.type() + " needs an object with an http id"));
    }

    private static Translation<List<Activity>> one(Activity activity) {
        return Translation.of(List.of(activity));
    }
}
