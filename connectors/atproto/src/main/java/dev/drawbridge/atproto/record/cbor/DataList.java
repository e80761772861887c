package dev.drawbridge.atproto.record.cbor;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// An array of the data model; immutable.
public record DataList(List<Data> items) implements Data, Iterable<Data> {
    public DataList {
        items = List.copyOf(items);
    }

    public static DataList of(Data... items) {
        return new DataList(Arrays.asList(items));
    }

    /// A list of texts, e.g. `langs`.
    public static DataList ofTexts(List<String> texts) {
        return new DataList(texts.stream().<Data>map(Data::of).toList());
    }

    public int size() {
        return items.size();
    }

    @Override
    public Iterator<Data> iterator() {
        return items.iterator();
    }
}
