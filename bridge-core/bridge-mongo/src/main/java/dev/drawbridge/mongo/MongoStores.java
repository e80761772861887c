package dev.drawbridge.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.port.Absences;
import dev.drawbridge.model.port.Complaints;
import dev.drawbridge.model.port.Consents;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Cursors;
import dev.drawbridge.model.port.DailyQuotas;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.Digests;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.port.Links;
import dev.drawbridge.model.port.Notices;
import dev.drawbridge.model.port.Operators;
import dev.drawbridge.model.port.Parking;
import dev.drawbridge.model.port.Preferences;
import dev.drawbridge.model.port.Rules;
import dev.drawbridge.model.port.StoreUnavailableException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/// Every port on one database of a MongoDB server, with the connection they share.
public final class MongoStores implements AutoCloseable {
    /// The database that is used when the address names none.
    public static final String DEFAULT_DATABASE = "drawbridge";

    private static final int ANSWER_WITHIN_SECONDS = 5;
    private static final int READ_WITHIN_SECONDS = 30;
    private static final int CROSSINGS_KEPT = 10_000;

    private final MongoClient client;
    private final MongoDatabase database;
    private final MongoConsents consents;
    private final MongoIdentityMap identities;
    private final MongoLedger ledger;
    private final MongoFollows follows;
    private final MongoParking parking;
    private final MongoDeadLetters deadLetters;
    private final MongoCrossings crossings;
    private final MongoCursors cursors;
    private final MongoAbsences absences;
    private final MongoKeyStore keys;
    private final MongoPreferences preferences;
    private final MongoNotices notices;
    private final MongoComplaints complaints;
    private final MongoDigests digests;
    private final MongoDailyQuotas quotas;
    private final MongoLinks links;
    private final MongoOperators operators;
    private final MongoRules rules;

    private MongoStores(MongoClient client, MongoDatabase database, DeliveryFormat format) {
        this.client = client;
        this.database = database;
        consents = new MongoConsents(database);
        identities = new MongoIdentityMap(database);
        ledger = new MongoLedger(database);
        follows = new MongoFollows(database);
        parking = new MongoParking(database, format);
        deadLetters = new MongoDeadLetters(database);
        crossings = new MongoCrossings(database, CROSSINGS_KEPT, CROSSINGS_KEPT / 10);
        cursors = new MongoCursors(database);
        absences = new MongoAbsences(database, System::nanoTime);
        keys = new MongoKeyStore(database);
        preferences = new MongoPreferences(database);
        notices = new MongoNotices(database);
        complaints = new MongoComplaints(database);
        digests = new MongoDigests(database);
        quotas = new MongoDailyQuotas(database);
        links = new MongoLinks(database);
        operators = new MongoOperators(database);
        rules = new MongoRules(database);
    }

    /// Connects, checks that the server answers within five seconds and that its data is ours to read, and makes
    /// the indexes that are missing.
    ///
    /// @param uri a MongoDB connection string with its database, else [#DEFAULT_DATABASE]; what it says about
    ///     time-outs and write concern wins over our defaults
    /// @param format how parked deliveries are written
    /// @throws IllegalArgumentException if `uri` is not a connection string
    /// @throws StoreUnavailableException if the server does not answer
    /// @throws IllegalStateException if the data was written by a newer version, or an index cannot be made
    public static MongoStores open(String uri, DeliveryFormat format) {
        ConnectionString address = new ConnectionString(uri);
        MongoClient client = MongoClients.create(settings(address));
        try {
            MongoDatabase database = client.getDatabase(
                    Optional.ofNullable(address.getDatabase()).orElse(DEFAULT_DATABASE));
            answers(database);
            Layout.check(database);
            MongoIndexes.ensure(database);
            MongoStores stores = new MongoStores(client, database, format);
            stores.parking.repair();
            stores.follows.repair();
            return stores;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static MongoClientSettings settings(ConnectionString address) {
        return MongoClientSettings.builder()
                .applicationName("drawbridge")
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .applyToClusterSettings(c -> c.serverSelectionTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS))
                .applyToSocketSettings(s -> s.connectTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
                        .readTimeout(READ_WITHIN_SECONDS, TimeUnit.SECONDS))
                .applyToConnectionPoolSettings(p -> p.maxWaitTime(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS))
                .applyConnectionString(address)
                .build();
    }

    private static void answers(MongoDatabase database) {
        try {
            database.runCommand(new Document("ping", 1));
        } catch (MongoException e) {
            throw StoreErrors.told(e);
        }
    }

    /// Asks the server for a sign of life: for health checks.
    ///
    /// @throws StoreUnavailableException if it gives none
    public void ping() {
        answers(database);
    }

    /// The database itself, for what connectors store. Whatever is reached through it throws
    /// [StoreUnavailableException] when the server does not answer, and the driver's own exceptions for anything
    /// else.
    public MongoDatabase database() {
        return Telling.telling(MongoDatabase.class, database);
    }

    /// What connectors store in, by type, for whoever must not name it.
    ///
    /// @throws IllegalArgumentException if there is nothing of that type
    public <T> T resource(Class<T> type) {
        if (!type.isInstance(database)) {
            throw new IllegalArgumentException("the store has no " + type.getName());
        }
        return type.cast(database());
    }

    public Consents consents() {
        return consents;
    }

    public IdentityMap identities() {
        return identities;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Follows follows() {
        return follows;
    }

    public Parking parking() {
        return parking;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public Crossings crossings() {
        return crossings;
    }

    public Cursors cursors() {
        return cursors;
    }

    public Absences absences() {
        return absences;
    }

    public KeyStore keys() {
        return keys;
    }

    public Preferences preferences() {
        return preferences;
    }

    public Complaints complaints() {
        return complaints;
    }

    public Digests digests() {
        return digests;
    }

    public DailyQuotas quotas() {
        return quotas;
    }

    public Links links() {
        return links;
    }

    public Notices notices() {
        return notices;
    }

    public Operators operators() {
        return operators;
    }

    public Rules rules() {
        return rules;
    }

    @Override
    public void close() {
        crossings.flush();
        client.close();
    }
}
