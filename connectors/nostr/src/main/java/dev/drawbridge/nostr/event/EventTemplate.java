package dev.drawbridge.nostr.event;

import java.util.List;

/// What an event will say, before anybody says it.
///
/// @param createdAt seconds since 1970
public record EventTemplate(long createdAt, int kind, List<Tag> tags, String content) {
    public EventTemplate {
        tags = List.copyOf(tags);
    }

    public UnsignedEvent by(PublicKey author) {
        return new UnsignedEvent(author, createdAt, kind, tags, content);
    }

    /// The event as a JSON object without author and id.
    public String json() {
        return EventWriter.template(this);
    }
}
