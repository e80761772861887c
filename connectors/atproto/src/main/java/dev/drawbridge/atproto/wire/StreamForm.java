package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.spi.EventSink;
import java.net.URI;
import java.util.Optional;

/// How one kind of stream is asked for and read.
public interface StreamForm {
    /// The stream as cursors are kept of it.
    String name();

    /// Where to connect.
    ///
    /// @param cursor the last position that was heard; empty for what comes now
    URI address(Optional<Long> cursor);

    /// The service answered that it lets nobody connect like that.
    ///
    /// @param status of its answer
    default void refused(int status) {}

    /// What an operator should know of how it is read; empty if nothing.
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /// Whether something at this position was not heard before.
    ///
    /// @param heard the last position that was heard
    default boolean isNew(long position, Optional<Long> heard) {
        return true;
    }

    /// The longest message that is taken, in bytes.
    int longest();

    /// Reads a message, as far as it takes to know whom it is about. Looks at memory only.
    Heard read(StreamConnection.Message message);

    /// What a message says.
    sealed interface Heard {
        /// Something that may concern the bridge.
        ///
        /// @param person who did it
        /// @param bytes what it costs to keep it
        /// @param guest whether it is a stranger's
        record News(long position, Did person, long bytes, boolean guest, Work work) implements Heard {}

        /// Something that does not concern the bridge.
        record Passed(long position) implements Heard {}

        /// The service does not know our cursor: what it has now is read from its beginning.
        record Forgotten() implements Heard {}

        /// Nothing that has a place in the stream.
        record Nothing() implements Heard {}
    }

    /// What has to be done about news.
    @FunctionalInterface
    interface Work {
        /// Returns once the engine has taken care of it.
        ///
        /// @return whether the engine stored anything
        /// @throws InterruptedException if it is over before that
        boolean run(EventSink sink, Pauses pauses) throws InterruptedException;
    }
}
