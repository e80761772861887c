package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.store.Utterance;
import dev.drawbridge.activitypub.store.Utterances;
import dev.drawbridge.model.spi.Shelf;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Everything a stand-in's outbox shows: posts and shares as
/// [Activity Streams 2.0](https://www.w3.org/TR/activitystreams-core/), without `@context`, one a line, the newest
/// first.
public final class Belongings {
    private static final String OBJECTS = "outbox.ndjson";
    private static final int PAGE = 200;

    private final Utterances utterances;

    public Belongings(Utterances utterances) {
        this.utterances = utterances;
    }

    /// @param actor one of ours
    public void of(String actor, Shelf shelf) throws IOException {
        if (!utterances.listed(actor, Optional.empty(), 1).isEmpty()) {
            shelf.put(OBJECTS, out -> write(actor, out));
        }
    }

    private void write(String actor, OutputStream out) throws IOException {
        Optional<String> before = Optional.empty();
        List<Utterance> page;
        do {
            page = utterances.listed(actor, before, PAGE);
            for (Utterance said : page) {
                out.write((said.json() + "\n").getBytes(StandardCharsets.UTF_8));
                before = Optional.of(said.order());
            }
        } while (page.size() == PAGE);
    }
}
