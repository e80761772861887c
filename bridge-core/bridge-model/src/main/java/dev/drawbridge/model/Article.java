package dev.drawbridge.model;

import java.util.Optional;

/// What makes a post an article: its text is long, and it has a title.
///
/// @param title never blank
/// @param summary a few sentences about it, without markup; may be empty
/// @param body its text with headings, lists and the like, where the source has them; the text of the post is the words
/// of it
public record Article(String title, String summary, Optional<ArticleBody> body) {
    public Article {
        if (title.isBlank()) {
            throw new IllegalArgumentException("an article without a title");
        }
    }

    /// One whose text has no form.
    public Article(String title, String summary) {
        this(title, summary, Optional.empty());
    }
}
