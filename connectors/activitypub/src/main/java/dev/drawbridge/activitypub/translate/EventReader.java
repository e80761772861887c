package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Audience;
import dev.drawbridge.activitypub.object.Audience.Reach;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.spi.EventBody;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NativeEvent.Kind;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.stream.Stream;

/// Sees what an activity is about, as far as the consent gate has to know.
final class EventReader {
    private final CopyIds ids;

    EventReader(CopyIds ids) {
        this.ids = ids;
    }

    Translation<NativeEvent> read(Incoming in, EventBody body, Instant receivedAt) {
        var mark = BridgeMarks.of(in, ids);
        if (mark.isPresent()) {
            return Translation.skipped(mark.get());
        }
        return switch (in.type()) {
            case "Create" -> post(in, body, receivedAt, Kind.POST);
            case "Update" -> update(in, body, receivedAt);
            case "Delete" ->
                aimed(
                        in,
                        body,
                        receivedAt,
                        in.objectId().filter(in.actor()::equals).isPresent() ? Kind.DELETE_ACCOUNT : Kind.DELETE);
            case "Follow" -> aimed(in, body, receivedAt, Kind.FOLLOW);
            case "Block" -> aimed(in, body, receivedAt, Kind.BLOCK);
            case "Like", "EmojiReact" -> aimed(in, body, receivedAt, Kind.REACTION);
            case "Announce" -> announce(in, body, receivedAt);
            case "Accept", "Reject" -> answer(in, body, receivedAt);
            case "Undo" -> undo(in, body, receivedAt);
            case "Flag" -> event(in, body, receivedAt, Kind.REPORT, in.document().refs("object").stream());
            case "Move" -> move(in, body, receivedAt);
            case "Add", "Remove" -> pin(in, body, receivedAt);
            case "QuoteRequest", "LikeRequest", "ReplyRequest", "AnnounceRequest" ->
                aimed(in, body, receivedAt, Kind.REQUEST);
            default -> Translation.skipped(in.type() + " does not cross");
        };
    }

    private Translation<NativeEvent> post(Incoming in, EventBody body, Instant receivedAt, Kind kind) {
        var object = in.object();
        if (object.isEmpty()) {
            return aimed(in, body, receivedAt, kind);
        }
        As2 note = object.get();
        if (kind == Kind.POST && note.isA("ChatMessage")) {
            return message(in, note, receivedAt);
        }
        if (!NoteReader.looksLike(note)) {
            return Translation.skipped(note.type() + " does not cross");
        }
        if (kind == Kind.POST && Ballot.isVote(note)) {
            return event(in, body, receivedAt, Kind.REACTION, Ballot.polls(in).stream());
        }
        if (kind == Kind.EDIT
                && note.isA("Question")
                && !note.has("updated")
                && !PollReader.hasEnded(note, receivedAt)) {
            return Translation.skipped("nothing but the counters of a poll changed");
        }
        Reach reach = Audience.of(in.document(), note).reach(in.actor());
        if (reach == Reach.DIRECT && kind == Kind.POST) {
            return message(in, note, receivedAt);
        }
        if (note.flag("bridgeable").filter(b -> !b).isPresent()) {
            return Translation.skipped("it says that it must not be bridged");
        }
        if (reach == Reach.FOLLOWERS || reach == Reach.DIRECT) {
            return Translation.skipped("not public");
        }
        var names = new LinkedHashSet<String>();
        note.id().ifPresent(names::add);
        note.ref("inReplyTo").ifPresent(names::add);
        NoteTags.of(note).mentions().forEach(m -> names.add(m.href()));
        return event(in, body, receivedAt, kind, names.stream());
    }

    private Translation<NativeEvent> message(Incoming in, As2 note, Instant receivedAt) {
        var ours = BotMessage.addressees(in, note, ids);
        if (ours.isEmpty()) {
            return Translation.skipped("not public");
        }
        Instant said = note.instant("published").orElse(receivedAt);
        return Told.sent(BotMessage.command(note), said, receivedAt)
                .map(told -> event(in, EventBody.of(told.body()), receivedAt, Kind.COMMAND, ours.stream()))
                .orElseGet(() -> Translation.skipped("said to a bot more than a week ago, or in the future"));
    }

    private Translation<NativeEvent> update(Incoming in, EventBody body, Instant receivedAt) {
        boolean actor = in.object().filter(Actor::looksLike).isPresent()
                || in.objectId().filter(in.actor()::equals).isPresent();
        if (!actor) {
            return post(in, body, receivedAt, Kind.EDIT);
        }
        return in.objectId().filter(in.actor()::equals).isPresent()
                ? aimed(in, body, receivedAt, Kind.PROFILE)
                : Translation.malformed("object", "an actor updates itself and nobody else");
    }

