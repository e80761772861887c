package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Loss;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a document says in `tag` about its own text.
///
/// @param mentions people addressed
/// @param hashtags without `#`, in lower case
record NoteTags(List<Mention> mentions, List<String> hashtags) {
    static final NoteTags NONE = new NoteTags(List.of(), List.of());
    static final int MAX = 100;
    private static final int LONGEST_NAME = 256;

    /// @param href the person's id, or a page about them where a server writes that
    /// @param name `@user@host`, or `@user` where the host is that of `href`; may be empty
    record Mention(String href, String name) {
        /// `@user@host` as far as it is known.
        String handle(String shown) {
            String known = name.isBlank() ? shown : name.strip();
            String at = known.startsWith("@") ? known : "@" + known;
            return at.indexOf('@', 1) > 0
                    ? at
                    : at + Uris.authority(href).map(h -> "@" + h).orElse("");
        }

        String user() {
            String bare = name.startsWith("@") ? name.substring(1) : name;
            return bare.split("@", 2)[0].toLowerCase(Locale.ROOT);
        }

        String host() {
            String bare = name.startsWith("@") ? name.substring(1) : name;
            int at = bare.indexOf('@');
            return at < 0
                    ? Uris.authority(href).orElse("")
                    : bare.substring(at + 1).toLowerCase(Locale.ROOT);
        }
    }

    static NoteTags of(As2 document) {
        var tags = document.objects("tag");
        var mentions = tags.stream()
                .filter(t -> t.isA("Mention"))
                .flatMap(t -> t
                        .text("href")
                        .filter(h -> Uris.isHttp(h))
                        .map(h -> new Mention(
                                h,
                                t.text("name")
                                        .filter(n -> n.length() <= LONGEST_NAME)
                                        .orElse("")))
                        .stream())
                .limit(MAX)
                .toList();
        var hashtags = tags.stream()
                .filter(t -> t.isA("Hashtag"))
                .flatMap(t -> t.text("name").stream())
                .map(NoteTags::bare)
                .limit(MAX)
                .toList();
        return new NoteTags(mentions, hashtags);
    }

    /// Tells what is beyond measure, which stays a link or text.
    static void tooMany(As2 document, List<Loss> losses) {
        if (document.node().path("tag").size() <= MAX) {
            return;
        }
        var tags = document.objects("tag");
        over(tags, "Mention")
                .map(left -> new Loss("mention", left + " more people than are told"))
                .ifPresent(losses::add);
        over(tags, "Hashtag")
                .map(left -> new Loss("hashtag", left + " more stay text"))
                .ifPresent(losses::add);
        over(tags, "Emoji")
                .map(left -> new Loss("emoji", left + " more stay text"))
                .ifPresent(losses::add);
    }

    private static Optional<Long> over(List<As2> tags, String type) {
        long count = tags.stream().filter(t -> t.isA(type)).count();
        return Optional.of(count - MAX).filter(left -> left > 0);
    }

    /// The person meant by a link in the text.
    ///
    /// @param href where the link goes: the person's id or, more often, their page
    /// @param text what it says, `@user` or `@user@host`
    Optional<Mention> mention(String href, String text) {
        var exact = mentions.stream().filter(m -> m.href().equals(href)).findFirst();
        if (exact.isPresent() || !text.startsWith("@")) {
            return exact;
        }
        String[] named = text.substring(1).toLowerCase(Locale.ROOT).split("@", 2);
        var sameUser = mentions.stream().filter(m -> m.user().equals(named[0])).toList();
        String host = named.length == 2 ? named[1] : Uris.authority(href).orElse("");
        return sameUser.stream()
                .filter(m -> m.host().equals(host)
                        || Uris.authority(m.href()).orElse("").equals(host))
                .findFirst()
                .or(() -> sameUser.size() == 1 && named.length == 1
                        ? Optional.of(sameUser.getFirst())
                        : Optional.empty());
    }

    /// @param text with or without `#`
    boolean isHashtag(String text) {
        return hashtags.contains(bare(text));
    }

    private static String bare(String name) {
        return (name.startsWith("#") ? name.substring(1) : name).strip().toLowerCase(Locale.ROOT);
    }
}
