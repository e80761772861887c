package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The Markdown of an article ([NIP-23](https://nips.nostr.com/23)) as words: marks of form go, links keep their
/// address, pictures become attachments.
///
/// @param content what is left, without Markdown
/// @param media the pictures, in order
record ArticleText(String content, List<Media> media) {
    private static final Pattern PICTURE =
            Pattern.compile("!\\[([^\\]\\n]{0,500})]\\((\\S{1,2000}?)(?: \"[^\"\\n]*\")?\\)");
    private static final Pattern LINK =
            Pattern.compile("\\[([^\\]\\n]{1,500})]\\((\\S{1,2000}?)(?: \"[^\"\\n]*\")?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}[ \\t]+(.*?)[ \\t]*#*$");
    private static final Pattern FENCE = Pattern.compile("(?m)^```.*\\R?");
    private static final Pattern BOLD = Pattern.compile("(\\*\\*|__)(?=\\S)([^*_\\n]{1,2000}?)(?<=\\S)\\1");
    private static final Pattern ITALIC =
            Pattern.compile("(?<![\\w*])([*_])(?=\\S)([^*_\\n]{1,2000}?)(?<=\\S)\\1(?![\\w*])");
    private static final Pattern GAPS = Pattern.compile("\\n{3,}");

    static ArticleText of(String markdown, List<Loss> losses) {
        List<Media> media = new ArrayList<>();
        String text = PICTURE.matcher(markdown.replace("\r\n", "\n"))
                .replaceAll(m -> Matcher.quoteReplacement(picture(m.group(), m.group(1), m.group(2), media)));
        text = LINK.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(
                        m.group(1).equals(m.group(2)) ? m.group(2) : m.group(1) + " (" + m.group(2) + ")"));
        text = FENCE.matcher(text).replaceAll("");
        text = HEADING.matcher(text).replaceAll("$1");
        text = BOLD.matcher(text).replaceAll("$2");
        text = ITALIC.matcher(text).replaceAll("$2");
        text = GAPS.matcher(text).replaceAll("\n\n").strip();
        if (!text.equals(markdown.strip())) {
            losses.add(new Loss("markdown", "the form of the text is not kept"));
        }
        return new ArticleText(text, media);
    }

    private static String picture(String whole, String alt, String address, List<Media> media) {
        Optional<URI> url = Attachments.web(address);
        url.ifPresent(u -> media.add(Media.of(u, Media.Kind.IMAGE).withAlt(alt)));
        return url.isPresent() ? "" : whole;
    }
}
