package dev.drawbridge.mongo.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/// A database as maps of the file: one per collection and one per index.
final class OrderedDatabase extends AbstractSynchronizedMongoDatabase<Key> {
    /// Begins the names of maps with documents: `documents.DATABASE.COLLECTION`.
    static final String DOCUMENTS = "documents.";

    private static final String INDEX = "index.";
    private static final int COMMAND_NOT_SUPPORTED = 115;

    private final MVStore store;

    OrderedDatabase(String name, MVStore store, CursorRegistry cursors) {
        super(name, cursors);
        this.store = store;
        initializeNamespacesAndIndexes();
    }

    @Override
    protected MongoCollection<Key> openOrCreateCollection(String name, CollectionOptions options) {
        return new OrderedCollection(this, name, options, cursorRegistry, documents(name));
    }

    private MVMap<Key, byte[]> documents(String collection) {
        return store.openMap(
                DOCUMENTS + getFullCollectionNamespace(collection),
                new MVMap.Builder<Key, byte[]>().keyType(KeyType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    private MVMap<Key, Key> entries(String collection, String index) {
        return store.openMap(
                indexMap(collection, index),
                new MVMap.Builder<Key, Key>().keyType(KeyType.INSTANCE).valueType(KeyType.INSTANCE));
    }

    private String indexMap(String collection, String index) {
        return INDEX + getFullCollectionNamespace(collection) + " " + index;
    }

    @Override
    protected Index<Key> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys, boolean sparse) {
        if (isIdIndex(keys)) {
            return new IdIndex(documents(collection), name);
        }
        return new OrderedIndex(entries(collection, name), name, keys, true, sparse);
    }

    private static boolean isIdIndex(List<IndexKey> keys) {
        return keys.size() == 1 && keys.getFirst().getKey().equals("_id");
    }

    @Override
    protected Index<Key> openOrCreateSecondaryIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
        return new OrderedIndex(entries(collection, name), name, keys, false, sparse);
    }

    @Override
    protected void dropIndex(MongoCollection<Key> collection, String name) {
        super.dropIndex(collection, name);
        if (store.hasMap(indexMap(collection.getCollectionName(), name))) {
            store.removeMap(indexMap(collection.getCollectionName(), name));
        }
    }

    @Override
    public void dropCollection(String name, Oplog oplog) {
        super.dropCollection(name, oplog);
        store.removeMap(DOCUMENTS + getFullCollectionNamespace(name));
    }

    @Override
    public void drop(Oplog oplog) {
        super.drop(oplog);
        String ours = getFullCollectionNamespace("");
        List.copyOf(store.getMapNames()).stream()
                .filter(name -> name.startsWith(DOCUMENTS + ours) || name.startsWith(INDEX + ours))
                .forEach(store::removeMap);
    }

    @Override
    public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String name) {
        throw new MongoServerError(
                COMMAND_NOT_SUPPORTED, "CommandNotSupported", "the embedded store does not rename collections");
    }

    @Override
    protected long getStorageSize() {
        return store.getFileStore().size();
    }

    @Override
    protected long getFileSize() {
        return getStorageSize();
    }
}
