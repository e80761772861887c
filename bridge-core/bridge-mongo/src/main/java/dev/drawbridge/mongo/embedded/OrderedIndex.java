package dev.drawbridge.mongo.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// An index, unique or not, as a map of the file from values to positions. The key of an entry of an index that
/// is not unique ends with the position.
final class OrderedIndex extends Index<Key> implements Scannable {
    /// Not a key of any value: says that some document is in the index more than once.
    private static final Key MULTIKEY = Key.FIRST;

    private final MVMap<Key, Key> entries;
    private final boolean unique;

    OrderedIndex(MVMap<Key, Key> entries, String name, List<IndexKey> keys, boolean unique, boolean sparse) {
        super(name, keys, sparse);
        this.entries = entries;
        this.unique = unique;
    }

    @Override
    public boolean isUnique() {
        return unique;
    }

    @Override
    public boolean hasSameOptions(Index<?> other) {
        return other.getName().equals(getName())
                && other.toIndexDescription().equals(toIndexDescription())
                && super.hasSameOptions(other);
    }

    @Override
    public List<String> fields() {
        return keys();
    }

    @Override
    public boolean unique() {
        return unique;
    }

    @Override
    public boolean complete() {
        return !isSparse();
    }

    @Override
    public boolean multikey() {
        return entries.containsKey(MULTIKEY);
    }

    @Override
    public Iterator<Key> positions(Key from, Key to, boolean backwards) {
        Cursor<Key, Key> cursor = backwards ? entries.cursor(to, from, true) : entries.cursor(from, to, false);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return cursor.hasNext();
            }

            @Override
            public Key next() {
                cursor.next();
                return cursor.getValue();
            }
        };
    }

    @Override
    public Key getPosition(Document document) {
        return position(document);
    }

    static Key position(Document document) {
        return KeyWriter.key(document.get("_id"));
    }

    /// The keys of a document's values: several if one of them is an array, none if the index leaves the document
    /// out.
    private Map<Key, List<@Nullable Object>> valuesOf(Document document) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows.add(List.of());
        boolean absent = true;
        for (String field : keys()) {
            Object value = Utils.getSubdocumentValueCollectionAware(document, field);
            absent &= value instanceof Missing;
            rows = appended(rows, value instanceof Collection<?> c && !c.isEmpty() ? c : one(value));
        }
        Map<Key, List<@Nullable Object>> values = new LinkedHashMap<>();
        if (!(absent && isSparse())) {
            rows.forEach(row -> values.put(keyOf(row), row));
        }
        return values;
    }

    private static Collection<@Nullable Object> one(@Nullable Object value) {
        List<@Nullable Object> list = new ArrayList<>();
        list.add(value);
        return list;
    }

    private static List<List<@Nullable Object>> appended(
            List<List<@Nullable Object>> rows, Collection<? extends @Nullable Object> values) {
        List<List<@Nullable Object>> longer = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            for (Object value : values) {
                List<@Nullable Object> next = new ArrayList<>(row);
                next.add(value);
                longer.add(next);
            }
        }
        return longer;
    }

    private static Key keyOf(List<@Nullable Object> values) {
        Key key = Key.FIRST;
        for (Object value : values) {
            key = key.then(KeyWriter.key(value));
        }
        return key;
    }

    private Key entry(Key values, Key position) {
        return unique ? values : values.then(position);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Key> collection) {
        requireFree(document, position(document), collection);
    }

    private void requireFree(Document document, Key position, MongoCollection<Key> collection) {
        if (unique) {
            valuesOf(document).forEach((key, values) -> {
                Key holder = entries.get(key);
                if (holder != null && !holder.equals(position)) {
                    throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(values));
                }
            });
        }
    }

    @Override
    public void add(Document document, Key position, MongoCollection<Key> collection) {
        requireFree(document, position, collection);
        Map<Key, List<@Nullable Object>> values = valuesOf(document);
        values.keySet().forEach(key -> entries.put(entry(key, position), position));
        if (values.size() > 1) {
            entries.put(MULTIKEY, MULTIKEY);
        }
    }

    @Override
    public Key remove(Document document) {
        Key position = position(document);
        valuesOf(document).keySet().forEach(key -> entries.remove(entry(key, position)));
        return position;
    }

    @Override
    public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Key> collection) {
        requireFree(newDocument, position(oldDocument), collection);
    }

    @Override
    public void updateInPlace(
            Document oldDocument, Document newDocument, Key position, MongoCollection<Key> collection) {
        if (!valuesOf(oldDocument).keySet().equals(valuesOf(newDocument).keySet())) {
            remove(oldDocument);
            add(newDocument, position, collection);
        }
    }

    @Override
    public boolean canHandle(Document query) {
        // The collection plans its queries itself.
        return false;
    }

    @Override
    public Iterable<Key> getPositions(Document query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getCount() {
        return entries.sizeAsLong() - (multikey() ? 1 : 0);
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public void drop() {
        entries.clear();
    }
}
