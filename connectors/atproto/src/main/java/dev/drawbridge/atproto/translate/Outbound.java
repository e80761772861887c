package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// From the canonical model to writes to a ghost's repository.
final class Outbound {
    private Outbound() {}

    /// @param editWindow how long after it was written a post can be replaced
    static Translation<NativeDraft> draft(Activity activity, Resolved resolved, Duration editWindow) {
        List<Loss> losses = new ArrayList<>();
        Optional<NativeId> ghost = here(activity.author(), resolved);
        NativeDraft draft = switch (activity) {
            case Activity.Publish publish when Letter.is(publish.post()) -> Letter.draft(publish, resolved);
            case Activity.Publish publish ->
                post(ghost, Slot.first(publish.post()), publish.post(), false, resolved, losses);
            case Activity.Edit edit -> edited(ghost, edit, resolved, editWindow, losses);
            case Activity.Tally tally -> counted(ghost, tally, resolved, losses);
            case Activity.Delete delete -> delete(ghost, copyOf(delete, resolved));
            case Activity.DeleteAccount _ -> new NativeDraft(ghost, Optional.empty(), List.of(Writes.closed()));
            case Activity.React react -> {
                react.emoji().ifPresent(emoji -> losses.add(new Loss("emoji", emoji + " becomes a like")));
                yield copy(ghost, keyOf(react), about(Lexicons.LIKE, react.target(), react.at(), resolved), losses);
            }
            case Activity.Repost repost ->
                copy(ghost, keyOf(repost), about(Lexicons.REPOST, repost.target(), repost.at(), resolved), losses);
            case Activity.Follow follow ->
                relation(ghost, Lexicons.FOLLOW, follow, subject(follow.target(), resolved), losses);
            case Activity.Unfollow unfollow ->
                delete(ghost, List.of(relationPath(Lexicons.FOLLOW, unfollow, subject(unfollow.target(), resolved))));
            case Activity.Block block ->
                relation(ghost, Lexicons.BLOCK, block, subject(block.target(), resolved), losses);
            case Activity.Unblock unblock ->
                delete(ghost, List.of(relationPath(Lexicons.BLOCK, unblock, subject(unblock.target(), resolved))));
            case Activity.ProfileUpdate update -> profile(ghost, update, resolved, losses);
            case Activity.Pin pin -> pinned(ghost, pin, resolved);
            case Activity.FollowAnswer _,
                    Activity.Report _,
                    Activity.Move _,
                    Activity.InteractionRequest _,
                    Activity.InteractionAnswer _,
                    Activity.Vote _ -> throw new Uncrossable(whyNot(activity));
        };
        return Translation.of(draft, losses);
    }

    private static NativeDraft profile(
            Optional<NativeId> ghost, Activity.ProfileUpdate update, Resolved resolved, List<Loss> losses) {
        ObjectNode record = ProfileRecords.write(update.profile(), resolved, losses);
        return state(ghost, path(Lexicons.PROFILE, new RecordKey(Lexicons.SELF)), record, losses);
    }

    /// Only what comes first changes: what the person says about themselves is not known here.
    private static NativeDraft pinned(Optional<NativeId> ghost, Activity.Pin pin, Resolved resolved) {
        Optional<ObjectRef> first =
                resolved.objectHere(pin.target()).filter(_ -> pin.pinned()).filter(ProfileRecords::canBeFirst);
        if (pin.pinned() && first.isEmpty()) {
            throw new Uncrossable("what is put first is not here");
        }
        RepoPath profile = path(Lexicons.PROFILE, new RecordKey(Lexicons.SELF));
        String change = Writes.change(profile, ProfileRecords.FIRST, first.map(StrongRefs::write));
        return new NativeDraft(ghost, Optional.empty(), List.of(change));
    }

    private static NativeDraft edited(
            Optional<NativeId> ghost, Activity.Edit edit, Resolved resolved, Duration editWindow, List<Loss> losses) {
        return post(ghost, Slot.edited(edit, ghost, resolved, editWindow, losses), edit.post(), true, resolved, losses);
    }

    /// Readers do not read a record again, and every version of it is a commit that all relays carry on: it changes
    /// once.
    private static NativeDraft counted(
            Optional<NativeId> ghost, Activity.Tally tally, Resolved resolved, List<Loss> losses) {
        if (!tally.hasEnded()) {
            throw new Uncrossable("what is counted while people vote stands at the original");
        }
        return post(ghost, Slot.again(tally.post(), resolved), tally.post(), true, resolved, losses);
    }

