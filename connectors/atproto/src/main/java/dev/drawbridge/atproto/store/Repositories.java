package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.block.BlockSource;
import dev.drawbridge.atproto.record.repo.NewCommit;
import dev.drawbridge.atproto.record.repo.RepoCommitter;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.repo.SignedCommit;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.TidClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes repositories, each in its own order, safe against a crash at any point.
///
/// 1. Blocks are written; nobody sees them.
/// 2. The state is replaced if it is still the one that was read: this is the change. It carries the events.
/// 3. The index follows, the events get their numbers, blocks no longer needed go, the state is marked as settled.
///
/// A crash before 2 leaves the old head and some unused blocks; one after it leaves an unsettled state, which
/// [#recover()] and every later change of that repository finish first. Every step of 3 may be done twice.
public final class Repositories {
    private static final Logger LOG = LoggerFactory.getLogger(Repositories.class);
    private static final int LOCKS = 1024;
    private static final int ATTEMPTS = 3;

    private final Blocks blocks;
    private final CurrentStates states;
    private final RecordIndex index;
    private final Sequencer sequencer;
    private final Readers readers;
    private final RepoCommitter committer;
    private final TidClock revs;
    private final InstantSource clock;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    Repositories(
            Blocks blocks,
            RepoStates states,
            RecordIndex index,
            Sequencer sequencer,
            Readers readers,
            RepoCommitter committer,
            TidClock revs,
            InstantSource clock) {
        this.blocks = blocks;
        this.states = new CurrentStates(states);
        this.index = index;
        this.sequencer = sequencer;
        this.readers = readers;
        this.committer = committer;
        this.revs = revs;
        this.clock = clock;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /// Finishes what a crash interrupted.
    ///
    /// @throws NotPublishing if there is something to finish and another process publishes
    public void recover() {
        for (Did repo : states.unsettled()) {
            if (locked(
                            repo,
                            () -> states.find(repo)
                                    .filter(state -> !state.settled())
                                    .map(this::finished))
                    .isPresent()) {
                LOG.info("finished the last change of {}", repo);
            }
        }
    }

    /// Finishes what interrupted the last change of a repository, if anything did.
    ///
    /// @return where it stands; empty if there is none
    Optional<RepoState> finish(Did repo) {
        return locked(repo, () -> settled(repo));
    }

    private RepoState finished(RepoState state) {
        settle(state);
        return state;
    }

    /// Makes an empty repository and announces the account, unless it is there.
    public RepoState create(Did repo, Handle handle, String keyRef) {
        return locked(
                repo,
                () -> settled(repo).orElseGet(() -> {
                    NewCommit first = committer.create(repo, revs.next(), keyRef);
                    blocks.put(repo, first.head().rev(), first.newBlocks(), first.ops());
                    Instant now = clock.instant();
                    List<SyncEvent> events = List.of(
                            new IdentityEvent(1, repo, now, Optional.of(handle)),
                            AccountEvent.active(1, repo, now),
                            CommitEvent.of(first, 1, now),
                            RepoSyncEvent.of(first.commit(), 1, now));
                    RepoState state = new RepoState(first.head(), 1, true, "", events, Set.of());
                    if (!states.create(state)) {
                        throw new Conflict();
                    }
                    settle(state);
                    return state;
                }));
    }

    /// Applies writes as one commit, or as none if all of it is so already.
    ///
    /// @return the state after it; empty if there is no such repository
    /// @throws IllegalArgumentException if a record cannot be stored
    public Optional<RepoState> commit(Did repo, String keyRef, List<RepoWrite> writes) {
        return commit(repo, () -> keyRef, writes);
    }

    /// As [#commit(Did, String, List)], with a key that is asked for once nobody else changes the repository: the key
    /// may just be replaced.
    Optional<RepoState> commit(Did repo, Supplier<String> keyRef, List<RepoWrite> writes) {
        return locked(
                repo,
                () -> settled(repo).map(state -> {
                    Optional<NewCommit> step = committer.commit(
                            state.head(),
                            source(repo),
                            writes,
                            revs.after(state.head().rev()),
                            keyRef.get());
                    return step.map(commit -> advance(state, commit)).orElse(state);
                }));
    }

    /// Stops serving an account. Its repository stays.
    public void close(Did repo, String status) {
        locked(
                repo,
                () -> settled(repo)
                        .filter(state -> !status.equals(state.status()))
                        .filter(state -> !state.status().equals(AccountEvent.DELETED))
                        .map(state -> {
                            SyncEvent event = AccountEvent.inactive(1, repo, clock.instant(), status);
                            return replaced(state.closed(status, List.of(event)));
                        }));
    }

    /// Serves an account again; one that was deleted begins anew with nothing.
    ///
    /// @throws IllegalArgumentException if there is no key `keyRef`
    public void reopen(Did repo, String keyRef) {
        locked(
                repo,
                () -> settled(repo).filter(state -> !state.active()).map(state -> {
                    if (state.status().equals(AccountEvent.DELETED)) {
                        return replaced(empty(state, keyRef));
                    }
                    byte[] commit = source(repo)
                            .get(state.head().commit())
                            .orElseThrow(() -> new IllegalStateException("the last commit of " + repo + " is lost"));
                    Instant now = clock.instant();
                    return replaced(state.reopened(List.of(
                            AccountEvent.active(1, repo, now), RepoSyncEvent.of(SignedCommit.parse(commit), 1, now))));
                }));
    }

    /// Says anew who an account is and where its repository stands, for those who may have something else in mind. The
    /// new commit is later than whatever they have.
    ///
    /// @throws IllegalArgumentException if there is no key `keyRef`
    public void announce(Did repo, Handle handle, String keyRef) {
        locked(
                repo,
                () -> settled(repo)
                        .map(state -> replaced(
                                state.active() ? renewed(state, handle, keyRef) : stillClosed(state, handle))));
    }

    /// Announces another handle, or anything else that a DID says.
    public void identify(Did repo, Handle handle) {
        SyncEvent event = new IdentityEvent(1, repo, clock.instant(), Optional.of(handle));
        locked(repo, () -> settled(repo).map(state -> replaced(state.next(state.head(), List.of(event), Set.of()))));
    }

    /// Announces another signing key, and signs the repository with it. Readers are told to start from there: whatever
    /// they still hold was signed with another key, and fails if they check it against this one.
    ///
    /// @throws IllegalArgumentException if there is no key `keyRef`
    public void rekeyed(Did repo, Handle handle, String keyRef) {
        locked(
                repo,
                () -> settled(repo).map(state -> {
                    NewCommit commit = committer.commitNothing(
                            state.head(), source(repo), revs.after(state.head().rev()), keyRef);
                    blocks.put(repo, commit.head().rev(), commit.newBlocks(), commit.ops());
                    Instant now = clock.instant();
                    SyncEvent identity = new IdentityEvent(1, repo, now, Optional.of(handle));
                    List<SyncEvent> events = state.active()
                            ? List.of(identity, RepoSyncEvent.of(commit.commit(), 1, now))
                            : List.of(identity);
                    return replaced(state.next(commit.head(), events, commit.dropped()));
                }));
    }

    /// Ends an account and removes everything it said. Its DID stays taken.
    public void delete(Did repo) {
        close(repo, AccountEvent.DELETED);
        locked(repo, () -> {
            readers.afterReading(repo, () -> {
                // Its owner may have come back while somebody was still reading.
                if (states.find(repo).filter(RepoState::active).isEmpty()) {
                    index.clear(repo);
                    blocks.clear(repo);
                }
            });
            return repo;
        });
    }

    private RepoState renewed(RepoState state, Handle handle, String keyRef) {
        Did repo = state.did();
        NewCommit commit = committer.commitNothing(
                state.head(), source(repo), revs.after(state.head().rev()), keyRef);
        blocks.put(repo, commit.head().rev(), commit.newBlocks(), commit.ops());
        Instant now = clock.instant();
        List<SyncEvent> events = List.of(
                new IdentityEvent(1, repo, now, Optional.of(handle)),
                AccountEvent.active(1, repo, now),
                RepoSyncEvent.of(commit.commit(), 1, now));
        return state.next(commit.head(), events, commit.dropped());
    }

    private RepoState stillClosed(RepoState state, Handle handle) {
        Instant now = clock.instant();
        return state.next(
                state.head(),
                List.of(
                        new IdentityEvent(1, state.did(), now, Optional.of(handle)),
                        AccountEvent.inactive(1, state.did(), now, state.status())),
                Set.of());
    }

    private RepoState empty(RepoState state, String keyRef) {
        Did repo = state.did();
        NewCommit first = committer.create(repo, revs.after(state.head().rev()), keyRef);
        blocks.put(repo, first.head().rev(), first.newBlocks(), first.ops());
        Instant now = clock.instant();
        return state.begunAnew(
                first.head(), List.of(AccountEvent.active(1, repo, now), RepoSyncEvent.of(first.commit(), 1, now)));
    }

    private RepoState advance(RepoState state, NewCommit commit) {
        blocks.put(state.did(), commit.head().rev(), commit.newBlocks(), commit.ops());
        SyncEvent event = CommitEvent.of(commit, 1, clock.instant());
        return replaced(state.next(commit.head(), List.of(event), commit.dropped()));
    }

    private RepoState replaced(RepoState next) {
        if (!states.replace(next)) {
            throw new Conflict();
        }
        settle(next);
        return next;
    }

    /// The state of a repository after everything about its last change is done.
    private Optional<RepoState> settled(Did repo) {
        Optional<RepoState> state = states.find(repo);
        state.filter(found -> !found.settled()).ifPresent(this::settle);
        return state;
    }

    private void settle(RepoState state) {
        Did repo = state.did();
        List<RepoOp> ops = state.pending().stream()
                .flatMap(event -> event instanceof CommitEvent commit ? commit.ops().stream() : Stream.of())
                .toList();
        index.apply(repo, ops);
        sequencer.publish(IntStream.range(0, state.pending().size())
                .mapToObj(i -> new EventWriter.Keyed(
                        repo.value() + '|' + state.version() + '|' + i,
                        state.pending().get(i)))
                .toList());
        readers.afterReading(repo, () -> blocks.drop(repo, state.head().rev(), state.dropped(), ops));
        states.settled(state);
    }

    private BlockSource source(Did repo) {
        return cid -> blocks.get(repo, cid);
    }

    /// Does something alone in this process, and anew if another process was faster.
    private <T> T locked(Did repo, Supplier<T> work) {
        sequencer.require();
        states.inTerm(sequencer.terms());
        ReentrantLock lock = locks[Math.floorMod(repo.hashCode(), LOCKS)];
        lock.lock();
        try {
            for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
                try {
                    return work.get();
                } catch (Conflict e) {
                    LOG.info("somebody else changed the repository of {}, attempt {}", repo, attempt);
                }
            }
            return work.get();
        } catch (Conflict e) {
            throw new IllegalStateException("somebody else keeps changing the repository of " + repo, e);
        } finally {
            lock.unlock();
        }
    }

    /// A state is another by now than the one that was read.
    private static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Conflict() {
            super("", null, false, false);
        }
    }
}
