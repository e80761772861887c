package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.CustomEmoji;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.NativeDraft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Canonical activities become activities of this network.
final class ActivityWriter {
    /// Emoji that say no more than a like: written as a like that shows them, so that servers without reactions count
    /// it. All others are [EmojiReact](https://codeberg.org/fediverse/fep/src/branch/main/fep/c0e0/fep-c0e0.md).
    private static final Set<String> HEARTS =
            Set.of("❤", "❤️", "♥", "♥️", "👍", "⭐", "🩷", "🧡", "💛", "💚", "💙", "💜");

    private final Speaker speaker;
    private final CopyIds ids;
    private final Envelope envelope;
    private final InteractionWriter interactions;

    ActivityWriter(Speaker speaker) {
        this.speaker = speaker;
        this.ids = speaker.ids();
        this.envelope = new Envelope(speaker);
        this.interactions = new InteractionWriter(speaker);
    }

    Translation<NativeDraft> write(Activity activity) {
        return switch (activity) {
            case Activity.Publish p -> note(p, p.post(), "Create", Optional.empty());
            case Activity.Edit e -> note(e, e.post(), "Update", Optional.of(e.at()));
            case Activity.Tally t -> note(t, t.post(), "Update", Optional.empty());
            case Activity.Delete d -> delete(d);
            case Activity.DeleteAccount d -> deleteAccount(d);
            case Activity.React r -> react(r);
            case Activity.Repost r -> announce(r);
            case Activity.Follow f -> follow(f);
            case Activity.Unfollow u -> unfollow(u);
            case Activity.FollowAnswer a -> answer(a);
            case Activity.ProfileUpdate p -> profile(p);
            case Activity.Block b -> block(b);
            case Activity.Unblock u -> unblock(u);
            case Activity.Report r -> report(r);
            case Activity.Move m -> move(m);
            case Activity.Pin p -> interactions.pin(p);
            case Activity.InteractionRequest r -> interactions.request(r);
            case Activity.InteractionAnswer a -> interactions.answer(a);
            case Activity.Vote v -> interactions.vote(v);
        };
    }

    private Translation<NativeDraft> note(Activity activity, Post post, String type, Optional<Instant> edited) {
        boolean letter = post.visibility() == Visibility.DIRECT
                && post.author().network().equals(Network.BRIDGE);
        if (!letter && (post.visibility() == Visibility.FOLLOWERS || post.visibility() == Visibility.DIRECT)) {
            return Translation.skipped("not public");
        }
        var writer = new NoteWriter(post, speaker);
        ObjectNode note = writer.write(edited);
        String subject = ids.note(post.id());
        String id =
                type.equals("Update") ? CopyIds.fragment(subject, "update", activity.id()) : CopyIds.create(subject);
        ObjectNode document = envelope.frame(type, id, activity);
        document.put("published", activity.at().toString());
        document.set("to", note.path("to"));
        document.set("cc", note.path("cc"));
        document.set("object", note);
        // What a bot writes to one person is no copy of anything, and nobody else finds it.
        Optional<String> copy = letter ? Optional.empty() : Optional.of(subject);
        return envelope.draft(activity, copy, document, writer.losses());
    }

    private Translation<NativeDraft> delete(Activity.Delete delete) {
        String gone = speaker.object(delete.target()).orElseGet(() -> ids.note(delete.target()));
        if (ids.isLike(gone) || ids.isAnnounce(gone)) {
            return undo(delete, envelope.inner(ids.isLike(gone) ? "Like" : "Announce", gone, delete.author()));
        }
        ObjectNode document = envelope.frame("Delete", gone + "#delete", delete);
        envelope.toEverybody(document, delete.author(), List.of());
        document.putObject("object").put("id", gone).put("type", "Tombstone");
        return envelope.draft(delete, Optional.empty(), document, List.of());
    }

    private Translation<NativeDraft> deleteAccount(Activity.DeleteAccount delete) {
        String actor = speaker.author(delete.author());
        ObjectNode document = envelope.frame("Delete", CopyIds.fragment(actor, "delete", delete.id()), delete);
        document.putArray("to").add(Vocabulary.PUBLIC);
        document.put("object", actor);
        return envelope.draft(delete, Optional.empty(), document, List.of());
    }

    private Translation<NativeDraft> react(Activity.React react) {
        var target = speaker.object(react.target().id());
        if (target.isEmpty()) {
            return Translation.skipped("what it reacts to is not on ActivityPub");
        }
        var shown =
                react.emoji().filter(e -> !e.startsWith(":") || picture(react).isPresent());
        boolean plain = shown.isEmpty() || HEARTS.contains(shown.get());
        String like = ids.like(react.id());
        ObjectNode document = envelope.frame(plain ? "Like" : "EmojiReact", like, react);
        envelope.authorOf(react.target().id())
                .ifPresent(a -> document.putArray("to").add(a));
        document.put("object", target.get());
        shown.ifPresent(e -> document.put("content", e));
        shown.flatMap(_ -> picture(react)).ifPresent(p -> AttachmentWriter.emoji(p, document.putArray("tag")));
        List<Loss> losses = react.emoji().isPresent() && shown.isEmpty()
                ? List.of(new Loss("emoji", react.emoji().get() + " became a plain like"))
                : List.of();
        return envelope.draft(react, Optional.of(like), document, losses);
    }

    private static Optional<CustomEmoji> picture(Activity.React react) {
        return react.picture()
                .filter(p -> react.emoji().filter(p.written()::equals).isPresent());
    }

