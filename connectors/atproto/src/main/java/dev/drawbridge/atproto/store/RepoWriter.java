package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoCommitter;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.port.DeadLetters.DeadLetter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
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
    private final WriteQueue queue;
    private final Sequencer sequencer;
    private final WaitingWrites commits;
    private final InstantSource clock;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
    private final ReentrantLock draining = new ReentrantLock();

    /// Repositories something waits for. Changed under the lock of the repository.
    private final Set<Did> waiting = ConcurrentHashMap.newKeySet();

    private volatile int term = -1;

    /// Whether relays take no more of us, or something waits because they did not.
    private volatile boolean over;

    RepoWriter(Accounts accounts, WriteQueue queue, Sequencer sequencer, WaitingWrites commits, InstantSource clock) {
        this.accounts = accounts;
        this.queue = queue;
        this.sequencer = sequencer;
        this.commits = commits;
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
        if (!now(account, writes)) {
            drainIfPublishing(account.did());
        }
    }

    /// What waits to become a record, and is newer than what is there.
    public Optional<DataMap> waiting(Did repo, RepoPath path) {
        if (!queue.has(repo, path)) {
            return Optional.empty();
        }
        return queue.of(repo, Integer.MAX_VALUE, WriteQueue.WHENEVER).stream()
                .flatMap(waiting -> waiting.write() instanceof RepoWrite.Put put ? Stream.of(put) : Stream.empty())
                .filter(put -> put.path().equals(path))
                .map(RepoWrite.Put::record)
                .findFirst();
    }

    private void drainIfPublishing(Did repo) {
        try {
            drain();
        } catch (NotPublishing e) {
            LOG.info("{} waits: {}", repo, e.getMessage());
        }
    }

    /// Lets a write wait again that was put aside.
    ///
    /// @return false if it stays aside: the account is gone or closed, or the record is another by now
    /// @throws NotPublishing if another process publishes
    public boolean resume(DeadLetter letter) {
        Optional<AsideWrite> aside = AsideWrite.of(letter);
        Optional<Did> repo = AsideWrite.repo(letter)
                .flatMap(accounts::byDid)
                .filter(account -> account.live() && !account.elsewhere())
                .map(Account::did);
        if (aside.isEmpty() || repo.isEmpty()) {
            return false;
        }
        RepoCommitter.check(List.of(aside.get().write()));
        sequencer.require();
        inTerm();
        boolean taken = resume(repo.get(), letter);
        if (taken) {
            drainIfPublishing(repo.get());
        }
        return taken;
    }

    private boolean resume(Did repo, DeadLetter letter) {
        ReentrantLock lock = lock(repo);
        lock.lock();
        try {
            boolean taken = commits.resume(repo, letter);
            if (taken) {
                over = true;
                waiting.add(repo);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// @return false if the writes wait
    private boolean now(Account account, List<RepoWrite> writes) {
        ReentrantLock lock = lock(account.did());
        lock.lock();
        try {
            if (!over && !waiting.contains(account.did()) && sequencer.budget().allows()) {
                commits.commit(account, writes);
                commits.superseded(account.did(), writes);
                return true;
            }
            over = true;
            waiting.add(account.did());
            // A change that a crash interrupted may be in the repository, and not in the index yet.
            commits.finished(account.did());
            writes.forEach(write -> commits.enqueue(account.did(), write));
            commits.superseded(account.did(), writes);
            nothingWaits(account.did());
            return false;
        } finally {
            lock.unlock();
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
                Optional<Did> next = queue.first(later, clock.instant());
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
            commits.unsaid(repo);
            takeBack(account);
        } finally {
            lock.unlock();
        }
    }

    private void takeBack(Account account) {
        try {
            for (var next = next(account); !next.isEmpty(); next = next(account)) {
                commits.carryOut(account, next);
            }
            nothingWaits(account.did());
        } catch (NotPublishing e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("what {} takes back could not be committed; it goes on waiting", account.did(), e);
        }
    }

    /// Serves an account again, once everything is gone that its owner took back while it was closed.
    ///
    /// @return why not yet; empty if it is served
    /// @throws IllegalArgumentException if there is no key of the account
    /// @throws NotPublishing if another process publishes; the account stays closed
    public Optional<String> reopen(Account account) {
        Did repo = account.did();
        ReentrantLock lock = lock(repo);
        lock.lock();
        try {
            boolean closed = commits.finished(repo)
                    .filter(state -> !state.active() && !state.status().equals(AccountEvent.DELETED))
                    .isPresent();
            Instant now = clock.instant();
            for (var gone = back(account, closed, now); !gone.isEmpty(); gone = back(account, closed, now)) {
                commits.carryOut(account, gone);
            }
            if (!back(account, closed, WriteQueue.WHENEVER).isEmpty()) {
                return Optional.of("what " + repo + " took back cannot be committed yet");
            }
            if (closed && commits.deleteAside(repo)) {
                return Optional.of("what " + repo + " took back was put aside and waits for the operator");
            }
            nothingWaits(repo);
            commits.reopen(account);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Deletes that wait and can be tried at a moment; of an account that is not closed nobody asks for them.
    private List<WriteQueue.Waiting> back(Account account, boolean closed, Instant moment) {
        return closed
                ? commits.due(account, moment).stream()
                        .filter(waiting -> waiting.write() instanceof RepoWrite.Delete)
                        .toList()
                : List.of();
    }

    /// Drops what waits for a repository, and what was put aside for it.
    public void forget(Did repo) {
        ReentrantLock lock = lock(repo);
        lock.lock();
        try {
            commits.forget(repo);
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
                    || commits.finished(repo).filter(RepoState::active).isEmpty()) {
                return false;
            }
            List<WriteQueue.Waiting> next = next(account.get());
            if (next.isEmpty()) {
                // What was to be done is done, by somebody who was faster.
                nothingWaits(repo);
                return false;
            }
            boolean done = commits.carryOut(account.get(), next);
            nothingWaits(repo);
            return done;
        } catch (NotPublishing e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("what waits for {} could not be committed; it goes on waiting", repo, e);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private List<WriteQueue.Waiting> next(Account account) {
        return fitting(commits.due(account, clock.instant()));
    }

    private void nothingWaits(Did repo) {
        if (!queue.has(repo)) {
            waiting.remove(repo);
        }
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
