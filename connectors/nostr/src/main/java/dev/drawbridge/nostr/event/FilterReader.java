package dev.drawbridge.nostr.event;

import dev.drawbridge.nostr.event.JsonInput.Refused;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JsonToken;

/// Reads filters written by others ([NIP-01](https://nips.nostr.com/1)).
public final class FilterReader {
    /// Says that a filter asks for something this software does not know.
    static final String UNKNOWN = "unknown element";

    private static final Limits LIMITS = Limits.DEFAULT;

    private Optional<Set<String>> ids = Optional.empty();
    private Optional<Set<String>> authors = Optional.empty();
    private Optional<Set<Integer>> kinds = Optional.empty();
    private final Map<Character, Set<String>> tags = new TreeMap<>();
    private Optional<Long> since = Optional.empty();
    private Optional<Long> until = Optional.empty();
    private Optional<Integer> limit = Optional.empty();
    private Optional<SearchQuery> search = Optional.empty();
    private int values;

    private FilterReader() {}

    public static Reading<Filter> read(String json) {
        return JsonInput.read(json, FilterReader::filter);
    }

    static Filter filter(JsonInput in) {
        return new FilterReader().whole(in);
    }

    private Filter whole(JsonInput in) {
        in.expect(JsonToken.START_OBJECT, "filter", "not an object");
        while (in.next() != JsonToken.END_OBJECT) {
            String field = in.name();
            in.next();
            element(in, field);
        }
        return new Filter(ids, authors, kinds, tags, since, until, limit, search);
    }

    private void element(JsonInput in, String field) {
        switch (field) {
            case "ids" -> ids = Optional.of(hex(in, field));
            case "authors" -> authors = Optional.of(hex(in, field));
            case "kinds" -> kinds = Optional.of(kinds(in));
            case "since" -> since = Optional.of(in.natural(field));
            case "until" -> until = Optional.of(in.natural(field));
            case "limit" -> limit = Optional.of((int) Math.min(in.natural(field), Integer.MAX_VALUE));
            case "search" -> search = Optional.of(SearchQuery.of(in.string(field, SearchQuery.LONGEST)));
            default -> tagElement(in, field);
        }
    }

    private void tagElement(JsonInput in, String field) {
        if (field.length() != 2 || field.charAt(0) != '#' || !Tag.isLetter(field.charAt(1))) {
            throw new Refused("filter", UNKNOWN + " " + field);
        }
        char name = field.charAt(1);
        tags.put(name, name == 'e' || name == 'p' ? hex(in, field) : strings(in, field));
    }

    private Set<Integer> kinds(JsonInput in) {
        return new HashSet<>(in.array("kinds", room(), () -> {
            long kind = in.natural("kinds");
            if (!Kind.isValid(kind)) {
                throw new Refused("kinds", "above 65535");
            }
            return (int) kind;
        }));
    }

    private Set<String> hex(JsonInput in, String field) {
        return counted(in.array(field, room(), () -> {
            String text = in.string(field, 64);
            if (!Hex.is(text, 64)) {
                throw new Refused(field, "not 64 characters of lower-case hexadecimal");
            }
            return text;
        }));
    }

    private Set<String> strings(JsonInput in, String field) {
        return counted(in.array(field, room(), () -> in.string(field, LIMITS.tagItem())));
    }

    private Set<String> counted(List<String> list) {
        values += list.size();
        return new HashSet<>(list);
    }

    private int room() {
        return LIMITS.filterValues() - values;
    }
}
