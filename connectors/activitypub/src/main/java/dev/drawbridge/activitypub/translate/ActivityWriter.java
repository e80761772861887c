package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.translate.NoteWriter.Addressing;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Canonical activities become activities of this network.
final class ActivityWriter {
    private final Speaker speaker;
    private final CopyIds ids;

    ActivityWriter(Speaker speaker) {
        this.speaker = speaker;
        this.ids = speaker.ids();
    }

    Translation<NativeDraft> write(Activity activity) {
        return switch (activity) {
            case Activity.Publish p -> note(p, p.post(), "Create", Optional.empty());
            case Activity.Edit e -> note(e, e.post(), "Update", Optional.of(e.at()));
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
            case Activity.Report _ -> Translation.skipped("reports do not cross yet");
            case Activity.Move _ -> Translation.skipped("moves do not cross yet");
            case Activity.InteractionRequest _ -> Translation.skipped("permission is asked for by the asker");
            case Activity.InteractionAnswer _ -> Translation.skipped("not yet");
            case Activity.Vote _ -> Translation.skipped("votes do not cross yet");
        };
    }

    private Translation<NativeDraft> note(Activity activity, Post post, String type, Optional<Instant> edited) {
        if (post.visibility() == Visibility.FOLLOWERS || post.visibility() == Visibility.DIRECT) {
            return Translation.skipped("not public");
        }
        var writer = new NoteWriter(post, speaker);
        ObjectNode note = writer.write(edited);
        String subject = ids.note(post.id());
        String id = edited.isPresent() ? CopyIds.fragment(subject, "update", activity.id()) : CopyIds.create(subject);
        ObjectNode document = frame(type, id, activity);
        document.put("published", activity.at().toString());
        document.set("to", note.path("to"));
        document.set("cc", note.path("cc"));
        document.set("object", note);
        return draft(activity, Optional.of(subject), document, writer.losses());
    }

    private Translation<NativeDraft> delete(Activity.Delete delete) {
        String gone = speaker.object(delete.target()).orElseGet(() -> ids.note(delete.target()));
        if (ids.isLike(gone) || ids.isAnnounce(gone)) {
            return undo(delete, inner(ids.isLike(gone) ? "Like" : "Announce", gone, delete.author()));
        }
        ObjectNode document = frame("Delete", gone + "#delete", delete);
        toEverybody(document, delete.author(), List.of());
        document.putObject("object").put("id", gone).put("type", "Tombstone");
        return draft(delete, Optional.empty(), document, List.of());
    }

    private Translation<NativeDraft> deleteAccount(Activity.DeleteAccount delete) {
        String actor = speaker.author(delete.author());
        ObjectNode document = frame("Delete", CopyIds.fragment(actor, "delete", delete.id()), delete);
        document.putArray("to").add(Vocabulary.PUBLIC);
        document.put("object", actor);
        return draft(delete, Optional.empty(), document, List.of());
    }

    private Translation<NativeDraft> react(Activity.React react) {
        var target = speaker.object(react.target().id());
        if (target.isEmpty()) {
            return Translation.skipped("what it reacts to is not on ActivityPub");
        }
        var emoji = react.emoji().filter(e -> !e.startsWith(":"));
        String like = ids.like(react.id());
        ObjectNode document = frame(emoji.isPresent() ? "EmojiReact" : "Like", like, react);
        authorOf(react.target().id()).ifPresent(a -> document.putArray("to").add(a));
        document.put("object", target.get());
        emoji.ifPresent(e -> document.put("content", e));
        List<Loss> losses = react.emoji().isPresent() && emoji.isEmpty()
                ? List.of(new Loss("emoji", react.emoji().get() + " became a plain like"))
                : List.of();
        return draft(react, Optional.of(like), document, losses);
    }

    private Translation<NativeDraft> announce(Activity.Repost repost) {
        var target = speaker.object(repost.target().id());
        if (target.isEmpty()) {
            return Translation.skipped("what it reposts is not on ActivityPub");
        }
        String share = ids.announce(repost.id());
        ObjectNode document = frame("Announce", share, repost);
        document.put("published", repost.at().toString());
        toEverybody(
                document,
                repost.author(),
                authorOf(repost.target().id()).stream().toList());
        document.put("object", target.get());
        return draft(repost, Optional.of(share), document, List.of());
    }

    private Translation<NativeDraft> follow(Activity.Follow follow) {
        var target = speaker.person(follow.target());
        if (target.isEmpty()) {
            return Translation.skipped("who is followed is not on ActivityPub");
        }
        String id = ids.follow(follow.id());
        ObjectNode document = frame("Follow", id, follow);
        document.putArray("to").add(target.get());
        document.put("object", target.get());
        return draft(follow, Optional.of(id), document, List.of());
    }

    private Translation<NativeDraft> unfollow(Activity.Unfollow unfollow) {
        var target = speaker.person(unfollow.target());
        if (target.isEmpty()) {
            return Translation.skipped("who is unfollowed is not on ActivityPub");
        }
        ObjectNode follow = inner("Follow", ids.follow(unfollow.follow().orElse(unfollow.id())), unfollow.author());
        return undo(unfollow, follow.put("object", target.get()));
    }

