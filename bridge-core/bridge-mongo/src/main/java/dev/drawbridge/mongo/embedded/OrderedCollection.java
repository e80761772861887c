package dev.drawbridge.mongo.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// A collection as a map of the file from ids to documents. Queries are answered from indexes where one fits, in
/// their order where it is the one asked for.
final class OrderedCollection extends AbstractSynchronizedMongoCollection<Key> {
    private final MVMap<Key, byte[]> documents;

    OrderedCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            CursorRegistry cursors,
            MVMap<Key, byte[]> documents) {
        super(database, name, options, cursors);
        this.documents = documents;
    }

    @Override
    public void addIndex(Index<Key> index) {
        try {
            super.addIndex(index);
        } catch (IndexBuildFailedException e) {
            // Half an index would be taken for a whole one the next time.
            index.drop();
            throw e;
        }
    }

    @Override
    protected QueryResult queryDocuments(
            Document query,
            @Nullable Document orderBy,
            int skip,
            int limit,
            int batchSize,
            @Nullable Document projection) {
        Optional<QueryPlan> best =
                QueryPlan.best(getIndexes().stream().map(Scannable.class::cast).toList(), query, orderBy);
        Stream<Document> found =
                best.map(plan -> plan.positions().map(this::getDocument)).orElseGet(this::all);
        Document order = best.filter(QueryPlan::sorted).isPresent() ? null : orderBy;
        return matchDocumentsFromStream(found, query, order, skip, limit, batchSize, projection);
    }

    @Override
    protected QueryResult matchDocuments(
            Document query,
            @Nullable Document orderBy,
            int skip,
            int limit,
            int batchSize,
            @Nullable Document projection) {
        return matchDocumentsFromStream(all(), query, orderBy, skip, limit, batchSize, projection);
    }

    private Stream<Document> all() {
        return documents.values().stream().map(Bson::document);
    }

    @Override
    protected Document getDocument(Key position) {
        byte[] found = documents.get(position);
        if (found == null) {
            throw new NoSuchElementException("an index of " + getFullName() + " names a document that is not there");
        }
        return Bson.document(found);
    }

    @Override
    protected Key addDocumentInternal(Document document) {
        String idField = getIdField();
        Object id = idField == null ? UUID.randomUUID().toString() : Utils.getSubdocumentValue(document, idField);
        Key position = KeyWriter.key(id);
        if (documents.putIfAbsent(position, Bson.bytes(document)) != null) {
            throw new IllegalStateException(getFullName() + " already has " + id);
        }
        return position;
    }

    @Override
    protected void handleUpdate(Key position, Document oldDocument, Document newDocument) {
        documents.put(position, Bson.bytes(newDocument));
    }

    @Override
    protected void removeDocument(Key position) {
        if (documents.remove(position) == null) {
            throw new NoSuchElementException(getFullName() + " has no document at " + position);
        }
    }

    @Override
    protected Stream<DocumentWithPosition<Key>> streamAllDocumentsWithPosition() {
        return documents.entrySet().stream()
                .map(e -> new DocumentWithPosition<>(Bson.document(e.getValue()), e.getKey()));
    }

    @Override
    public int count() {
        return documents.size();
    }

    @Override
    public boolean isEmpty() {
        return documents.isEmpty();
    }

    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected void updateDataSize(int sizeDelta) {
        // Not kept: it would be one more page to write with every change.
    }

    @Override
    protected int getDataSize() {
        return 0;
    }
}
