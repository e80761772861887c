package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.repo.RepoCommitter;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.repo.UnstorableRecord;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.atproto.store.blob.RecordFiles;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.DeadLetters.DeadLetter;
import dev.drawbridge.model.port.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits what waits for a repository, each write as far as it can be. One that fails holds up no other: it is tried
/// again later, and put aside for the operator when it can never succeed or has failed too often.
///
/// Whoever calls has the repository for themselves.
final class WaitingWrites {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingWrites.class);

    /// Together with what is waited in between, some eight hours.
    static final int MOST_ATTEMPTS = 10;

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

    /// Letters of one repository looked at together.
    private static final int PAGE = 100;

    private final Accounts accounts;
    private final Repositories repositories;
    private final RepoArchive archive;
    private final RecordIndex index;
    private final WriteQueue queue;
    private final RecordFiles files;
    private final DeadLetters deadLetters;
    private final InstantSource clock;

    WaitingWrites(
            Accounts accounts,
            Repositories repositories,
            RepoArchive archive,
            RecordIndex index,
            WriteQueue queue,
            RecordFiles files,
            DeadLetters deadLetters,
            InstantSource clock) {
        this.accounts = accounts;
        this.repositories = repositories;
        this.archive = archive;
        this.index = index;
        this.queue = queue;
        this.files = files;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /// Where a repository stands, with nothing left to do about its last change.
    Optional<RepoState> finished(Did repo) {
        return repositories.finish(repo);
    }

    /// @throws IllegalArgumentException if there is no key of the account
    void reopen(Account account) {
        repositories.reopen(account.did(), account.keyRef());
    }

    void commit(Account account, List<RepoWrite> writes) {
        repositories
                .commit(account.did(), () -> keyRef(account), writes)
                .ifPresent(state ->
                        files.committed(account.did(), writes, state.head().rev()));
    }

    /// The key an account has now: it may be another than when somebody looked the account up.
    private String keyRef(Account account) {
        return accounts.byDid(account.did()).map(Account::keyRef).orElse(account.keyRef());
    }

    /// Lets a write wait, in the place of an earlier one of the same record.
    void enqueue(Did repo, RepoWrite write) {
        if (write instanceof RepoWrite.Delete && index.get(repo, write.path()).isEmpty()) {
            // What it takes back was never said.
            queue.remove(repo, write.path());
            files.forgotten(repo, write.path());
        } else {
            files.waiting(repo, write);
            queue.put(repo, write, clock.instant());
        }
    }

    /// What was put aside is not tried again once something newer is said of the same record.
    void superseded(Did repo, List<RepoWrite> writes) {
        writes.forEach(write -> deadLetters.remove(AsideWrite.id(repo, write.path())));
    }

    /// Drops what waits for a repository and what was put aside for it.
    void forget(Did repo) {
        queue.clear(repo);
        String prefix = AsideWrite.prefix(repo);
        for (var page = deadLetters.under(prefix, PAGE); !page.isEmpty(); page = deadLetters.under(prefix, PAGE)) {
            page.forEach(letter -> deadLetters.remove(letter.id()));
        }
    }

    /// Whether something may have been taken back that is still to be seen, and waits for the operator.
    boolean deleteAside(Did repo) {
        List<DeadLetter> aside = deadLetters.under(AsideWrite.prefix(repo), PAGE);
        return aside.size() == PAGE
                || aside.stream()
                        .flatMap(letter -> AsideWrite.of(letter).stream())
                        .anyMatch(write -> write.write() instanceof RepoWrite.Delete);
    }

    /// Lets a write wait again that was put aside, and forgets that it was, unless the record is another by now, or is
    /// to be, or the letter is no longer what the operator saw.
    ///
    /// @return false if it stays where it is
    boolean resume(Did repo, DeadLetter letter) {
        Optional<AsideWrite> found =
                deadLetters.find(letter.id()).filter(letter::equals).flatMap(AsideWrite::of);
        if (found.isEmpty() || queue.has(repo, found.get().write().path())) {
            return false;
        }
        AsideWrite aside = found.get();
        Optional<RepoState> state = repositories.finish(repo);
        RepoWrite write = aside.write();
        // What takes something back is for a closed account, too: it goes before the account is served again.
        boolean taken = state.filter(s -> s.active()
                        || (write instanceof RepoWrite.Delete && !s.status().equals(AccountEvent.DELETED)))
                .isPresent();
        if (!taken
                || !index.get(repo, write.path()).equals(aside.before())
                || files.missing(repo, List.of(write)).isPresent()) {
            return false;
        }
        enqueue(repo, write);
        deadLetters.remove(letter.id());
        return true;
    }

    /// Drops what a repository was still to say.
    void unsaid(Did repo) {
        Optional<RepoState> state = repositories.finish(repo);
        for (RepoPath path : queue.puts(repo)) {
            state.ifPresent(found -> release(repo, path, found.head().rev()));
            queue.remove(repo, path);
        }
    }

    /// What waits for a repository and can be tried at a moment. What cannot be read is put aside.
    List<WriteQueue.Waiting> due(Account account, Instant moment) {
        while (true) {
            try {
                return queue.of(account.did(), RepoCommitter.MAX_OPS, moment);
            } catch (WriteQueue.Unreadable e) {
                RepoPath path = e.place().write().path();
                deadLetters.put(AsideWrite.unreadable(account, path, e.bytes(), e.toString(), clock.instant()));
                queue.removeAll(List.of(e.place()));
                LOG.error("{} in {} is put aside: it cannot be read", path, account.did(), e);
            }
        }
    }

    /// Commits writes that wait: together, or in parts if that cannot be.
    ///
    /// @return false if one of them has to be tried again later
    /// @throws NotPublishing if another process publishes; what is left waits
    /// @throws StoreUnavailableException if the store does not answer; what is left waits
    boolean carryOut(Account account, List<WriteQueue.Waiting> batch) {
        try {
            commit(account, batch.stream().map(WriteQueue.Waiting::write).toList());
        } catch (NotPublishing | StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (batch.size() <= 1) {
                return failed(account, batch.getFirst(), e);
            }
            // One of them is wrong, or together with the tree around them they are too large.
            int half = batch.size() / 2;
            boolean first = carryOut(account, batch.subList(0, half));
            return carryOut(account, batch.subList(half, batch.size())) && first;
        }
        queue.removeAll(batch);
        return true;
    }

    /// @return whether nothing is to be tried again
    private boolean failed(Account account, WriteQueue.Waiting waiting, RuntimeException cause) {
        Did repo = waiting.repo();
        int attempts = waiting.attempts() + 1;
        if (!(cause instanceof UnstorableRecord) && attempts < MOST_ATTEMPTS) {
            Instant next = clock.instant().plus(FIRST_PAUSE.multipliedBy(1L << (attempts - 1)));
            queue.postpone(waiting, next);
            LOG.warn(
                    "{} in {} could not be committed; again at {}",
                    waiting.write().path(),
                    repo,
                    next,
                    cause);
            return false;
        }
        RepoPath path = waiting.write().path();
        deadLetters.put(new AsideWrite(waiting.write(), index.get(repo, path))
                .letter(account, "could not be committed, attempt " + attempts + ": " + cause, clock.instant()));
        if (waiting.write() instanceof RepoWrite.Put) {
            repositories
                    .finish(repo)
                    .ifPresent(state -> release(repo, path, state.head().rev()));
        }
        queue.removeAll(List.of(waiting));
        LOG.error("{} in {} is put aside: it cannot be committed", path, repo, cause);
        return true;
    }

    /// Lets go of the files of a write that is not carried out any more; the record it was to replace keeps its own.
    private void release(Did repo, RepoPath path, Tid rev) {
        archive.record(repo, path)
                .ifPresentOrElse(
                        stored -> files.committed(repo, List.of(new RepoWrite.Put(path, stored.value())), rev),
                        () -> files.forgotten(repo, path));
    }
}
