package dev.drawbridge.model;

import java.net.URI;
import java.util.Optional;

/// How the author's network shows a page that the post leads to. The text of the post links to the page as well, so
/// that a network without cards loses the looks and not the link.
///
/// @param uri the page
/// @param title may be empty
/// @param description a few words about it; may be empty
/// @param picture a small picture, where there is one
public record LinkCard(URI uri, String title, String description, Optional<URI> picture) {}
