package dev.drawbridge.activitypub.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.spi.ConnectorContext;

/// Everything the connector keeps. Makes its indexes when it is opened.
public record Stores(
        Presentations presentations, Utterances utterances, PendingRequests pending, Hosts hosts, Moves moves) {
    /// @throws com.mongodb.MongoException if the store does not answer
    public static Stores open(ConnectorContext.Resources resources) {
        MongoDatabase database = resources.get(MongoDatabase.class);
        return new Stores(
                new Presentations(database),
                new Utterances(database),
                new PendingRequests(database),
                new Hosts(database),
                new Moves(database));
    }
}
