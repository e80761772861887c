package dev.drawbridge.it.sides;

import java.util.Optional;
import java.util.Set;

/// A post as a network's own servers show it.
///
/// @param text as a reader sees it, without markup
/// @param inReplyTo the post it answers
/// @param mentions ids of those addressed
/// @param original the address of what it is a copy of
public record Sighting(
        String id,
        String author,
        String text,
        Optional<String> inReplyTo,
        Set<String> mentions,
        Set<String> links,
        Set<String> hashtags,
        Optional<String> original) {
    public Sighting {
        mentions = Set.copyOf(mentions);
        links = Set.copyOf(links);
        hashtags = Set.copyOf(hashtags);
    }
}
