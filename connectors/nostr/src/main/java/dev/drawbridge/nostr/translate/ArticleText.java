package dev.drawbridge.nostr.translate;

import dev.drawbridge.markup.Markdown;
import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Block;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Inline;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.Resolved;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The Markdown of an article ([NIP-23](https://nips.nostr.com/23)): its form and its words.
///
/// @param body the text with its form
/// @param words the text as plain networks show it
record ArticleText(ArticleBody body, TextIn.Result words) {
    /// @param hashtags the `t` tags of the event, in lower case
    /// @param elsewhere addresses of what is carried beside the text
    static ArticleText of(
            String markdown, Set<String> hashtags, Resolved resolved, Set<String> elsewhere, List<Loss> losses) {
        Markdown.Read read = Markdown.read(markdown);
        if (read.dropped()) {
            losses.add(new Loss("markdown", "HTML and links to what is no page are left out"));
        }
        List<Loss> lost = new ArrayList<>();
        ArticleBody whole = read.body()
                .changing(
                        inline -> {
                            if (!(inline instanceof Inline.Text(String text))) {
                                return List.of(inline);
                            }
                            TextIn.Result piece = TextIn.piece(text, hashtags, resolved, elsewhere);
                            lost.addAll(piece.losses());
                            return ArticleBody.inlines(piece.text());
                        },
                        List::of);
        // What was left out leaves no gap.
        var body = new ArticleBody(whole.blocks().stream()
                .filter(block -> !(block instanceof Block.Paragraph(var said)
                        && said.stream().allMatch(Inline.LineBreak.class::isInstance)))
                .toList());
        RichText words = body.plain();
        unseen(hashtags, words).forEach(tag -> lost.add(TextIn.unseen(tag)));
        return new ArticleText(body, new TextIn.Result(words, lost));
    }

    private static Set<String> unseen(Set<String> hashtags, RichText words) {
        Set<String> unseen = new LinkedHashSet<>(hashtags);
        for (Facet facet : words.facets()) {
            if (facet instanceof Facet.Hashtag tag) {
                unseen.remove(tag.tag().toLowerCase(Locale.ROOT));
            }
        }
        return unseen;
    }
}
