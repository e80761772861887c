package dev.drawbridge.atproto.store;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.NativeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;

/// Accounts in the collection `atproto_accounts`.
final class MongoAccounts implements Accounts {
    private final MongoCollection<Document> accounts;

    MongoAccounts(MongoDatabase database) {
        accounts = database.getCollection("atproto_accounts");
        accounts.createIndex(Indexes.ascending("origin"), new IndexOptions().unique(true));
        accounts.createIndex(Indexes.ascending("handle"), new IndexOptions().unique(true));
        accounts.createIndex(Indexes.ascending("closedAt"), new IndexOptions().sparse(true));
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
                    .append("operation", account.operation())
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
    public boolean release(Did did) {
        return accounts.deleteOne(Filters.and(Filters.eq(did.value()), Filters.eq("live", false)))
                        .getDeletedCount()
                == 1;
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

    @Override
    public long count() {
        return accounts.estimatedDocumentCount();
    }

    @Override
    public List<Account> page(Optional<Did> after, int limit) {
        Bson range = after.map(did -> Filters.gt("_id", did.value())).orElseGet(Filters::empty);
        return read(accounts.find(range).sort(Sorts.ascending("_id")).limit(limit));
    }

    @Override
    public void pending(Did did, Account.Pending change) {
        Document noted = new Document("operation", change.operation())
                .append("handle", change.handle().value())
                .append("key", change.keyRef());
        accounts.updateOne(Filters.eq(did.value()), Updates.set("pending", noted));
    }

    @Override
    public void changed(Did did, Account.Pending change) {
        try {
            accounts.updateOne(
                    Filters.eq(did.value()),
                    Updates.combine(
                            Updates.set("operation", change.operation()),
                            Updates.set("handle", change.handle().value()),
                            Updates.set("key", change.keyRef())));
        } catch (MongoWriteException e) {
            if (e.getError().getCode() == MongoCodes.DUPLICATE_KEY) {
                throw new IllegalStateException("somebody else has the handle " + change.handle(), e);
            }
            throw e;
        }
    }

    @Override
    public void settled(Did did) {
        accounts.updateOne(Filters.eq(did.value()), Updates.unset("pending"));
    }

    @Override
    public void hostKeys(Did did, List<DidKey> keys) {
        accounts.updateOne(
                Filters.eq(did.value()),
                Updates.addEachToSet(
                        "hostKeys", keys.stream().map(DidKey::toString).toList()));
    }

    @Override
    public void operation(Did did, String operation) {
        accounts.updateOne(Filters.eq(did.value()), Updates.set("operation", operation));
    }

    @Override
    public void closed(Did did, Instant since) {
        accounts.updateOne(
                Filters.and(Filters.eq(did.value()), Filters.exists("closedAt", false)),
                Updates.set("closedAt", Date.from(since)));
    }

    @Override
    public void elsewhere(Did did) {
        accounts.updateOne(Filters.eq(did.value()), Updates.set("elsewhere", true));
    }

    @Override
    public void notClosed(Did did) {
        accounts.updateOne(Filters.eq(did.value()), Updates.unset("closedAt"));
    }

    @Override
    public List<Account> closedBefore(Instant moment, int limit) {
        return read(accounts.find(Filters.lt("closedAt", Date.from(moment))).limit(limit));
    }

    private Optional<Account> find(Bson key) {
        return Optional.ofNullable(accounts.find(key).first()).map(MongoAccounts::read);
    }

    private static List<Account> read(Iterable<Document> stored) {
        List<Account> found = new ArrayList<>();
        stored.forEach(account -> found.add(read(account)));
        return found;
    }

    private static Account read(Document stored) {
        String genesis = stored.getString("genesis");
        String operation = stored.getString("operation");
        return new Account(
                new Did(stored.getString("_id")),
                NativeId.parse(stored.getString("origin")),
                new Handle(stored.getString("handle")),
                stored.getString("key"),
                genesis,
                stored.getBoolean("live"),
                stored.getDate("createdAt").toInstant(),
                operation == null ? genesis : operation,
                Optional.ofNullable(stored.get("pending", Document.class)).map(MongoAccounts::pending),
                Optional.ofNullable(stored.getDate("closedAt")).map(Date::toInstant),
                stored.getBoolean("elsewhere", false),
                stored.getList("hostKeys", String.class, List.of()).stream()
                        .map(DidKey::parse)
                        .collect(Collectors.toSet()));
    }

    private static Account.Pending pending(Document stored) {
        return new Account.Pending(
                stored.getString("operation"), new Handle(stored.getString("handle")), stored.getString("key"));
    }
}
