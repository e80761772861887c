package dev.drawbridge.nostr.event;

import dev.drawbridge.nostr.event.JsonInput.Refused;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// Reads events written by others ([NIP-01](https://nips.nostr.com/1)): every field must be there, of its type and
/// within limits; fields nobody knows are passed over.
public final class EventReader {
    private static final Limits LIMITS = Limits.DEFAULT;
    private static final String NO_SIGNATURE = "0".repeat(128);

    private @Nullable String id;
    private @Nullable String pubkey;
    private @Nullable String sig;
    private @Nullable String content;
    private @Nullable List<Tag> tags;
    private long createdAt = -1;
    private long kind = -1;

    EventReader() {}

    /// Reads an event as relays send it.
    public static Reading<Event> read(String json) {
        return JsonInput.read(json, in -> new EventReader().event(in, false));
    }

    /// Reads an event that may lack its id, which is computed then, and its signature, which is zeros then.
    public static Reading<Event> readDraft(String json) {
        return JsonInput.read(json, in -> new EventReader().event(in, true));
    }

    /// The id that was read so far, also where the rest is unreadable.
    Optional<String> id() {
        return Optional.ofNullable(id);
    }

    Event event(JsonInput in, boolean draft) {
        in.expect(JsonToken.START_OBJECT, "event", "not an object");
        while (in.next() != JsonToken.END_OBJECT) {
            String field = in.name();
            in.next();
            field(in, field);
        }
        return assemble(draft);
    }

    private void field(JsonInput in, String field) {
        switch (field) {
            case "id" -> id = in.string(field, 64);
            case "pubkey" -> pubkey = in.string(field, 64);
            case "sig" -> sig = in.string(field, 128);
            case "content" -> content = in.string(field, LIMITS.content());
            case "created_at" -> createdAt = in.natural(field);
            case "kind" -> kind = in.natural(field);
            case "tags" -> tags = in.array(field, LIMITS.tags(), () -> tag(in));
            default -> in.skip();
        }
    }

    private static Tag tag(JsonInput in) {
        List<String> items = in.array("tags", LIMITS.tagItems(), () -> in.string("tags", LIMITS.tagItem()));
        if (items.isEmpty()) {
            throw new Refused("tags", "a tag without a name");
        }
        return new Tag(items);
    }

    private Event assemble(boolean draft) {
        PublicKey author = PublicKey.tryParse(need("pubkey", pubkey))
                .orElseThrow(() -> new Refused("pubkey", "not 64 characters of lower-case hexadecimal"));
        if (createdAt < 0) {
            throw new Refused("created_at", "missing");
        }
        if (!Kind.isValid(kind)) {
            throw new Refused("kind", kind < 0 ? "missing" : "above 65535");
        }
        List<Tag> allTags = tags;
        if (allTags == null) {
            throw new Refused("tags", "missing");
        }
        var unsigned = new UnsignedEvent(author, createdAt, (int) kind, allTags, need("content", content));
        return new Event(
                draft && id == null ? unsigned.id() : eventId(),
                author,
                createdAt,
                (int) kind,
                unsigned.tags(),
                unsigned.content(),
                draft && sig == null ? NO_SIGNATURE : signature());
    }

    private EventId eventId() {
        return EventId.tryParse(need("id", id))
                .orElseThrow(() -> new Refused("id", "not 64 characters of lower-case hexadecimal"));
    }

    private String signature() {
        String text = need("sig", sig);
        if (!Hex.is(text, 128)) {
            throw new Refused("sig", "not 128 characters of lower-case hexadecimal");
        }
        return text;
    }

    private static String need(String field, @Nullable String value) {
        if (value == null) {
            throw new Refused(field, "missing");
        }
        return value;
    }
}
