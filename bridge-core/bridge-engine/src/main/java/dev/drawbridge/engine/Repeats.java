package dev.drawbridge.engine;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.Post;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;

/// Notices who posts the same again and again. Whom a post mentions makes no difference; its files and links do. Short
/// texts may be repeated: people thank and greet.
final class Repeats {
    private static final int SHORT = 40;

    private final FirstFew first;

    /// @param most how often in a day; 0 for any number
    Repeats(int most, InstantSource clock) {
        this.first = new FirstFew(most, clock);
    }

    /// Whether it was posted too often by its author. Asked again about the same post, it says the same.
    boolean tooMany(Post post) {
        String said = said(post);
        return said.codePointCount(0, said.length()) >= SHORT
                && !first.admits(
                        post.author().key() + " " + digest(said, post),
                        post.id().key());
    }

    /// The words without mentions, spaces and signs.
    private static String said(Post post) {
        var text = new StringBuilder(post.text().text());
        post.text().facets().stream()
                .filter(Facet.Mention.class::isInstance)
                .sorted((a, b) -> Integer.compare(b.start(), a.start()))
                .forEach(mention -> text.delete(mention.start(), Math.min(mention.end(), text.length())));
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\p{So}]+", "");
    }

    private static String digest(String said, Post post) {
        var whole = new StringBuilder(said);
        post.media().stream().map(Media::url).forEach(url -> whole.append('\n').append(url));
        post.text().facets().forEach(facet -> {
            if (facet instanceof Facet.Link link) {
                whole.append('\n').append(link.target());
            }
        });
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(whole.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
