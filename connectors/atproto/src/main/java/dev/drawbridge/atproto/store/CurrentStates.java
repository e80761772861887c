package dev.drawbridge.atproto.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.record.syntax.Did;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// States of repositories as the one process that changes them knows them. Another process that changes one all the
/// same is noticed when the next state is stored, because states are compared and set.
///
/// That nothing is left to do about a state is written down for many at once: doing it again after a crash changes
/// nothing.
final class CurrentStates {
    private static final int MOST = 10_000;

    /// How many states a crash may leave to be looked at again.
    private static final int UNMARKED = 64;

    private final RepoStates states;
    private final Cache<Did, RepoState> known =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Map<Did, Long> unmarked = new ConcurrentHashMap<>();
    private int term;

    CurrentStates(RepoStates states) {
        this.states = states;
    }

    /// Forgets what is known if this process publishes anew: another one may have changed it meanwhile.
    ///
    /// @param now how many terms this process has begun
    synchronized void inTerm(int now) {
        if (now != term) {
            known.invalidateAll();
            term = now;
        }
    }

    Optional<RepoState> find(Did repo) {
        RepoState state = known.getIfPresent(repo);
        return state != null ? Optional.of(state) : states.find(repo);
    }

    /// @return false if there is one already
    boolean create(RepoState first) {
        return states.create(first);
    }

    /// @return false if the stored version is another than the one before `next`
    boolean replace(RepoState next) {
        // Whatever becomes of this, what is known is no longer what is stored.
        known.invalidate(next.did());
        return states.replace(next);
    }

    /// Nothing is left to do about a state.
    void settled(RepoState state) {
        known.put(state.did(), state.done());
        unmarked.put(state.did(), state.version());
        if (unmarked.size() >= UNMARKED) {
            flush();
        }
    }

    /// Writes down what is settled.
    void flush() {
        Map<Did, Long> marked = new HashMap<>(unmarked);
        states.settled(marked);
        marked.forEach(unmarked::remove);
    }

    /// Repositories whose last change was not finished.
    List<Did> unsettled() {
        flush();
        return states.unsettled();
    }
}
