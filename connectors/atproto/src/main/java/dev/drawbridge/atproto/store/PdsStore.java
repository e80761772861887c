package dev.drawbridge.atproto.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.repo.RepoCommitter;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.atproto.record.syntax.TidClock;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.ConnectorContext;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Everything our PDS keeps.
///
/// @param repositories changes repositories
/// @param archive reads them
/// @param sequencer the event stream
public record PdsStore(Accounts accounts, Repositories repositories, RepoArchive archive, Sequencer sequencer) {
    /// Opens the store in the instance's database, creates indexes and finishes what a crash interrupted.
    public static PdsStore open(
            ConnectorContext.Resources resources, Signer signer, InstantSource clock, RandomGenerator random) {
        return open(resources.get(MongoDatabase.class), signer, clock, random);
    }

    static PdsStore open(MongoDatabase database, Signer signer, InstantSource clock, RandomGenerator random) {
        PdsStore store = of(
                new MongoAccounts(database),
                new MongoBlocks(database),
                new MongoRepoStates(database),
                new MongoRecordIndex(database),
                new MongoEventLog(database),
                new MongoSequenceCounter(database),
                signer,
                clock,
                random);
        store.repositories.recover();
        return store;
    }

    static PdsStore of(
            Accounts accounts,
            Blocks blocks,
            RepoStates states,
            RecordIndex index,
            EventLog log,
            SequenceCounter counter,
            Signer signer,
            InstantSource clock,
            RandomGenerator random) {
        Readers readers = new Readers();
        Sequencer sequencer = new Sequencer(log, counter, clock);
        TidClock revs = new TidClock(clock, random.nextInt(Tid.CLOCKS));
        Repositories repositories =
                new Repositories(blocks, states, index, sequencer, readers, new RepoCommitter(signer), revs, clock);
        return new PdsStore(accounts, repositories, new RepoArchive(blocks, states, index, readers), sequencer);
    }
}
