package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.port.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/// [KeyStore] on MongoDB.
final class MongoKeyStore implements KeyStore {
    static final List<Index> INDEXES = List.of(Index.of("keys", "keyId", "_id"));

    private final Documents keys;

    MongoKeyStore(MongoDatabase database) {
        keys = new Documents(database, "keys");
    }

    @Override
    public StoredKey putIfAbsent(StoredKey key) {
        boolean first = keys.insert(Row.of(key.ref())
                .append("algorithm", key.algorithm())
                .append("publicKey", new Binary(key.publicKey()))
                .append("keyId", key.keyId())
                .append("nonce", new Binary(key.nonce()))
                .append("ciphertext", new Binary(key.ciphertext())));
        return first
                ? key
                : find(key.ref()).orElseThrow(() -> new IllegalStateException("the key " + key.ref() + " vanished"));
    }

    @Override
    public Optional<StoredKey> find(String ref) {
        return keys.byId(ref).map(MongoKeyStore::key);
    }

    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        keys.distinct("keyId", new Document()).forEach(id -> counts.put(id, keys.count(eq("keyId", id))));
        return counts;
    }

    @Override
    public List<StoredKey> encryptedWith(String keyId, Optional<String> after, int limit) {
        Bson which = after.map(ref -> and(eq("keyId", keyId), gt("_id", ref))).orElseGet(() -> eq("keyId", keyId));
        return keys.list(which, ascending("_id"), limit).stream()
                .map(MongoKeyStore::key)
                .toList();
    }

    @Override
    public void replace(StoredKey before, StoredKey after) {
        if (!before.same(after)) {
            throw new IllegalArgumentException("another key: " + after.ref());
        }
        keys.update(
                and(eq("_id", before.ref()), eq("nonce", new Binary(before.nonce()))),
                combine(
                        set("keyId", after.keyId()),
                        set("nonce", new Binary(after.nonce())),
                        set("ciphertext", new Binary(after.ciphertext()))));
    }

    @Override
    public List<StoredKey> samples() {
        return keys.distinct("keyId", new Document()).stream()
                .flatMap(id -> keys.first(eq("keyId", id)).stream())
                .map(MongoKeyStore::key)
                .toList();
    }

    private static StoredKey key(Row row) {
        return new StoredKey(
                row.id(),
                row.text("algorithm"),
                row.bytes("publicKey"),
                row.text("keyId"),
                row.bytes("nonce"),
                row.bytes("ciphertext"));
    }
}
