package dev.drawbridge.nostr.event;

import java.util.List;

/// An event before it is signed. Its id does not depend on the signature.
///
/// @param createdAt seconds since 1970, as the author claims
public record UnsignedEvent(PublicKey pubkey, long createdAt, int kind, List<Tag> tags, String content) {
    public UnsignedEvent {
        tags = List.copyOf(tags);
        if (createdAt < 0 || !Kind.isValid(kind)) {
            throw new IllegalArgumentException("created_at " + createdAt + ", kind " + kind);
        }
    }

    /// What the id is computed over ([NIP-01](https://nips.nostr.com/1)).
    public String canonicalForm() {
        return CanonicalForm.of(this);
    }

    public EventId id() {
        return CanonicalForm.id(this);
    }

    public UnsignedEvent at(long seconds) {
        return new UnsignedEvent(pubkey, seconds, kind, tags, content);
    }

    /// @param signature 64 bytes, BIP-340 over the id; not checked here
    public Event signed(byte[] signature) {
        return new Event(id(), pubkey, createdAt, kind, tags, content, Hex.of(signature));
    }

    /// The unsigned event as a JSON object, with its id.
    public String json() {
        return json(id());
    }

    /// The same where the id is known already.
    ///
    /// @param id what [#id()] gives
    public String json(EventId id) {
        return EventWriter.unsigned(this, id);
    }
}
