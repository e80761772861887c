package dev.drawbridge.atproto;

import dev.drawbridge.atproto.store.Sequencer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes events that nobody has to be able to read any more, once an hour.
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private final Sequencer events;
    private final Duration age;
    private @Nullable Thread thread;

    Retention(Sequencer events, Duration age) {
        this.events = events;
        this.age = age;
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
    }
}
