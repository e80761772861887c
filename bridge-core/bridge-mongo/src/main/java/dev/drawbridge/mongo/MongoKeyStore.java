package dev.drawbridge.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.port.KeyStore;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;

/// [KeyStore] on MongoDB.
final class MongoKeyStore implements KeyStore {
    static final List<Index> INDEXES = List.of(Index.of("keys", "keyId"));

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
