package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.CustomEmoji;
import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Loss;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Pictures that stand for `:shortcode:` ([NIP-30](https://nips.nostr.com/30)).
final class EmojiTags {
    private static final int MOST = 100;
    private static final Pattern SHORTCODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private EmojiTags() {}

    /// Those of an event, each shortcode once.
    ///
    /// @param losses takes what is beyond measure
    static List<CustomEmoji> read(Event event, List<Loss> losses) {
        Map<String, CustomEmoji> found = new LinkedHashMap<>();
        event.tags("emoji")
                .filter(tag -> CustomEmoji.isShortcode(tag.value()))
                .forEach(tag -> Attachments.web(tag.get(2))
                        .ifPresent(image ->
                                found.putIfAbsent(tag.value(), new CustomEmoji(tag.value(), image, Optional.empty()))));
        return Cut.list(List.copyOf(found.values()), MOST, left -> new Loss("emoji", left + " more stay text"), losses);
    }

    /// The one a reaction is, if it is one.
    static Optional<CustomEmoji> read(Event event, String written) {
        return read(event, new ArrayList<>()).stream()
                .filter(e -> e.written().equals(written))
                .findFirst();
    }

    static Optional<Tag> write(CustomEmoji emoji) {
        return SHORTCODE.matcher(emoji.shortcode()).matches()
                ? Optional.of(Tag.of("emoji", emoji.shortcode(), emoji.image().toString()))
                : Optional.empty();
    }

    /// Those that stand in `content`.
    ///
    /// @param losses takes those that cannot be written here
    static List<Tag> write(List<CustomEmoji> emoji, String content, List<Loss> losses) {
        List<Tag> tags = new ArrayList<>();
        for (CustomEmoji one : emoji) {
            if (content.contains(one.written())) {
                write(one)
                        .ifPresentOrElse(tags::add, () -> losses.add(new Loss("emoji", one.written() + " stays text")));
            }
        }
        return tags;
    }
}
