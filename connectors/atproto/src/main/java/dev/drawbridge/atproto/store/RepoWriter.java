package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.repo.RepoCommitter;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.atproto.store.blob.RecordFiles;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes to repositories: at once while relays take more of us, otherwise later and many together. What waits is
/// stored before whoever wrote it is told that it was taken.
///
/// While something waits for a repository, everything else for it waits behind it. A repository whose turn comes gets
/// all that waits for it in one commit, because relays count commits and not what is in them.
public final class RepoWriter {
    private static final Logger LOG = LoggerFactory.getLogger(RepoWriter.class);
    private static final int LOCKS = 1024;

    /// Bytes of the records of one commit; the rest of what it may announce is for the tree around them.
    private static final int MOST_BYTES = 500_000;

    private final Accounts accounts;
    private final Repositories repositories;
    private final RepoArchive archive;
    private final RecordIndex index;
    private final WriteQueue queue;
    private final Sequencer sequencer;
    private final RecordFiles files;
    private final InstantSource clock;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
    private final ReentrantLock draining = new ReentrantLock();

    /// Repositories something waits for. Changed under the lock of the repository.
    private final Set<Did> waiting = ConcurrentHashMap.newKeySet();

    private volatile int term = -1;

    /// Whether relays take no more of us, or something waits because they did not.
    private volatile boolean over;

