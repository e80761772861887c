package dev.drawbridge.it.people;

import dev.drawbridge.it.peers.RealStore;
import java.util.Optional;

/// The same on a real MongoDB server, where there is one.
class PeopleOnARealStoreIT extends PeopleIT {
    private Optional<String> database = Optional.empty();

    @Override
    Optional<String> store() {
        if (database.isEmpty()) {
            database = Optional.of(RealStore.database("people"));
        }
        return database;
    }
}
