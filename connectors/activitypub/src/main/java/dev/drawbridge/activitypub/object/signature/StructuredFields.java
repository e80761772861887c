package dev.drawbridge.activitypub.object.signature;

import dev.drawbridge.activitypub.object.signature.StructuredValue.Bare;
import dev.drawbridge.activitypub.object.signature.StructuredValue.InnerList;
import dev.drawbridge.activitypub.object.signature.StructuredValue.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads structured fields as [RFC 9651 §4.2](https://www.rfc-editor.org/rfc/rfc9651#section-4.2) says: all of a field
/// or nothing of it. Takes time linear in its length.
final class StructuredFields {
    private final String text;
    private int at;

    private StructuredFields(String text) {
        this.text = text;
    }

    /// The members of a dictionary in order; empty if any of it cannot be read.
    static Optional<Map<String, StructuredValue>> dictionary(String header) {
        return whole(header, StructuredFields::members);
    }

    static Optional<List<StructuredValue>> list(String header) {
        return whole(header, StructuredFields::elements);
    }

    static Optional<Item> item(String header) {
        return whole(header, StructuredFields::item);
    }

    private static <T> Optional<T> whole(String header, Function<StructuredFields, T> read) {
        var field = new StructuredFields(header);
        try {
            field.skip(" ");
            T value = read.apply(field);
            field.skip(" ");
            return field.ended() ? Optional.of(value) : Optional.empty();
        } catch (StructuredReader.UnreadableException _) {
            return Optional.empty();
        }
    }

    private Map<String, StructuredValue> members() {
        var members = new LinkedHashMap<String, StructuredValue>();
        while (!ended()) {
            String key = key();
            StructuredValue value = take('=') ? member() : new Item(new Bare.Flag(true), parameters());
            members.put(key, value);
            comma();
        }
        return members;
    }

    private List<StructuredValue> elements() {
        var elements = new ArrayList<StructuredValue>();
        while (!ended()) {
            elements.add(member());
            comma();
        }
        return elements;
    }

    /// What stands between two members, or nothing at the end.
    private void comma() {
        skip(" \t");
        if (ended()) {
            return;
        }
        require(take(','));
        skip(" \t");
        require(!ended());
    }

    private StructuredValue member() {
        return peek() == '(' ? innerList() : item();
    }

    private InnerList innerList() {
        require(take('('));
        var items = new ArrayList<Item>();
        while (true) {
            skip(" ");
            if (take(')')) {
                return new InnerList(List.copyOf(items), parameters());
            }
            items.add(item());
            require(peek() == ' ' || peek() == ')');
        }
    }

    private Item item() {
        var reader = new StructuredReader(text, at);
        Bare bare = reader.bare();
        at = reader.position();
        return new Item(bare, parameters());
    }

    private Map<String, Bare> parameters() {
        var found = new LinkedHashMap<String, Bare>();
        while (take(';')) {
            skip(" ");
            String key = key();
            Bare value = new Bare.Flag(true);
            if (take('=')) {
                var reader = new StructuredReader(text, at);
                value = reader.bare();
                at = reader.position();
            }
            found.put(key, value);
        }
        return found;
    }

    private String key() {
        int from = at;
        char first = peek();
        require(first == '*' || first >= 'a' && first <= 'z');
        while (isKey(peek())) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean isKey(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c != 0 && "_-.*".indexOf(c) >= 0;
    }

    private boolean ended() {
        return at >= text.length();
    }

    /// The next character, or NUL at the end: no field may contain one.
    private char peek() {
        return ended() ? 0 : text.charAt(at);
    }

    private boolean take(char c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private void skip(String blanks) {
        while (!ended() && blanks.indexOf(peek()) >= 0) {
            at++;
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new StructuredReader.UnreadableException();
        }
    }

    /// Bytes of a dictionary's member, if that is what it is.
    static Optional<byte[]> bytes(StructuredValue value) {
        return value instanceof Item(Bare.Bytes(byte[] bytes), var _) ? Optional.of(bytes) : Optional.empty();
    }
}
