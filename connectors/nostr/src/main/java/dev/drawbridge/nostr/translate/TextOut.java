package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.PublicKey;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Writes rich text as the content of an event: people as `nostr:` addresses ([NIP-27](https://nips.nostr.com/27)),
/// links in full.
final class TextOut {
    private final RichText source;
    private final Resolved resolved;
    private final List<Loss> losses;
    private final StringBuilder content = new StringBuilder();
    private final Set<PublicKey> people = new LinkedHashSet<>();
    private final Set<String> hashtags = new LinkedHashSet<>();

    /// @param people who is named in the text, for `p` tags
    /// @param hashtags in lower case, for `t` tags
    record Result(String content, Set<PublicKey> people, Set<String> hashtags) {}

    private TextOut(RichText source, Resolved resolved, List<Loss> losses) {
        this.source = source;
        this.resolved = resolved;
        this.losses = losses;
    }

    /// @param losses takes what could not be kept
    static Result write(RichText text, Resolved resolved, List<Loss> losses) {
        return new TextOut(text, resolved, losses).write();
    }

    private Result write() {
        int done = 0;
        for (Facet facet : source.facets()) {
            content.append(source.text(), done, facet.start());
            switch (facet) {
                case Facet.Mention mention -> mention(mention);
                case Facet.Hashtag hashtag -> hashtag(hashtag);
                case Facet.Link link -> link(source.span(link), link.target());
            }
            done = facet.end();
        }
        content.append(source.text(), done, source.text().length());
        return new Result(BridgedText.clean(content.toString()), people, hashtags);
    }

    private void mention(Facet.Mention mention) {
        var key = resolved.actorHere(mention.actor()).map(NativeId::value).flatMap(PublicKey::tryParse);
        if (key.isPresent()) {
            people.add(key.get());
            content.append("nostr:").append(key.get().npub());
            return;
        }
        String shown = source.span(mention);
        content.append(shown);
        losses.add(new Loss("mention", shown + " is not on Nostr"));
    }

    private void hashtag(Facet.Hashtag hashtag) {
        content.append(source.span(hashtag));
        String tag = BridgedText.clean(hashtag.tag()).toLowerCase(Locale.ROOT);
        if (!tag.isBlank()) {
            hashtags.add(tag);
        }
    }

    private void link(String shown, URI target) {
        String url = target.toString();
        if (!sameOrShortened(shown, url)) {
            content.append(shown).append(" (").append(url).append(')');
            losses.add(new Loss("link", "the address of \"" + shown + "\" is written behind it"));
            return;
        }
        content.append(url);
    }

    /// Whether the text is the address itself, or what is left of it where networks shorten addresses.
    private static boolean sameOrShortened(String shown, String url) {
        String text = bare(shown.strip().replaceFirst("(…|\\.\\.\\.)$", ""));
        return text.length() > 3 && bare(url).startsWith(text) && text.indexOf(' ') < 0;
    }

    private static String bare(String address) {
        String lower = address.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
        return lower.startsWith("www.") ? lower.substring(4) : lower;
    }
}