    private Translation<NativeDraft> answer(Activity.FollowAnswer answer) {
        var follower = speaker.person(answer.follower());
        if (follower.isEmpty()) {
            return Translation.skipped("who asked to follow is not on ActivityPub");
        }
        String what = answer.accepted() ? "accept" : "reject";
        String id = CopyIds.fragment(speaker.author(answer.author()), what, answer.id());
        ObjectNode document = frame(answer.accepted() ? "Accept" : "Reject", id, answer);
        document.putArray("to").add(follower.get());
        // Whole, because some servers do not know a follow by its id alone.
        document.putObject("object")
                .put("id", answer.follow().value())
                .put("type", "Follow")
                .put("actor", follower.get())
                .put("object", speaker.author(answer.author()));
        return draft(answer, Optional.empty(), document, List.of());
    }

    private Translation<NativeDraft> profile(Activity.ProfileUpdate update) {
        String actor = speaker.author(update.author());
        ObjectNode document = frame("Update", CopyIds.fragment(actor, "update", update.id()), update);
        toEverybody(document, update.author(), List.of());
        document.set("object", PersonWriter.write(update.profile(), actor, speaker));
        return draft(update, Optional.empty(), document, List.of());
    }

    private Translation<NativeDraft> block(Activity.Block block) {
        var target = speaker.person(block.target());
        return target.map(t -> draft(block, Optional.empty(), blocking(block, t), List.of()))
                .orElseGet(() -> Translation.skipped("who is blocked is not on ActivityPub"));
    }

    private ObjectNode blocking(Activity.Block block, String target) {
        ObjectNode document = frame("Block", blockId(block.author(), block.target()), block);
        document.putArray("to").add(target);
        return document.put("object", target);
    }

    private Translation<NativeDraft> unblock(Activity.Unblock unblock) {
        var target = speaker.person(unblock.target());
        if (target.isEmpty()) {
            return Translation.skipped("who is no longer blocked is not on ActivityPub");
        }
        ObjectNode block = inner("Block", blockId(unblock.author(), unblock.target()), unblock.author());
        return undo(unblock, block.put("object", target.get()));
    }

    /// An unblock names no block, so a block is named after the two people.
    private String blockId(NativeId author, NativeId target) {
        return CopyIds.fragment(speaker.author(author), "block", target);
    }

    private Translation<NativeDraft> undo(Activity activity, ObjectNode undone) {
        String id = CopyIds.fragment(undone.path("id").asString(), "undo", activity.id());
        ObjectNode document = frame("Undo", id, activity);
        if (undone.has("object")) {
            document.putArray("to").add(undone.path("object").asString());
        }
        document.set("object", undone);
        return draft(activity, Optional.empty(), document, List.of());
    }

    private ObjectNode inner(String type, String id, NativeId author) {
        return Documents.object().put("id", id).put("type", type).put("actor", speaker.author(author));
    }

    private ObjectNode frame(String type, String id, Activity activity) {
        ObjectNode document = Documents.object();
        document.set("@context", Contexts.of(type));
        return document.put("id", id).put("type", type).put("actor", speaker.author(activity.author()));
    }

    private void toEverybody(ObjectNode document, NativeId author, List<String> named) {
        Addressing.of(Visibility.PUBLIC, speaker.author(author), named).writeTo(document);
    }

    private Optional<String> authorOf(NativeId object) {
        return speaker.resolved()
                .object(object)
                .flatMap(Resolved.Post::authorHere)
                .map(NativeId::value);
    }

    private Translation<NativeDraft> draft(
            Activity activity, Optional<String> copy, ObjectNode document, List<Loss> losses) {
        return Translation.of(
                new NativeDraft(
                        speaker.ghost(activity.author()),
                        copy.map(c -> ObjectRef.of(CopyIds.id(c))),
                        List.of(Documents.write(document))),
                losses);
    }

    /// The `@context` an activity needs for the words in it.
    private static final class Contexts {
        private Contexts() {}

        static ArrayNode of(String type) {
            ArrayNode context = Documents.object().putArray("@context").add(Vocabulary.CONTEXT);
            switch (type) {
                case "Create", "Update" -> {
                    context.add(Vocabulary.SECURITY);
                    context.addObject()
                            .put("Hashtag", "as:Hashtag")
                            .put("sensitive", "as:sensitive")
                            .put("manuallyApprovesFollowers", "as:manuallyApprovesFollowers")
                            .put("schema", "http://schema.org#")
                            .put("PropertyValue", "schema:PropertyValue")
                            .put("value", "schema:value");
                }
                case "EmojiReact" ->
                    context.addObject()
                            .put("litepub", "http://litepub.social/ns#")
                            .put("EmojiReact", "litepub:EmojiReact");
                default -> {}
            }
            return context;
        }
    }
}
