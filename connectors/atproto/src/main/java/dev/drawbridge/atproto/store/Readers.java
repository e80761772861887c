package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.syntax.Did;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who is reading a repository as it stood when they began. What they may still need is removed when the last has left.
final class Readers {
    private final Map<Did, Integer> reading = new HashMap<>();
    private final Map<Did, List<Runnable>> deferred = new HashMap<>();

    /// One reading; ends with [#close()].
    interface Reading extends AutoCloseable {
        @Override
        void close();
    }

    synchronized Reading open(Did repo) {
        reading.merge(repo, 1, Integer::sum);
        return () -> leave(repo);
    }

    /// Runs `removal` now, or once nobody reads any more.
    void afterReading(Did repo, Runnable removal) {
        synchronized (this) {
            if (reading.containsKey(repo)) {
                deferred.computeIfAbsent(repo, _ -> new ArrayList<>()).add(removal);
                return;
            }
        }
        removal.run();
    }

    private void leave(Did repo) {
        List<Runnable> due = List.of();
        synchronized (this) {
            if (reading.merge(repo, -1, Integer::sum) == 0) {
                reading.remove(repo);
                List<Runnable> waiting = deferred.remove(repo);
                due = waiting == null ? due : waiting;
            }
        }
        due.forEach(Runnable::run);
    }
}
