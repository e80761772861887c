package dev.drawbridge.nostr.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.spi.ConnectorContext;

/// Everything this connector keeps.
public record NostrStore(
        EventStore events,
        Presentations presentations,
        LatestLists lists,
        RelayRules rules,
        Placements placements,
        KeptAuthors keptAuthors,
        OpenPolls polls) {
    /// In the instance's database.
    public static NostrStore of(ConnectorContext.Resources resources) {
        MongoDatabase database = resources.get(MongoDatabase.class);
        return new NostrStore(
                new MongoEventStore(database),
                new MongoPresentations(database),
                new MongoLatestLists(database),
                new MongoRelayRules(database),
                new MongoPlacements(database),
                new MongoKeptAuthors(database),
                new MongoOpenPolls(database));
    }

    /// Gone with the process: for tests and for trying out.
    public static NostrStore inMemory() {
        return new NostrStore(
                new InMemoryEventStore(),
                new InMemoryPresentations(),
                new InMemoryLatestLists(),
                new InMemoryRelayRules(),
                new InMemoryPlacements(),
                new InMemoryKeptAuthors(),
                new InMemoryOpenPolls());
    }
}