    private Translation<NativeDraft> announce(Activity.Repost repost) {
        var target = speaker.object(repost.target().id());
        if (target.isEmpty()) {
            return Translation.skipped("what it reposts is not on ActivityPub");
        }
        String share = ids.announce(repost.id());
        ObjectNode document = envelope.frame("Announce", share, repost);
        document.put("published", repost.at().toString());
        envelope.toEverybody(
                document,
                repost.author(),
                envelope.authorOf(repost.target().id()).stream().toList());
        document.put("object", target.get());
        return envelope.draft(repost, Optional.of(share), document, List.of());
    }

    private Translation<NativeDraft> follow(Activity.Follow follow) {
        var target = speaker.person(follow.target());
        if (target.isEmpty()) {
            return Translation.skipped("who is followed is not on ActivityPub");
        }
        String id = ids.follow(follow.id());
        ObjectNode document = envelope.frame("Follow", id, follow);
        document.putArray("to").add(target.get());
        document.put("object", target.get());
        return envelope.draft(follow, Optional.of(id), document, List.of());
    }

    private Translation<NativeDraft> unfollow(Activity.Unfollow unfollow) {
        var target = speaker.person(unfollow.target());
        if (target.isEmpty()) {
            return Translation.skipped("who is unfollowed is not on ActivityPub");
        }
        ObjectNode follow =
                envelope.inner("Follow", ids.follow(unfollow.follow().orElse(unfollow.id())), unfollow.author());
        return undo(unfollow, follow.put("object", target.get()));
    }

    private Translation<NativeDraft> answer(Activity.FollowAnswer answer) {
        var follower = speaker.person(answer.follower());
        if (follower.isEmpty()) {
            return Translation.skipped("who asked to follow is not on ActivityPub");
        }
        String what = answer.accepted() ? "accept" : "reject";
        String id = CopyIds.fragment(speaker.author(answer.author()), what, answer.id());
        ObjectNode document = envelope.frame(answer.accepted() ? "Accept" : "Reject", id, answer);
        document.putArray("to").add(follower.get());
        // Whole, because some servers do not know a follow by its id alone.
        document.putObject("object")
                .put("id", answer.follow().value())
                .put("type", "Follow")
                .put("actor", follower.get())
                .put("object", speaker.author(answer.author()));
        return envelope.draft(answer, Optional.empty(), document, List.of());
    }

    private Translation<NativeDraft> profile(Activity.ProfileUpdate update) {
        String actor = speaker.author(update.author());
        ObjectNode document = envelope.frame("Update", CopyIds.fragment(actor, "update", update.id()), update);
        envelope.toEverybody(document, update.author(), List.of());
        document.set("object", PersonWriter.write(update.profile(), actor, speaker));
        // Collections are told of by themselves.
        int pins = update.profile().pins().map(List::size).orElse(0);
        List<Loss> losses = pins == 0 ? List.of() : List.of(new Loss("pins", "not said with the profile: " + pins));
        return envelope.draft(update, Optional.empty(), document, losses);
    }

    /// To the server of whom it is about, and nobody else. The words are for its moderators.
    private Translation<NativeDraft> report(Activity.Report report) {
        var target = speaker.person(report.target());
        if (target.isEmpty()) {
            return Translation.skipped("who is complained about is not on ActivityPub");
        }
        String id = CopyIds.fragment(speaker.author(report.author()), "flag", report.id());
        ObjectNode document = envelope.frame("Flag", id, report);
        document.putArray("to").add(target.get());
        var about = document.putArray("object").add(target.get());
        report.about().flatMap(speaker::object).ifPresent(about::add);
        document.put("content", report.reason()).put("mediaType", "text/plain");
        return envelope.draft(report, Optional.of(id), document, List.of());
    }

    private Translation<NativeDraft> move(Activity.Move move) {
        var target = speaker.person(move.target());
        if (target.isEmpty()) {
            return Translation.skipped("the account moved to is not on ActivityPub");
        }
        String actor = speaker.author(move.author());
        ObjectNode document = envelope.frame("Move", CopyIds.fragment(actor, "move", move.id()), move);
        envelope.toEverybody(document, move.author(), List.of());
        document.put("object", actor).put("target", target.get());
        return envelope.draft(move, Optional.empty(), document, List.of());
    }

    private Translation<NativeDraft> block(Activity.Block block) {
        var target = speaker.person(block.target());
        return target.map(t -> envelope.draft(block, Optional.empty(), blocking(block, t), List.of()))
                .orElseGet(() -> Translation.skipped("who is blocked is not on ActivityPub"));
    }

    private ObjectNode blocking(Activity.Block block, String target) {
        ObjectNode document = envelope.frame("Block", blockId(block.author(), block.target()), block);
        document.putArray("to").add(target);
        return document.put("object", target);
    }

    private Translation<NativeDraft> unblock(Activity.Unblock unblock) {
        var target = speaker.person(unblock.target());
        if (target.isEmpty()) {
            return Translation.skipped("who is no longer blocked is not on ActivityPub");
        }
        ObjectNode block = envelope.inner("Block", blockId(unblock.author(), unblock.target()), unblock.author());
        return undo(unblock, block.put("object", target.get()));
    }

    /// An unblock names no block, so a block is named after the two people.
    private String blockId(NativeId author, NativeId target) {
        return CopyIds.fragment(speaker.author(author), "block", target);
    }

    private Translation<NativeDraft> undo(Activity activity, ObjectNode undone) {
        String id = CopyIds.fragment(undone.path("id").asString(), "undo", activity.id());
        ObjectNode document = envelope.frame("Undo", id, activity);
        if (undone.has("object")) {
            document.putArray("to").add(undone.path("object").asString());
        }
        document.set("object", undone);
        return envelope.draft(activity, Optional.empty(), document, List.of());
    }
}
