package dev.drawbridge.atproto.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.repo.RepoCommitter;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.atproto.record.syntax.TidClock;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.atproto.store.blob.RecordFiles;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.ConnectorContext;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything our PDS keeps.
///
/// @param repositories changes repositories
/// @param writer writes records as fast as relays take them
/// @param archive reads them
/// @param sequencer the event stream
/// @param reannouncement what is to be said anew
/// @param orphans removes what a crash left behind
/// @param departures who may take an account elsewhere
public record PdsStore(
        Accounts accounts,
        Repositories repositories,
        RepoWriter writer,
        RepoArchive archive,
        Sequencer sequencer,
        Reannouncement reannouncement,
        OrphanSweep orphans,
        Departures departures) {
    private static final Logger LOG = LoggerFactory.getLogger(PdsStore.class);

    /// Opens the store in the instance's database, creates indexes and finishes what a crash interrupted.
    ///
    /// @param limits what relays take
    /// @param seenElsewhere the highest number that others have of us; asked before the first event is published
    /// @param deadLetters for writes that were taken and can never be committed
    public static PdsStore open(
            ConnectorContext.Resources resources,
            Signer signer,
            InstantSource clock,
            RandomGenerator random,
            RelayLimits limits,
            Supplier<OptionalLong> seenElsewhere,
            DeadLetters deadLetters) {
        return open(resources.get(MongoDatabase.class), signer, clock, random, limits, seenElsewhere, deadLetters);
    }

    static PdsStore open(
            MongoDatabase database,
            Signer signer,
            InstantSource clock,
            RandomGenerator random,
            RelayLimits limits,
            Supplier<OptionalLong> seenElsewhere,
            DeadLetters deadLetters) {
        Ports ports = Ports.on(database);
        Budget budget = new Budget(limits, clock);
        budget.accounts(ports.accounts.count());
        Sequencer sequencer =
                new Sequencer(ports.log, ports.counter, clock, Holder.ofThisProcess(), budget, seenElsewhere);
        PdsStore store = of(ports, sequencer, signer, clock, random, deadLetters);
        try {
            store.repositories.recover();
        } catch (NotPublishing e) {
            LOG.warn("{}", e.getMessage());
        }
        return store;
    }

    /// Where everything is kept.
    record Ports(
            Accounts accounts,
            Blocks blocks,
            RepoStates states,
            RecordIndex index,
            WriteQueue queue,
            EventLog log,
            SequenceCounter counter,
            BlobStore blobs,
            Departures departures) {
        static Ports on(MongoDatabase database) {
            return new Ports(
                    new MongoAccounts(database),
                    new CachedBlocks(new MongoBlocks(database)),
                    new MongoRepoStates(database),
                    new MongoRecordIndex(database),
                    new MongoWriteQueue(database),
                    new MongoEventLog(database),
                    new MongoSequenceCounter(database),
                    BlobStore.open(database),
                    new MongoDepartures(database));
        }
    }

    static PdsStore of(
            Ports ports,
            Sequencer sequencer,
            Signer signer,
            InstantSource clock,
            RandomGenerator random,
            DeadLetters deadLetters) {
        Readers readers = new Readers();
        TidClock revs = new TidClock(clock, random.nextInt(Tid.CLOCKS));
        Repositories repositories = new Repositories(
                ports.blocks, ports.states, ports.index, sequencer, readers, new RepoCommitter(signer), revs, clock);
        RepoArchive archive = new RepoArchive(ports.blocks, ports.states, ports.index, readers, clock);
        WaitingWrites commits = new WaitingWrites(
                ports.accounts,
                repositories,
                archive,
                ports.index,
                ports.queue,
                new RecordFiles(ports.blobs, clock),
                deadLetters,
                clock);
        return new PdsStore(
                ports.accounts,
                repositories,
                new RepoWriter(ports.accounts, ports.queue, sequencer, commits, clock),
                archive,
                sequencer,
                new Reannouncement(ports.counter, ports.states, ports.accounts, repositories),
                new OrphanSweep(ports.states, ports.blocks, readers),
                ports.departures);
    }
}
