package dev.drawbridge.nostr.event;

import java.util.Collection;

/// Writes filters as JSON objects.
final class FilterWriter {
    private final StringBuilder out = new StringBuilder("{");

    private FilterWriter() {}

    static String json(Filter filter) {
        var writer = new FilterWriter();
        filter.ids().ifPresent(v -> writer.list("ids", v));
        filter.authors().ifPresent(v -> writer.list("authors", v));
        filter.kinds().ifPresent(v -> writer.list("kinds", v));
        filter.tags().forEach((name, values) -> writer.list("#" + name, values));
        filter.since().ifPresent(v -> writer.key("since").append(v));
        filter.until().ifPresent(v -> writer.key("until").append(v));
        filter.limit().ifPresent(v -> writer.key("limit").append(v));
        filter.search().ifPresent(s -> CanonicalForm.string(s.text(), writer.key("search")));
        return writer.out.append('}').toString();
    }

    private StringBuilder key(String name) {
        return out.append(out.length() > 1 ? ",\"" : "\"").append(name).append("\":");
    }

    private void list(String name, Collection<?> values) {
        key(name).append('[');
        String comma = "";
        for (Object value : values) {
            out.append(comma);
            if (value instanceof String text) {
                CanonicalForm.string(text, out);
            } else {
                out.append(value);
            }
            comma = ",";
        }
        out.append(']');
    }
}
