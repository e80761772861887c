package dev.drawbridge.model;

/// What makes a post an article: its text is long, and it has a title.
///
/// @param title never blank
/// @param summary a few sentences about it, without markup; may be empty
public record Article(String title, String summary) {
    public Article {
        if (title.isBlank()) {
            throw new IllegalArgumentException("an article without a title");
        }
    }
}
