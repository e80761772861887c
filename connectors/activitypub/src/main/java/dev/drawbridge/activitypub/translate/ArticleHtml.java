package dev.drawbridge.activitypub.translate;

import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Block;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Inline;
import java.util.List;

/// Writes the form of an article as the HTML that
/// [FEP-b2b8](https://codeberg.org/fediverse/fep/src/branch/main/fep/b2b8/fep-b2b8.md) lists; servers that show less
/// keep the words. Well-formed.
final class ArticleHtml {
    private final HtmlWriter.People people;
    private final CopyIds ids;
    private final StringBuilder out = new StringBuilder();

    private ArticleHtml(HtmlWriter.People people, CopyIds ids) {
        this.people = people;
        this.ids = ids;
    }

    static String write(ArticleBody body, HtmlWriter.People people, CopyIds ids) {
        var html = new ArticleHtml(people, ids);
        body.blocks().forEach(html::block);
        return html.out.toString();
    }

    private void block(Block block) {
        switch (block) {
            case Block.Paragraph paragraph -> line("p", paragraph.words());
            case Block.Heading heading -> line("h" + heading.level(), heading.words());
            case Block.Quotation quotation -> {
                out.append("<blockquote>");
                quotation.blocks().forEach(this::block);
                out.append("</blockquote>");
            }
            case Block.Listing listing -> list(listing);
            case Block.CodeBlock code -> {
                String language = code.language().replaceAll("[^A-Za-z0-9+#.-]", "");
                String type = language.isEmpty() ? "" : " class=\"language-" + language + "\"";
                out.append("<pre><code").append(type).append('>');
                out.append(HtmlWriter.escape(code.text())).append("</code></pre>");
            }
            case Block.Rule _ -> out.append("<hr />");
        }
    }

    private void list(Block.Listing listing) {
        String name = listing.ordered() ? "ol" : "ul";
        String start = listing.ordered() && listing.start() != 1 ? " start=\"" + listing.start() + "\"" : "";
        out.append('<').append(name).append(start).append('>');
        for (Block.Item item : listing.items()) {
            out.append("<li>");
            boolean tight = item.blocks().stream()
                            .filter(Block.Paragraph.class::isInstance)
                            .count()
                    <= 1;
            for (Block inner : item.blocks()) {
                if (tight && inner instanceof Block.Paragraph paragraph) {
                    paragraph.words().forEach(this::inline);
                } else {
                    block(inner);
                }
            }
            out.append("</li>");
        }
        out.append("</").append(name).append('>');
    }

    private void line(String name, List<Inline> words) {
        out.append('<').append(name).append('>');
        words.forEach(this::inline);
        out.append("</").append(name).append('>');
    }

    private void inline(Inline inline) {
        switch (inline) {
            case Inline.Text said -> out.append(HtmlWriter.escape(said.text()));
            case Inline.Emphasis emphasis -> line("em", emphasis.words());
            case Inline.Strong strong -> line("strong", strong.words());
            case Inline.Code code ->
                out.append("<code>").append(HtmlWriter.escape(code.text())).append("</code>");
            case Inline.Link link -> {
                out.append(HtmlWriter.anchor(link.target().toString()));
                link.words().forEach(this::inline);
                out.append("</a>");
            }
            case Inline.Mention mention ->
                out.append(
                        people.markup(new Facet.Mention(0, mention.name().length(), mention.actor()), mention.name()));
            case Inline.Hashtag tag ->
                out.append(HtmlWriter.hashtag(new Facet.Hashtag(0, tag.shown().length(), tag.tag()), tag.shown(), ids));
            case Inline.Picture picture ->
                out.append("<img src=\"")
                        .append(HtmlWriter.escape(picture.url().toString()))
                        .append("\" alt=\"")
                        .append(HtmlWriter.escape(picture.alt()))
                        .append("\" />");
            case Inline.LineBreak _ -> out.append("<br />");
        }
    }
}
