package dev.drawbridge.atproto.wire;

import dev.drawbridge.model.spi.EventSink;
import java.util.Optional;

/// A source of news from the network.
public interface EventStream {
    /// Begins to read, from where the last reading ended.
    void start(EventSink sink);

    /// Ends reading. Idempotent.
    void stop();

    /// What is wrong with it; empty if nothing is.
    Optional<String> trouble();
}