    RepoWriter(
            Accounts accounts,
            Repositories repositories,
            RepoArchive archive,
            RecordIndex index,
            WriteQueue queue,
            Sequencer sequencer,
            RecordFiles files,
            InstantSource clock) {
        this.accounts = accounts;
        this.repositories = repositories;
        this.archive = archive;
        this.index = index;
        this.queue = queue;
        this.sequencer = sequencer;
        this.files = files;
        this.clock = clock;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /// Applies writes to a repository that is there: as one commit now, or together with others later.
    ///
    /// @throws IllegalArgumentException if a record cannot be stored, or two writes are of the same one
    /// @throws NotPublishing if another process publishes; nothing was taken
    public void write(Account account, List<RepoWrite> writes) {
        RepoCommitter.check(writes);
        sequencer.require();
        inTerm();
        Did repo = account.did();
        if (!now(account, writes)) {
            try {
                drain();
            } catch (NotPublishing e) {
                LOG.info("{} waits: {}", repo, e.getMessage());
            }
        }
    }

    /// @return false if the writes wait
    private boolean now(Account account, List<RepoWrite> writes) {
        ReentrantLock lock = lock(account.did());
        lock.lock();
        try {
            if (!over && !waiting.contains(account.did()) && sequencer.budget().allows()) {
                commit(account, writes);
                return true;
            }
            over = true;
            waiting.add(account.did());
            // A change that a crash interrupted may be in the repository, and not in the index yet.
            repositories.finish(account.did());
            writes.forEach(write -> enqueue(account.did(), write));
            if (!queue.has(account.did())) {
                waiting.remove(account.did());
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(Did repo, RepoWrite write) {
        if (write instanceof RepoWrite.Delete && index.get(repo, write.path()).isEmpty()) {
            // What it takes back was never said.
            queue.remove(repo, write.path());
            files.forgotten(repo, write.path());
        } else {
            files.waiting(repo, write);
            queue.put(repo, write, clock.instant());
        }
    }

    /// Commits what waits, as long as relays take more of us: what matters most first.
    ///
    /// @throws NotPublishing if another process publishes; what waits goes on waiting
    public void drain() {
        inTerm();
        if (waiting.isEmpty() || !draining.tryLock()) {
            return;
        }
        try {
            Set<Did> later = new HashSet<>();
            while (sequencer.budget().allows()) {
                Optional<Did> next = queue.first(later);
                if (next.isEmpty()) {
                    // Nothing is left but what waits for something else than relays.
                    over = false;
                    return;
                }
                if (!isCarriedOut(next.get())) {
                    later.add(next.get());
                }
            }
        } finally {
            draining.unlock();
        }
    }

    /// Ends what an account says, whatever relays think: what it was to say is not said any more, what it takes back
    /// goes now. What cannot be taken back goes on waiting; the account can be closed all the same.
    ///
    /// @throws NotPublishing if another process publishes; what waits goes on waiting
    public void leave(Account account) {
        Did repo = account.did();
        ReentrantLock lock = lock(repo);
        lock.lock();
        try {
            Optional<RepoState> state = repositories.finish(repo);
            for (RepoPath path : queue.puts(repo)) {
                state.ifPresent(found -> release(repo, path, found.head().rev()));
                queue.remove(repo, path);
            }
            takeBack(account);
        } finally {
            lock.unlock();
        }
    }

    /// Lets go of the files of a write that is not carried out any more; the record it was to replace keeps its own.
    private void release(Did repo, RepoPath path, Tid rev) {
        archive.record(repo, path)
                .ifPresentOrElse(
                        stored -> files.committed(repo, List.of(new RepoWrite.Put(path, stored.value())), rev),
                        () -> files.forgotten(repo, path));
    }

    private void takeBack(Account account) {
        try {
            while (queue.has(account.did())) {
                carryOut(account, next(account.did()));
            }
            waiting.remove(account.did());
        } catch (NotPublishing e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("what {} takes back could not be committed; it goes on waiting", account.did(), e);
        }
    }

    /// Serves an account again, once everything is gone that its owner took back while it was closed.
    ///
    /// @throws IllegalArgumentException if there is no key of the account
    /// @throws NotPublishing if another process publishes; the account stays closed
    public void reopen(Account account) {
        Did repo = account.did();
        ReentrantLock lock = lock(repo);
        lock.lock();
        try {
            boolean closed = repositories
                    .finish(repo)
                    .filter(state -> !state.active() && !state.status().equals(AccountEvent.DELETED))
                    .isPresent();
            for (List<WriteQueue.Waiting> gone = back(repo, closed); !gone.isEmpty(); gone = back(repo, closed)) {
                carryOut(account, gone);
            }
            repositories.reopen(repo, account.keyRef());
        } finally {
            lock.unlock();
        }
    }

    /// Deletes that wait; of an account that is not closed nobody asks for them.
    private List<WriteQueue.Waiting> back(Did repo, boolean closed) {
        return closed
                ? queue.of(repo, RepoCommitter.MAX_OPS).stream()
                        .filter(waiting -> waiting.write() instanceof RepoWrite.Delete)
                        .toList()
                : List.of();
    }

    /// Drops what waits for a repository.
    public void forget(Did repo) {
        ReentrantLock lock = lock(repo);
        lock.lock();
        try {
            queue.clear(repo);
            waiting.remove(repo);
        } finally {
            lock.unlock();
        }
    }

    /// How many writes wait, and since when the first does.
    public record Backlog(long writes, Optional<Instant> since) {}

    public Backlog backlog() {
        return queue.backlog();
    }

    /// Looks for what another process may have taken, and not carried out.
    public void look() {
        if (waiting.isEmpty()) {
            lookForAll();
        }
    }

    private void lookForAll() {
        queue.repos().forEach(this::noticed);
    }

    private void noticed(Did repo) {
        ReentrantLock lock = lock(repo);
        lock.lock();
        try {
            if (queue.has(repo)) {
                over = true;
                waiting.add(repo);
            }
        } finally {
            lock.unlock();
        }
    }

    private void inTerm() {
        int now = sequencer.terms();
        if (term != now) {
            lookForAll();
            term = now;
        }
    }

    /// @return false if nothing can be done for this repository now
    private boolean isCarriedOut(Did repo) {
        Optional<Account> account = accounts.byDid(repo).filter(Account::live);
        ReentrantLock lock = lock(repo);
        lock.lock();
        try {
            if (account.isEmpty()
                    || repositories.finish(repo).filter(RepoState::active).isEmpty()) {
                return false;
            }
            carryOut(account.get(), next(repo));
            return true;
        } catch (NotPublishing e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("what waits for {} could not be committed; it goes on waiting", repo, e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private List<WriteQueue.Waiting> next(Did repo) {
        return fitting(queue.of(repo, RepoCommitter.MAX_OPS));
    }

    private void carryOut(Account account, List<WriteQueue.Waiting> all) {
        List<WriteQueue.Waiting> batch = all;
        while (true) {
            try {
                commit(account, batch.stream().map(WriteQueue.Waiting::write).toList());
                break;
            } catch (IllegalArgumentException e) {
                if (batch.size() <= 1) {
                    throw e;
                }
                // Together with the tree around them they are too large.
                batch = batch.subList(0, batch.size() / 2);
            }
        }
        queue.removeAll(batch);
        if (!queue.has(account.did())) {
            waiting.remove(account.did());
        }
    }

    private void commit(Account account, List<RepoWrite> writes) {
        repositories
                .commit(account.did(), account.keyRef(), writes)
                .ifPresent(state ->
                        files.committed(account.did(), writes, state.head().rev()));
    }

    private static List<WriteQueue.Waiting> fitting(List<WriteQueue.Waiting> all) {
        List<WriteQueue.Waiting> fitting = new ArrayList<>();
        int bytes = 0;
        for (WriteQueue.Waiting next : all) {
            bytes += next.write() instanceof RepoWrite.Put put ? DagCbor.encode(put.record()).length : 0;
            if (bytes > MOST_BYTES && !fitting.isEmpty()) {
                break;
            }
            fitting.add(next);
        }
        return fitting;
    }

    private ReentrantLock lock(Did repo) {
        return locks[Math.floorMod(repo.hashCode(), LOCKS)];
    }
}
