package dev.drawbridge.mongo.embedded;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A MongoDB server in this process that keeps its data in one file of a folder. It listens on a free port of the
/// loopback address only, and acknowledges a write after the disk has it, so `kill -9` loses nothing
/// acknowledged.
///
/// It has what the ports need and not all of MongoDB; meant for trying out and for small instances.
public final class EmbeddedMongo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMongo.class);

    private static final String FILE = "store.mv";
    private static final int CACHE_MB = 32;

    /// Small pages, because every commit writes each changed page whole.
    private static final int PAGE_BYTES = 4096;

    /// How long the file keeps what is not needed any more: longer than any read takes.
    private static final int RETENTION_MILLIS = 10_000;

    /// A waiting write holds its thread, and each connection has one of these.
    private static final int THREADS = 64;

    private static final int HOUSEKEEPING_SECONDS = 5;
    private static final int TARGET_FILL_PERCENT = 50;

    /// At once: nothing is written meanwhile.
    private static final int COMPACT_BYTES = 1 << 20;

    /// At a time, all pieces together.
    private static final long COMPACT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final FolderLock lock;
    private final MVStore store;
    private final GroupCommit commits;
    private final MongoServer server;
    private final String uri;
    private final ScheduledExecutorService housekeeper;

    private EmbeddedMongo(FolderLock lock, MVStore store, GroupCommit commits, MongoServer server) {
        this.lock = lock;
        this.store = store;
        this.commits = commits;
        this.server = server;
        this.uri = "mongodb://127.0.0.1:" + server.getLocalAddress().getPort();
        this.housekeeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("embedded-store").factory());
        housekeeper.scheduleWithFixedDelay(
                this::keepHouse, HOUSEKEEPING_SECONDS, HOUSEKEEPING_SECONDS, TimeUnit.SECONDS);
    }

    /// Opens the folder, which is made if it is not there, and starts the server.
    ///
    /// @throws IllegalStateException if another instance has the folder, or its file cannot be read
    /// @throws UncheckedIOException if the folder cannot be written
    public static EmbeddedMongo open(Path folder) {
        return open(folder, UnaryOperator.identity());
    }

    /// @param disk what happens to the sync that follows each commit, so that tests can let it fail
    static EmbeddedMongo open(Path folder, UnaryOperator<Runnable> disk) {
        return open(folder, disk, RETENTION_MILLIS);
    }

    static EmbeddedMongo open(Path folder, UnaryOperator<Runnable> disk, int retentionMillis) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data folder " + folder.toAbsolutePath(), e);
        }
        FolderLock lock = FolderLock.take(folder);
        try {
            MVStore store = storeIn(folder.resolve(FILE), retentionMillis);
            try {
                return start(folder, lock, store, disk);
            } catch (RuntimeException e) {
                store.closeImmediately();
                throw e;
            }
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static MVStore storeIn(Path file, int retentionMillis) {
        try {
            MVStore store = new MVStore.Builder()
                    .fileName(file.toAbsolutePath().toString())
                    .autoCommitDisabled()
                    .cacheSize(CACHE_MB)
                    .pageSplitSize(PAGE_BYTES)
                    .open();
            store.setRetentionTime(retentionMillis);
            return store;
        } catch (MVStoreException e) {
            throw new IllegalStateException(
                    "the store file " + file.toAbsolutePath() + " cannot be read; restore a backup: " + e.getMessage(),
                    e);
        }
    }

    private static EmbeddedMongo start(Path folder, FolderLock lock, MVStore store, UnaryOperator<Runnable> disk) {
        GroupCommit commits = new GroupCommit(() -> store.commit() >= 0, disk.apply(store::sync));
        MongoServer server = new MongoServer(new DurableBackend(store, commits));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, THREADS);
        EmbeddedMongo embedded = new EmbeddedMongo(lock, store, commits, server);
        LOG.info(
                "embedded store in {} at {}: for trying out and small instances; larger ones set a MongoDB address",
                folder.toAbsolutePath(),
                embedded.uri);
        return embedded;
    }

    /// The address to connect to: `mongodb://127.0.0.1:port`, without a database.
    public String uri() {
        return uri;
    }

    /// Brings to the disk what nobody waited for, and makes room in the file, a bounded piece at a time.
    void keepHouse() {
        try {
            if (commits.behind()) {
                commits.alone(store::commit);
            }
            long until = System.nanoTime() + COMPACT_NANOS;
            var more = new AtomicBoolean(true);
            while (more.get() && wasteful() && System.nanoTime() < until) {
                commits.alone(() -> more.set(makesRoom()));
            }
        } catch (RuntimeException e) {
            LOG.error("the embedded store cannot keep its file in order: {}", e.getMessage(), e);
        }
    }

    /// Writes what is still needed of old parts of the file once more. What is left of them is free for what comes when
    /// they are old enough, and known to be so after the commit.
    ///
    /// @return false if no part is old enough yet
    private boolean makesRoom() {
        boolean moved = store.compact(TARGET_FILL_PERCENT, COMPACT_BYTES);
        store.commit();
        return moved;
    }

    /// Whether much of what the file holds was replaced since by something newer.
    private boolean wasteful() {
        return store.getFileStore().getChunksFillRate() < TARGET_FILL_PERCENT;
    }

    /// Ends connections, brings everything to the disk and lets go of the folder.
    @Override
    public void close() {
        housekeeper.close();
        server.shutdownNow();
        try {
            store.close();
        } finally {
            lock.close();
        }
    }
}
