package dev.drawbridge.atproto.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.repo.RepoCommitter;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.atproto.record.syntax.TidClock;
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
/// @param archive reads them
/// @param sequencer the event stream
/// @param reannouncement what is to be said anew
/// @param orphans removes what a crash left behind
public record PdsStore(
        Accounts accounts,
        Repositories repositories,
        RepoArchive archive,
        Sequencer sequencer,
        Reannouncement reannouncement,
        OrphanSweep orphans) {
    private static final Logger LOG = LoggerFactory.getLogger(PdsStore.class);

    /// Opens the store in the instance's database, creates indexes and finishes what a crash interrupted.
    ///
    /// @param seenElsewhere the highest number that others have of us; asked before the first event is published
    public static PdsStore open(
            ConnectorContext.Resources resources,
            Signer signer,
            InstantSource clock,
            RandomGenerator random,
            Supplier<OptionalLong> seenElsewhere) {
        return open(resources.get(MongoDatabase.class), signer, clock, random, seenElsewhere);
    }

    static PdsStore open(
            MongoDatabase database,
            Signer signer,
            InstantSource clock,
            RandomGenerator random,
            Supplier<OptionalLong> seenElsewhere) {
        MongoEventLog log = new MongoEventLog(database);
        MongoSequenceCounter counter = new MongoSequenceCounter(database);
        PdsStore store = of(
                new MongoAccounts(database),
                new CachedBlocks(new MongoBlocks(database)),
                new MongoRepoStates(database),
                new MongoRecordIndex(database),
                counter,
                new Sequencer(log, counter, clock, Holder.ofThisProcess(), seenElsewhere),
                signer,
                clock,
                random);
        try {
            store.repositories.recover();
        } catch (NotPublishing e) {
            LOG.warn("{}", e.getMessage());
        }
        return store;
    }

    static PdsStore of(
            Accounts accounts,
            Blocks blocks,
            RepoStates states,
            RecordIndex index,
            SequenceCounter counter,
            Sequencer sequencer,
            Signer signer,
            InstantSource clock,
            RandomGenerator random) {
        Readers readers = new Readers();
        TidClock revs = new TidClock(clock, random.nextInt(Tid.CLOCKS));
        Repositories repositories =
                new Repositories(blocks, states, index, sequencer, readers, new RepoCommitter(signer), revs, clock);
        return new PdsStore(
                accounts,
                repositories,
                new RepoArchive(blocks, states, index, readers, clock),
                sequencer,
                new Reannouncement(counter, states, accounts, repositories),
                new OrphanSweep(states, blocks, readers));
    }
}
