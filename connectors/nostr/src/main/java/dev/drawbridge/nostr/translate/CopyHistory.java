package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.nostr.event.Address;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What is remembered beside the id of an event, because a later one needs it: its kind, the events it took the place
/// of, and what the options of its poll are called. Nostr has no versions, so this is what the version of an
/// [ObjectRef] holds here.
///
/// @param kind of the event
/// @param former events that an edit replaced, the latest first
/// @param options the ids of a poll's options, in order; empty where they are called by their place
/// @param articles where articles stood that became something else
/// @param notes what was said below it of late edits, the earliest first
record CopyHistory(int kind, List<EventId> former, List<String> options, List<Address> articles, List<LateEdit> notes) {
    private static final CopyHistory NOTE = new CopyHistory(Kind.NOTE, List.of());
    private static final Pattern KIND = Pattern.compile("k[0-9]{1,5}");
    private static final String OPTION = "o=";
    private static final String ARTICLE = "a=";
    private static final Pattern LATE = Pattern.compile("n=([0-9]{1,12}):([0-9a-f]{64})");

    /// Nobody edits one post that often; the oldest are forgotten.
    private static final int LONGEST = 50;

    CopyHistory {
        former = List.copyOf(former);
        options = List.copyOf(options);
        articles = List.copyOf(articles);
        notes = List.copyOf(notes);
    }

    /// A note that says how a copy reads since an edit.
    ///
    /// @param seconds when the edit was made, since 1970
    record LateEdit(long seconds, EventId note) {}

    CopyHistory(int kind, List<EventId> former, List<String> options, List<Address> articles) {
        this(kind, former, options, articles, List.of());
    }

    CopyHistory(int kind, List<EventId> former) {
        this(kind, former, List.of());
    }

    CopyHistory(int kind, List<EventId> former, List<String> options) {
        this(kind, former, options, List.of());
    }

    /// That of an event that takes nothing's place.
    static CopyHistory fresh(EventTemplate event) {
        return new CopyHistory(event.kind(), List.of());
    }

    static CopyHistory of(ObjectRef copy) {
        return copy.version().map(CopyHistory::parse).orElse(NOTE);
    }

    private static CopyHistory parse(String version) {
        int kind = Kind.NOTE;
        List<EventId> former = new ArrayList<>();
        List<String> options = new ArrayList<>();
        List<Address> articles = new ArrayList<>();
        List<LateEdit> notes = new ArrayList<>();
        for (String part : version.split(" ")) {
            if (KIND.matcher(part).matches()) {
                kind = Integer.parseInt(part.substring(1));
            } else if (part.startsWith(OPTION)) {
                options.add(part.substring(OPTION.length()));
            } else if (part.startsWith(ARTICLE)) {
                Address.tryParse(part.substring(ARTICLE.length())).ifPresent(articles::add);
            } else if (LATE.matcher(part).matches()) {
                String[] note = part.substring(2).split(":");
                notes.add(new LateEdit(Long.parseLong(note[0]), new EventId(note[1])));
            } else {
                EventId.tryParse(part).ifPresent(former::add);
            }
        }
        return new CopyHistory(kind, former, options, articles, notes);
    }

    /// The reference to an event of this history.
    ObjectRef ref(EventId copy) {
        return ref(NativeEvents.id(copy));
    }

    /// @param copy an event's id or address
    ObjectRef ref(NativeId copy) {
        return new ObjectRef(copy, version());
    }

    Optional<String> version() {
        List<String> parts = new ArrayList<>();
        if (kind != Kind.NOTE) {
            parts.add("k" + kind);
        }
        former.stream().limit(LONGEST).forEach(id -> parts.add(id.hex()));
        options.forEach(option -> parts.add(OPTION + option));
        articles.forEach(article -> parts.add(ARTICLE + article));
        notes.reversed().stream()
                .limit(LONGEST)
                .toList()
                .reversed()
                .forEach(late ->
                        parts.add("n=" + late.seconds() + ":" + late.note().hex()));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
    }

    /// Whether it took nothing's place.
    boolean isFirst() {
        return former.isEmpty() && articles.isEmpty();
    }

    /// The kind of the events it took the place of: an article takes its own.
    int formerKind() {
        return kind == Kind.ARTICLE ? Kind.NOTE : kind;
    }

    /// The notes of edits before another.
    List<EventId> notesBefore(LateEdit edit) {
        return notes.stream()
                .filter(late -> late.seconds() <= edit.seconds() && !late.equals(edit))
                .map(LateEdit::note)
                .toList();
    }

    /// Whether a note says how it reads since a later edit; of those in one second, the one that came later.
    boolean isNotedAfter(LateEdit edit) {
        boolean overtaken = notes.contains(edit)
                && notes.subList(notes.indexOf(edit) + 1, notes.size()).stream()
                        .anyMatch(late -> late.seconds() >= edit.seconds());
        return overtaken || notes.stream().anyMatch(late -> late.seconds() > edit.seconds());
    }

    /// The same with a note of an edit, which stands there once.
    CopyHistory noting(LateEdit edit) {
        List<LateEdit> all = new ArrayList<>(notes);
        all.remove(edit);
        all.add(edit);
        all.sort(Comparator.comparingLong(LateEdit::seconds));
        return new CopyHistory(kind, former, options, articles, all);
    }

    /// The history of `next`, which takes the place of `current`. The same if it stands there already.
    ///
    /// @param sort the kind of `next`
    CopyHistory after(NativeId current, NativeId next, int sort) {
        Set<EventId> ids = new LinkedHashSet<>();
        Set<Address> places = new LinkedHashSet<>();
        if (!current.equals(next)) {
            EventId.tryParse(current.value()).ifPresent(ids::add);
            Address.tryParse(current.value()).filter(_ -> sort != Kind.ARTICLE).ifPresent(places::add);
        }
        ids.addAll(former);
        places.addAll(articles);
        places.removeIf(place -> place.toString().equals(next.value()));
        return new CopyHistory(sort, List.copyOf(ids), options, List.copyOf(places), notes);
    }
}
