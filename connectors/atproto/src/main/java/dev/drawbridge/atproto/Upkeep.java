package dev.drawbridge.atproto;

import dev.drawbridge.atproto.store.NotPublishing;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.atproto.wire.RelayStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What our PDS does by itself, every few seconds: it says that it is there, finishes what was interrupted and
/// announces what is to be announced; once an hour it removes what nobody has to be able to read any more, and asks
/// relays about us.
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration SELDOM = Duration.ofHours(1);

    /// A record that waits for its turn must still find its files; what came from which address is known for as long.
    private static final Duration UNUSED_FILES = Duration.ofHours(24);

    private final PdsStore store;
    private final BlobStore blobs;
    private final RelayStatus relays;
    private final RelayCare care;
    private final AccountUpkeep accounts;
    private final MovesOut movesOut;
    private final Runnable bots;
    private final Duration retention;
    private final InstantSource clock;

    /// A relay that does not answer must not cost us the term in which we publish.
    private final Aside asking = new Aside("atproto relays", this::askRelays);

    /// Whether relays are to be asked about this host.
    private final AtomicBoolean unasked = new AtomicBoolean();

    private @Nullable Thread thread;
    private Instant next;

    /// @param bots what bots say of themselves besides
    /// @param retention how long events are kept
    Upkeep(
            PdsStore store,
            BlobStore blobs,
            RelayStatus relays,
            RelayCare care,
            AccountUpkeep accounts,
            MovesOut movesOut,
            Runnable bots,
            Duration retention,
            InstantSource clock) {
        this.store = store;
        this.blobs = blobs;
        this.relays = relays;
        this.care = care;
        this.accounts = accounts;
        this.movesOut = movesOut;
        this.bots = bots;
        this.retention = retention;
        this.clock = clock;
        next = clock.instant().plus(SELDOM);
    }

    synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name("atproto upkeep").start(this::run);
        }
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
        asking.stop();
    }

    private void run() {
        try {
            while (true) {
                try {
                    once();
                } catch (RuntimeException e) {
                    LOG.error("the upkeep of the PDS failed; it is tried again", e);
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer kept up");
        }
    }

    void once() {
        if (!store.sequencer().beat()) {
            return;
        }
        store.repositories().recover();
        store.reannouncement().step();
        store.writer().look();
        store.writer().drain();
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            next = now.plus(SELDOM);
            store.sequencer().prune(retention);
            store.orphans().step();
            store.departures().prune(now);
            int gone = blobs.sweep(now.minus(UNUSED_FILES));
            if (gone > 0) {
                LOG.info("removed {} files that no record refers to", gone);
            }
            unasked.set(true);
        }
        accounts.step();
        bots.run();
        asking.begin();
    }

    private void askRelays() {
        try {
            if (unasked.getAndSet(false)) {
                relays.look();
            }
            care.step();
            movesOut.step();
        } catch (NotPublishing e) {
            LOG.info("relays are told nothing: {}", e.getMessage());
        }
    }
}
