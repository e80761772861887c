package dev.drawbridge.atproto;

import dev.drawbridge.atproto.store.Sequencer;
import dev.drawbridge.atproto.store.blob.BlobStore;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes events that nobody has to be able to read any more, and files that no record refers to, once an hour.
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofHours(1);

    /// A record that waits for its turn must still find its files; what came from which address is known for as long.
    private static final Duration UNUSED_FILES = Duration.ofHours(24);

    private final Sequencer events;
    private final Duration age;
    private final BlobStore blobs;
    private final InstantSource clock;
    private @Nullable Thread thread;

    /// @param age how long events are kept
    Retention(Sequencer events, Duration age, BlobStore blobs, InstantSource clock) {
        this.events = events;
        this.age = age;
        this.blobs = blobs;
        this.clock = clock;
    }

    synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("atproto retention").start(this::run);
        }
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                prune();
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer pruning");
        }
    }

    private void prune() {
        try {
            events.prune(age);
        } catch (RuntimeException e) {
            LOG.error("old events could not be removed", e);
        }
        try {
            int gone = blobs.sweep(clock.instant().minus(UNUSED_FILES));
            if (gone > 0) {
                LOG.info("removed {} files that no record refers to", gone);
            }
        } catch (RuntimeException e) {
            LOG.error("unused files could not be removed", e);
        }
    }
}
