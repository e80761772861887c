package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
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

/// Likes and emoji as kind 7 ([NIP-25](https://nips.nostr.com/25)), reposts as kind 6, of anything but a note as
/// kind 16 ([NIP-18](https://nips.nostr.com/18)).
final class ReactionOut {
    private ReactionOut() {}

    static Translation<NativeDraft> react(Activity.React react, Outbound out) {
        List<Loss> losses = new ArrayList<>();
        Optional<Tag> picture = react.picture()
                .filter(p -> react.emoji().filter(p.written()::equals).isPresent())
                .flatMap(EmojiTags::write);
        String content = picture.isPresent()
                ? react.emoji().orElseThrow()
                : react.emoji().map(e -> emoji(e, losses)).orElse("+");
        return about(react, react.target(), content, picture, out, losses);
    }

    static Translation<NativeDraft> repost(Activity.Repost repost, Outbound out) {
        return about(repost, repost.target(), "", Optional.empty(), out, List.of());
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
            Activity activity,
            ObjectRef target,
            String content,
            Optional<Tag> picture,
            Outbound out,
            List<Loss> losses) {
        Optional<Resolved.Post> post = out.resolved().object(target.id());
        Optional<Place> place = post.flatMap(p -> p.here().flatMap(ref -> Place.of(ref, p.authorHere())));
        if (place.isEmpty()) {
            return Translation.skipped("the post it is about is not on Nostr");
        }
        boolean reaction = activity instanceof Activity.React;
        int kind = reaction ? Kind.REACTION : place.get().isNote() ? Kind.REPOST : Kind.GENERIC_REPOST;
        List<Tag> tags = new ArrayList<>();
        tags.add(place.get().tag('e', out.marks().relayHint(post.get().original())));
        place.get().author().ifPresent(author -> tags.add(Tag.of("p", author.hex())));
        if (kind != Kind.REPOST) {
            tags.add(Tag.of("k", Integer.toString(place.get().kind())));
        }
        picture.ifPresent(tags::add);
        tags.addAll(out.marks().of(Outbound.source(activity, activity.author())));
        var event = new EventTemplate(out.seconds(activity), kind, tags, content);
        return Translation.of(out.speaker(activity).draft(event, CopyHistory.fresh(event)), losses);
    }
}
