package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.CustomEmoji;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The pictures for `:shortcodes:`, as `tag[Emoji]` names them. Some servers give them no id.
final class EmojiTags {
    private EmojiTags() {}

    static List<CustomEmoji> read(As2 document) {
        var seen = new HashSet<String>();
        return document.objects("tag").stream()
                .filter(t -> t.isA("Emoji"))
                .flatMap(t -> emoji(t).stream())
                .filter(e -> seen.add(e.shortcode()))
                .limit(NoteTags.MAX)
                .toList();
    }

    private static Optional<CustomEmoji> emoji(As2 tag) {
        var name = tag.text("name").map(EmojiTags::bare).filter(CustomEmoji::isShortcode);
        var icon = tag.object("icon");
        var image = icon.flatMap(i -> i.ref("url")).or(() -> tag.text("icon")).flatMap(Uris::tryHttp);
        return name.isPresent() && image.isPresent()
                ? Optional.of(new CustomEmoji(name.get(), image.get(), icon.flatMap(i -> i.text("mediaType"))))
                : Optional.empty();
    }

    /// `blob` of `:blob:`, and of `:blob@host:` as Misskey writes pictures of other servers.
    static String bare(String written) {
        String inner = written.strip().replaceAll("^:|:$", "");
        int at = inner.indexOf('@');
        return at > 0 ? inner.substring(0, at) : inner;
    }
}
