package dev.drawbridge.model;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A post as its author made it.
///
/// @param id the original's id on the author's network
/// @param version the original's version where the network has versions (AT Protocol: CID)
/// @param author who wrote it
/// @param text what it says
/// @param warning the content warning, if any
/// @param inReplyTo the post it answers, as the source names it
/// @param threadRoot the first post of the thread where the source says so
/// @param languages BCP 47 tags, most used first; empty if unknown
/// @param published when the author says they published it
/// @param url where a person can read the original in a browser
/// @param visibility who may see it
public record Post(
        NativeId id,
        Optional<String> version,
        NativeId author,
        RichText text,
        Optional<ContentWarning> warning,
        Optional<ObjectRef> inReplyTo,
        Optional<ObjectRef> threadRoot,
        List<String> languages,
        Instant published,
        Optional<URI> url,
        Visibility visibility) {
    public Post {
        languages = List.copyOf(languages);
    }
}
