package dev.drawbridge.engine.broker;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.DiskFullMessagePolicy;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/// Artemis in this process, with its journal under the data folder. A send returns after the journal is on the disk.
public final class EmbeddedBroker implements Broker {
    private static final AtomicInteger ACCEPTORS = new AtomicInteger();
    private static final long MEMORY = 128 * 1024 * 1024;

    /// In bytes. With less space left on the disk nothing new is taken, so that what was taken can still be finished.
    private static final long LEAST_FREE = 2L << 30;

    /// Of a disk on which that would be more: this part of it.
    private static final int PART_FREE = 10;

    /// Nanoseconds between two syncs of the journal while it is busy. What comes in meanwhile shares the next one.
    private static final int JOURNAL_PAUSE = 500_000;

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final ActiveMQConnectionFactory connections;
    private final Path folder;
    private final FolderLock lock;

    private EmbeddedBroker(Path folder, long leastFree) {
        this.folder = folder;
        this.lock = FolderLock.take(folder);
        // The in-VM transport is addressed by a number that is unique in this process.
        String acceptor = "vm://" + ACCEPTORS.incrementAndGet();
        server.setConfiguration(configuration(folder, acceptor, leastFree));
        connections = Connections.to(acceptor, 0);
    }

    /// Starts the broker and reloads what its journal holds.
    ///
    /// @param folder made if it is missing; belongs to one broker at a time
    /// @throws BrokerUnavailableException if it does not become active
    public static EmbeddedBroker start(Path folder) {
        return start(folder, leastFree(spaceOf(folder)));
    }

    /// @param leastFree bytes of the disk below which nothing is taken
    static EmbeddedBroker start(Path folder, long leastFree) {
        allowNettyToFreeJournalBuffers();
        var broker = new EmbeddedBroker(folder.toAbsolutePath(), leastFree);
        try {
            broker.server.start();
        } catch (Exception e) {
            broker.close();
            throw new BrokerUnavailableException("the broker does not start on " + folder + ": " + e.getMessage(), e);
        }
        // Artemis only logs it when its journal does not load.
        if (!broker.active()) {
            broker.close();
            throw new BrokerUnavailableException("the broker does not become active on " + folder);
        }
        return broker;
    }

    /// @param space of the whole disk, in bytes
    static long leastFree(long space) {
        return Math.min(LEAST_FREE, space / PART_FREE);
    }

    private static long spaceOf(Path folder) {
        try {
            return Files.getFileStore(Files.createDirectories(folder)).getTotalSpace();
        } catch (IOException e) {
            throw new BrokerUnavailableException("the broker's folder " + folder + " cannot be used: " + e, e);
        }
    }

    /// On JDK 25 the journal cannot be read back while Netty's own cleaner is in charge of its buffers (GOTCHAS). Has
    /// to be said before the first Netty class loads.
    private static void allowNettyToFreeJournalBuffers() {
        if (System.getProperty("io.netty.noUnsafe") == null) {
            System.setProperty("io.netty.noUnsafe", "false");
        }
    }

    private static Configuration configuration(Path folder, String acceptor, long leastFree) {
        try {
            return new ConfigurationImpl()
                    .setPersistenceEnabled(true)
                    .setSecurityEnabled(false)
                    .setJMXManagementEnabled(false)
                    .setJournalType(JournalType.NIO)
                    .setJournalDirectory(folder.resolve("journal").toString())
                    .setBindingsDirectory(folder.resolve("bindings").toString())
                    .setLargeMessagesDirectory(folder.resolve("large").toString())
                    .setPagingDirectory(folder.resolve("paging").toString())
                    .setJournalSyncTransactional(true)
                    .setJournalSyncNonTransactional(true)
                    .setJournalDatasync(true)
                    .setJournalBufferTimeout_NIO(JOURNAL_PAUSE)
                    .setGlobalMaxSize(MEMORY)
                    // Not a share of the disk in use: a tenth of a large one is much to leave empty.
                    .setMaxDiskUsage(-1)
                    .setMinDiskFree(leastFree)
                    .setDiskScanPeriod(1000)
                    .setCriticalAnalyzer(false)
                    .addAddressSetting("#", settings())
                    .addAcceptorConfiguration("in-vm", acceptor);
        } catch (Exception e) {
            throw new BrokerUnavailableException("the broker cannot be configured", e);
        }
    }

    private static AddressSettings settings() {
        return new AddressSettings()
                // Put back at the head and at once: a delay would let its successors overtake it. The engine waits
                // itself.
                .setRedeliveryDelay(0)
                .setMaxDeliveryAttempts(-1)
                .setAutoCreateDeadLetterResources(false)
                .setDefaultConsumerWindowSize(0)
                .setDefaultGroupBuckets(1024)
                // A sender hears of a full disk instead of waiting for space.
                .setDiskFullMessagePolicy(DiskFullMessagePolicy.FAIL)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false);
    }

    @Override
    public ConnectionFactory connectionFactory() {
        return connections;
    }

    @Override
    public Optional<String> trouble() {
        if (!active()) {
            return Optional.of("the embedded broker on " + folder + " is not active");
        }
        if (server.getActiveMQServer().getPagingManager().isDiskFull()) {
            return Optional.of("the disk under " + folder + " is too full: nothing new is accepted");
        }
        return Optional.empty();
    }

    private boolean active() {
        ActiveMQServer started = server.getActiveMQServer();
        return started != null && started.isActive();
    }

    @Override
    public OptionalLong depth(String queue) {
        Queue found = server.getActiveMQServer().locateQueue(SimpleString.of(queue));
        return OptionalLong.of(found == null ? 0 : found.getMessageCount());
    }

    @Override
    public String description() {
        return "embedded, journal synced under " + folder;
    }

    @Override
    public void close() {
        connections.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new BrokerUnavailableException("the broker does not stop: " + e.getMessage(), e);
        } finally {
            lock.release();
        }
    }
}
