package dev.drawbridge.nostr.event;

import java.util.List;

/// One tag of an event: a name and values.
///
/// @param items the name first; never empty
public record Tag(List<String> items) {
    public Tag {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("a tag without a name");
        }
    }

    public static Tag of(String... items) {
        return new Tag(List.of(items));
    }

    public String name() {
        return items.getFirst();
    }

    /// The first value; empty if there is none.
    public String value() {
        return get(1);
    }

    /// The item at `index`, the name being 0; empty if there is none.
    public String get(int index) {
        return index < items.size() ? items.get(index) : "";
    }

    public boolean is(String name) {
        return name().equals(name);
    }

    /// Whether relays index it: its name is one letter of a–z or A–Z.
    public boolean indexed() {
        return name().length() == 1 && isLetter(name().charAt(0)) && items.size() > 1;
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
