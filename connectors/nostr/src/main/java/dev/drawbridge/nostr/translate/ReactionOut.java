package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Likes and emoji as kind 7 ([NIP-25](https://nips.nostr.com/25)), reposts as kind 6
/// ([NIP-18](https://nips.nostr.com/18)).
final class ReactionOut {
    private ReactionOut() {}

    static Translation<NativeDraft> react(Activity.React react, Outbound out) {
        List<Loss> losses = new ArrayList<>();
        String content = react.emoji().map(e -> emoji(e, losses)).orElse("+");
        return about(react, react.target(), Kind.REACTION, content, out, losses);
    }

    static Translation<NativeDraft> repost(Activity.Repost repost, Outbound out) {
        return about(repost, repost.target(), Kind.REPOST, "", out, List.of());
    }

    private static String emoji(String emoji, List<Loss> losses) {
        String clean = BridgedText.clean(emoji).strip();
        if (clean.isEmpty() || clean.startsWith(":")) {
            losses.add(new Loss("emoji", emoji + " became a like"));
            return "+";
        }
        return clean;
    }

    private static Translation<NativeDraft> about(
            Activity activity, ObjectRef target, int kind, String content, Outbound out, List<Loss> losses) {
        Optional<Resolved.Post> post = out.resolved().object(target.id());
        Optional<ObjectRef> here = post.flatMap(Resolved.Post::here);
        if (here.isEmpty()) {
            return Translation.skipped("the post it is about is not on Nostr");
        }
        List<Tag> tags = new ArrayList<>();
        String hint = out.marks().relayHint(post.get().original());
        tags.add(Tag.of("e", here.get().id().value(), hint));
        post.get().authorHere().map(NativeId::value).ifPresent(author -> tags.add(Tag.of("p", author)));
        if (kind == Kind.REACTION) {
            tags.add(Tag.of("k", Integer.toString(Kind.NOTE)));
        }
        tags.addAll(out.marks().of(Outbound.source(activity, activity.author())));
        var event = new EventTemplate(out.seconds(activity), kind, tags, content);
        return Translation.of(out.speaker(activity).draft(event, new CopyHistory(kind, List.of())), losses);
    }
}