    private static String whyNot(Activity activity) {
        return switch (activity) {
            case Activity.FollowAnswer _ -> "follows need no answer on this network";
            case Activity.Report _ -> "its moderation is not asked yet: tell it yourself";
            case Activity.Move _ -> "this network has no notice for a move";
            case Activity.Vote _ -> "this network has no polls";
            default -> "nobody asks for permission on this network";
        };
    }

    private static NativeDraft post(
            Optional<NativeId> ghost, Slot slot, Post post, boolean edit, Resolved resolved, List<Loss> losses) {
        if (post.visibility() == Visibility.FOLLOWERS || post.visibility() == Visibility.DIRECT) {
            throw new Uncrossable("everything on this network is public");
        }
        return PostDraft.of(ghost, slot, post, edit, resolved, losses);
    }

    private static RepoPath keyOf(Activity.React react) {
        return path(Lexicons.LIKE, RecordKeys.of(react.at(), react.id()));
    }

    private static RepoPath keyOf(Activity.Repost repost) {
        return path(Lexicons.REPOST, RecordKeys.of(repost.at(), repost.id()));
    }

    /// Everything the copy consists of.
    private static List<RepoPath> copyOf(Activity.Delete delete, Resolved resolved) {
        RepoPath copy = resolved.objectHere(delete.target())
                .flatMap(here -> Writes.path(here.id()))
                .orElseThrow(() -> new Uncrossable("there is no copy here to take back"));
        Set<NativeId> parts =
                resolved.object(delete.target()).map(Resolved.Post::parts).orElse(Set.of());
        return Stream.concat(Stream.of(copy), parts.stream().sorted().flatMap(part -> Writes.path(part).stream()))
                .distinct()
                .toList();
    }

    private static ObjectNode about(String collection, ObjectRef target, Instant at, Resolved resolved) {
        ObjectRef here = resolved.objectHere(target.id())
                .orElseThrow(() -> new Uncrossable("it is about something that is not on this network"));
        ObjectNode record = typed(collection);
        record.set("subject", StrongRefs.write(here));
        return record.put("createdAt", Times.text(at));
    }

    private static NativeId subject(NativeId person, Resolved resolved) {
        return here(person, resolved)
                .orElseThrow(() -> new Uncrossable("it is about somebody who is not on this network"));
    }

    private static NativeDraft relation(
            Optional<NativeId> ghost, String collection, Activity activity, NativeId subject, List<Loss> losses) {
        ObjectNode record =
                typed(collection).put("subject", subject.value()).put("createdAt", Times.text(activity.at()));
        return state(ghost, relationPath(collection, activity, subject), record, losses);
    }

    private static RepoPath relationPath(String collection, Activity activity, NativeId subject) {
        return path(collection, RecordKeys.relation(activity.author(), subject));
    }

    static Optional<NativeId> here(NativeId person, Resolved resolved) {
        return resolved.actorHere(person)
                .or(() -> Optional.of(person))
                .filter(id -> id.network().equals(Network.ATPROTO)
                        && Did.tryParse(id.value()).isPresent());
    }

    /// A copy of one original, which others may refer to.
    private static NativeDraft copy(Optional<NativeId> ghost, RepoPath path, ObjectNode record, List<Loss> losses) {
        Optional<ObjectRef> copy = ghost.map(did -> ObjectRef.of(Writes.uri(did, path)));
        return new NativeDraft(ghost, copy, List.of(write(path, record, losses)));
    }

    /// A record that is one and the same for many activities: a profile, a follow that comes and goes.
    private static NativeDraft state(Optional<NativeId> ghost, RepoPath path, ObjectNode record, List<Loss> losses) {
        return new NativeDraft(ghost, Optional.empty(), List.of(write(path, record, losses)));
    }

    private static String write(RepoPath path, ObjectNode record, List<Loss> losses) {
        return Writes.put(path, RecordRepair.mend(path, record, losses));
    }

    private static NativeDraft delete(Optional<NativeId> ghost, List<RepoPath> paths) {
        return new NativeDraft(
                ghost, Optional.empty(), paths.stream().map(Writes::delete).toList());
    }

    private static RepoPath path(String collection, RecordKey key) {
        return new RepoPath(new Nsid(collection), key);
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("$type", type);
    }
}
