package dev.drawbridge.atproto.wire;

import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.util.List;

/// The first version.
class JetstreamTest extends JetstreamStories {
    JetstreamTest(MongoDatabase database) throws IOException {
        super(database, JetstreamVersion.FIRST);
    }

    @Override
    String wire(String event) {
        return event;
    }

    @Override
    List<String> asked() {
        return List.of("/subscribe?", "wantedCollections", "compress=true");
    }
}