    private Translation<NativeEvent> announce(Incoming in, EventBody body, Instant receivedAt) {
        var wrapped = GroupAnnounce.read(in.document());
        if (wrapped.isPresent()) {
            return Translation.skipped("passed on by a group: to be confirmed at its origin, "
                    + wrapped.get().confirmAt());
        }
        if (in.object().filter(o -> o.has("object")).isPresent()) {
            return Translation.skipped(
                    "an announce of an activity: " + in.object().get().type());
        }
        Reach reach = Audience.of(in.document()).reach(in.actor());
        return reach == Reach.FOLLOWERS || reach == Reach.DIRECT
                ? Translation.skipped("not public")
                : aimed(in, body, receivedAt, Kind.REPOST);
    }

    private Translation<NativeEvent> move(Incoming in, EventBody body, Instant receivedAt) {
        if (in.objectId().filter(in.actor()::equals).isEmpty()) {
            return Translation.malformed("object", "an actor moves itself and nobody else");
        }
        var target = in.document().ref("target").filter(t -> Uris.isHttp(t));
        return target.isEmpty()
                ? Translation.malformed("target", "it does not say where to")
                : event(in, body, receivedAt, Kind.MOVE, target.stream());
    }

    /// Mastodon tells of pinned posts by adding them to a collection of their author.
    private Translation<NativeEvent> pin(Incoming in, EventBody body, Instant receivedAt) {
        boolean own = in.document()
                .ref("target")
                .filter(t -> t.startsWith(in.actor()) || t.contains("featured"))
                .filter(t -> Uris.sameOrigin(t, in.actor()))
                .isPresent();
        boolean post = in.objectId().filter(o -> Uris.sameOrigin(o, in.actor())).isPresent();
        return own && post && in.object().filter(o -> o.isA("Hashtag")).isEmpty()
                ? aimed(in, body, receivedAt, Kind.OTHER)
                : Translation.skipped(in.type() + " to something else than the author's pinned posts");
    }

    private Translation<NativeEvent> answer(Incoming in, EventBody body, Instant receivedAt) {
        var inner = in.object();
        if (inner.filter(i -> i.isA("QuoteRequest") || isOurs(i)).isPresent()) {
            return aimed(in, body, receivedAt, Kind.OTHER);
        }
        if (inner.isPresent() && !inner.get().isA("Follow")) {
            return Translation.skipped(in.type() + " of " + inner.get().type() + " does not cross");
        }
        var follower = inner.flatMap(f -> f.ref("actor"));
        return event(
                in, body, receivedAt, Kind.FOLLOW_ANSWER, Stream.concat(in.objectId().stream(), follower.stream()));
    }

    private Translation<NativeEvent> undo(Incoming in, EventBody body, Instant receivedAt) {
        var inner = in.object();
        if (inner.flatMap(i -> i.ref("actor"))
                .filter(a -> !a.equals(in.actor()))
                .isPresent()) {
            return Translation.malformed("object.actor", "somebody else did what is undone");
        }
        var named = Stream.concat(in.innerId().stream(), inner.flatMap(i -> i.ref("object")).stream());
        return switch (inner.map(As2::type).orElse("")) {
            case "", "Follow" -> event(in, body, receivedAt, Kind.UNFOLLOW, named);
            case "Like", "EmojiReact", "Announce" -> event(in, body, receivedAt, Kind.DELETE, in.innerId().stream());
            case "Block" -> event(in, body, receivedAt, Kind.DELETE, named);
            default -> Translation.skipped("Undo of " + inner.get().type() + " does not cross");
        };
    }

    /// GoToSocial names what it allows instead of a request for it.
    private boolean isOurs(As2 allowed) {
        boolean reaction = allowed.isA("Like", "EmojiReact", "Announce");
        return (reaction || NoteReader.looksLike(allowed))
                && allowed.id().filter(ids::ours).isPresent();
    }

    /// An activity about one object that needs no more than its id.
    private Translation<NativeEvent> aimed(Incoming in, EventBody body, Instant receivedAt, Kind kind) {
        return event(in, body, receivedAt, kind, in.objectId().stream());
    }

    private static Translation<NativeEvent> event(
            Incoming in, EventBody body, Instant receivedAt, Kind kind, Stream<String> names) {
        var named = names.filter(n -> !n.isBlank()).map(CopyIds::id).collect(java.util.stream.Collectors.toSet());
        if (named.isEmpty()) {
            return Translation.malformed("object", in.type() + " needs an object with an http id");
        }
        return Translation.of(
                new NativeEvent(CopyIds.id(in.id()), CopyIds.id(in.actor()), kind, named, body, receivedAt));
    }
}
