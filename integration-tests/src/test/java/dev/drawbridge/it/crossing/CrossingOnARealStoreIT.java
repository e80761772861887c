package dev.drawbridge.it.crossing;

import dev.drawbridge.it.peers.RealStore;
import java.util.Optional;

/// The same on a real MongoDB server, where there is one.
class CrossingOnARealStoreIT extends CrossingIT {
    @Override
    Optional<String> store() {
        return Optional.of(RealStore.database("crossing"));
    }
}
