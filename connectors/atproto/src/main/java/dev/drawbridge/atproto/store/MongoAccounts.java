package dev.drawbridge.atproto.store;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.NativeId;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/// Accounts in the collection `atproto_accounts`.
final class MongoAccounts implements Accounts {
    private final MongoCollection<Document> accounts;

    MongoAccounts(MongoDatabase database) {
        accounts = database.getCollection("atproto_accounts");
        accounts.createIndex(Indexes.ascending("origin"), new IndexOptions().unique(true));
        accounts.createIndex(Indexes.ascending("handle"), new IndexOptions().unique(true));
    }

    @Override
    public boolean insert(Account account) {
        try {
            accounts.insertOne(new Document("_id", account.did().value())
                    .append("origin", account.origin().key())
                    .append("handle", account.handle().value())
                    .append("key", account.keyRef())
                    .append("genesis", account.genesis())
                    .append("live", account.live())
                    .append("createdAt", Date.from(account.createdAt())));
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCode() == MongoCodes.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<Account> byDid(Did did) {
        return find(Filters.eq(did.value()));
    }

    @Override
    public Optional<Account> byOrigin(NativeId origin) {
        return find(Filters.eq("origin", origin.key()));
    }

    @Override
    public Optional<Account> byHandle(Handle handle) {
        return find(Filters.eq("handle", handle.value()));
    }

    @Override
    public void live(Did did) {
        accounts.updateOne(Filters.eq(did.value()), Updates.set("live", true));
    }

    private Optional<Account> find(Bson key) {
        return Optional.ofNullable(accounts.find(key).first()).map(MongoAccounts::read);
    }

    private static Account read(Document stored) {
        return new Account(
                new Did(stored.getString("_id")),
                NativeId.parse(stored.getString("origin")),
                new Handle(stored.getString("handle")),
                stored.getString("key"),
                stored.getString("genesis"),
                stored.getBoolean("live"),
                stored.getDate("createdAt").toInstant());
    }
}
