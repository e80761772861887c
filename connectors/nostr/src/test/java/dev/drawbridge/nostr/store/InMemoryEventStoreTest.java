package dev.drawbridge.nostr.store;

class InMemoryEventStoreTest extends EventStoreContract {
    private final EventStore store = new InMemoryEventStore();

    @Override
    EventStore store() {
        return store;
    }
}
