package dev.drawbridge.mongo.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;

/// The index on `_id`: the documents themselves, which lie in its order.
final class IdIndex extends Index<Key> implements Scannable {
    private final MVMap<Key, byte[]> documents;

    IdIndex(MVMap<Key, byte[]> documents, String name) {
        super(name, List.of(new IndexKey("_id", true)), false);
        this.documents = documents;
    }

    @Override
    public boolean isUnique() {
        return true;
    }

    @Override
    public List<String> fields() {
        return List.of("_id");
    }

    @Override
    public boolean unique() {
        return true;
    }

    @Override
    public boolean complete() {
        return true;
    }

    @Override
    public boolean multikey() {
        return false;
    }

    @Override
    public Iterator<Key> positions(Key from, Key to, boolean backwards) {
        return backwards ? documents.cursor(to, from, true) : documents.cursor(from, to, false);
    }

    @Override
    public Key getPosition(Document document) {
        return OrderedIndex.position(document);
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Key> collection) {
        if (documents.containsKey(getPosition(document))) {
            throw new DuplicateKeyError(this, collection, getKeys(), new KeyValue(document.get("_id")));
        }
    }

    @Override
    public void add(Document document, Key position, MongoCollection<Key> collection) {
        // The document is there already.
    }

    @Override
    public Key remove(Document document) {
        return getPosition(document);
    }

    @Override
    public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Key> collection) {
        // An update cannot change the id.
    }

    @Override
    public void updateInPlace(
            Document oldDocument, Document newDocument, Key position, MongoCollection<Key> collection) {
        // An update cannot change the id.
    }

    @Override
    public boolean canHandle(Document query) {
        return false;
    }

    @Override
    public Iterable<Key> getPositions(Document query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getCount() {
        return documents.sizeAsLong();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public void drop() {
        // It goes with the documents.
    }
}
