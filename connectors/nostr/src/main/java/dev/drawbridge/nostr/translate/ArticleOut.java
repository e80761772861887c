package dev.drawbridge.nostr.translate;

import dev.drawbridge.markup.Markdown;
import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Inline;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.PublicKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Writes the text of an article as Markdown ([NIP-23](https://nips.nostr.com/23)), people as `nostr:` addresses.
final class ArticleOut {
    private final Resolved resolved;
    private final List<Loss> losses;
    private final Set<PublicKey> people = new LinkedHashSet<>();
    private final Set<String> hashtags = new LinkedHashSet<>();

    private ArticleOut(Resolved resolved, List<Loss> losses) {
        this.resolved = resolved;
        this.losses = losses;
    }

    /// @param losses takes what could not be kept
    static TextOut.Result write(ArticleBody body, Resolved resolved, List<Loss> losses) {
        var out = new ArticleOut(resolved, losses);
        Markdown.Written written = Markdown.written(body.changing(out::named, List::of));
        if (written.plainer()) {
            losses.add(new Loss("form", "emphasis that Markdown cannot write is left out"));
        }
        return new TextOut.Result(BridgedText.clean(written.markdown()), out.people, out.hashtags);
    }

    private List<Inline> named(Inline inline) {
        switch (inline) {
            case Inline.Mention mention -> {
                Optional<PublicKey> key =
                        resolved.actorHere(mention.actor()).map(NativeId::value).flatMap(PublicKey::tryParse);
                if (key.isPresent()) {
                    people.add(key.get());
                    return List.of(new Inline.Text("nostr:" + key.get().npub()));
                }
                losses.add(new Loss("mention", mention.name() + " is not on Nostr"));
            }
            case Inline.Hashtag tag -> {
                String name = BridgedText.clean(tag.tag()).toLowerCase(Locale.ROOT);
                if (!name.isBlank()) {
                    hashtags.add(name);
                }
            }
            case Inline.Text _,
                    Inline.Code _,
                    Inline.Emphasis _,
                    Inline.Strong _,
                    Inline.Link _,
                    Inline.Picture _,
                    Inline.LineBreak _ -> {}
        }
        return List.of(inline);
    }
}
