package dev.drawbridge.nostr.event;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An event as it travels ([NIP-01](https://nips.nostr.com/1)). Being one says nothing about id and signature being
/// right: [EventVerifier] does.
///
/// @param createdAt seconds since 1970, as the author claims
/// @param sig 128 lower-case hexadecimal characters
public record Event(
        EventId id, PublicKey pubkey, long createdAt, int kind, List<Tag> tags, String content, String sig) {
    public Event {
        tags = List.copyOf(tags);
        if (createdAt < 0 || !Kind.isValid(kind) || !Hex.is(sig, 128)) {
            throw new IllegalArgumentException("created_at " + createdAt + ", kind " + kind + ", sig " + sig);
        }
    }

    public UnsignedEvent unsigned() {
        return new UnsignedEvent(pubkey, createdAt, kind, tags, content);
    }

    public byte[] signature() {
        return Hex.bytes(sig);
    }

    /// About how many characters its JSON has.
    public long size() {
        long items = tags.stream()
                .flatMap(tag -> tag.items().stream())
                .mapToLong(item -> item.length() + 3)
                .sum();
        return 340 + content.length() + items;
    }

    /// The event as a JSON object.
    public String json() {
        return EventWriter.signed(this);
    }

    public Stream<Tag> tags(String name) {
        return tags.stream().filter(t -> t.is(name));
    }

    /// The first tag called `name`.
    public Optional<Tag> tag(String name) {
        return tags(name).findFirst();
    }

    /// The values of the tags called `name` that are event ids.
    public List<EventId> eventIds(String name) {
        return tags(name).flatMap(t -> EventId.tryParse(t.value()).stream()).toList();
    }

    /// The people named in `p` tags, each once.
    public List<PublicKey> people() {
        return tags("p")
                .flatMap(t -> PublicKey.tryParse(t.value()).stream())
                .distinct()
                .toList();
    }

    /// Whether it came from another protocol over a bridge ([NIP-48](https://nips.nostr.com/48)).
    public boolean proxied() {
        return tag("proxy").isPresent();
    }

    /// Whether only its author may publish it ([NIP-70](https://nips.nostr.com/70)).
    public boolean isProtected() {
        return tags.stream().anyMatch(t -> t.is("-"));
    }

    /// When it stops to be shown, in seconds since 1970 ([NIP-40](https://nips.nostr.com/40)).
    public Optional<Long> expiration() {
        return tag("expiration").map(Tag::value).flatMap(Event::seconds);
    }

    public boolean expiredAt(long seconds) {
        return expiration().filter(e -> e <= seconds).isPresent();
    }

    /// What it takes the place of: `kind:pubkey:d` for replaceable and addressable events, else empty.
    public Optional<String> address() {
        if (Kind.isReplaceable(kind)) {
            return Optional.of(kind + ":" + pubkey.hex() + ":");
        }
        if (Kind.isAddressable(kind)) {
            return Optional.of(
                    kind + ":" + pubkey.hex() + ":" + tag("d").map(Tag::value).orElse(""));
        }
        return Optional.empty();
    }

    /// Whether this one stays if both claim the same [#address()]: the later, at the same second the lower id.
    public boolean replaces(Event other) {
        return createdAt != other.createdAt ? createdAt > other.createdAt : id.compareTo(other.id) < 0;
    }

    private static Optional<Long> seconds(String text) {
        boolean digits = !text.isEmpty() && text.length() < 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
