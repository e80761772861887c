package dev.drawbridge.mongo;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.port.KeyStore;
import java.util.Optional;
import org.bson.types.Binary;

/// [KeyStore] on MongoDB.
final class MongoKeyStore implements KeyStore {
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
        return keys.byId(ref)
                .map(row -> new StoredKey(
                        ref,
                        row.text("algorithm"),
                        row.bytes("publicKey"),
                        row.text("keyId"),
                        row.bytes("nonce"),
                        row.bytes("ciphertext")));
    }
}
