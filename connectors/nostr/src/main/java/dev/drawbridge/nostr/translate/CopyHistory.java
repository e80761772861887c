package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What is remembered beside the id of a copy, because a later event needs it: its kind, and the events it took the
/// place of. Nostr has no versions, so this is what the version of an [ObjectRef] holds here.
///
/// @param kind of the copy
/// @param former events that an edit replaced, the latest first
record CopyHistory(int kind, List<EventId> former) {
    private static final CopyHistory NOTE = new CopyHistory(Kind.NOTE, List.of());
    private static final Pattern KIND = Pattern.compile("k[0-9]{1,5}");

    /// Nobody edits one post that often; the oldest are forgotten.
    private static final int LONGEST = 50;

    CopyHistory {
        former = List.copyOf(former);
    }

    static CopyHistory of(ObjectRef copy) {
        return copy.version().map(CopyHistory::parse).orElse(NOTE);
    }

    private static CopyHistory parse(String version) {
        int kind = Kind.NOTE;
        List<EventId> former = new ArrayList<>();
        for (String part : version.split(" ")) {
            if (KIND.matcher(part).matches()) {
                kind = Integer.parseInt(part.substring(1));
            } else {
                EventId.tryParse(part).ifPresent(former::add);
            }
        }
        return new CopyHistory(kind, former);
    }

    /// The reference to a copy of this history.
    ObjectRef ref(EventId copy) {
        List<String> parts = new ArrayList<>();
        if (kind != Kind.NOTE) {
            parts.add("k" + kind);
        }
        former.stream().limit(LONGEST).forEach(id -> parts.add(id.hex()));
        return new ObjectRef(
                NativeEvents.id(copy), parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts)));
    }

    /// The history of what takes the place of `current`.
    CopyHistory after(EventId current) {
        Set<EventId> ids = new LinkedHashSet<>();
        ids.add(current);
        ids.addAll(former);
        return new CopyHistory(kind, List.copyOf(ids));
    }
}
