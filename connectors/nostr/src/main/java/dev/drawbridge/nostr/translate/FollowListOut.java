package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The whole follow list of a ghost as kind 3 ([NIP-02](https://nips.nostr.com/2)), each time somebody joins or leaves
/// it. Its time is when the bridge heard of the change, so that the latest list wins.
final class FollowListOut {
    private FollowListOut() {}

    static Translation<NativeDraft> follow(Activity.Follow follow, Outbound out) {
        Optional<NativeId> target = out.resolved().actorHere(follow.target());
        if (target.isEmpty()) {
            return Translation.skipped("the followed person is not on Nostr");
        }
        TreeSet<NativeId> list = new TreeSet<>(out.resolved().authorFollows());
        list.add(target.get());
        return list(follow, list, out);
    }

    static Translation<NativeDraft> unfollow(Activity.Unfollow unfollow, Outbound out) {
        TreeSet<NativeId> list = new TreeSet<>(out.resolved().authorFollows());
        out.resolved().actorHere(unfollow.target()).ifPresent(list::remove);
        return list(unfollow, list, out);
    }

    private static Translation<NativeDraft> list(Activity activity, TreeSet<NativeId> list, Outbound out) {
        List<Tag> tags = new ArrayList<>();
        list.stream()
                .flatMap(id -> PublicKey.tryParse(id.value()).stream())
                .forEach(key -> tags.add(Tag.of("p", key.hex())));
        tags.addAll(out.marks().of(activity.author()));
        var event = new EventTemplate(out.seconds(), Kind.FOLLOWS, tags, "");
        return Translation.of(out.speaker(activity).draft(Optional.empty(), event));
    }
}
