package dev.drawbridge.testkit;

import dev.drawbridge.model.port.Notices;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// [Notices] in memory.
public final class InMemoryNotices implements Notices {
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    private record Written(String cause, Optional<Instant> until) {}

    @Override
    public boolean first(String notice, String cause) {
        return first(notice, new Written(cause, Optional.empty()));
    }

    @Override
    public boolean first(String notice, String cause, Instant until) {
        return first(notice, new Written(cause, Optional.of(until)));
    }

    @Override
    public boolean once(String notice) {
        return written.putIfAbsent(notice, new Written("", Optional.empty())) == null;
    }

    private boolean first(String notice, Written now) {
        Written before = written.putIfAbsent(notice, now);
        return before == null || before.cause().equals(now.cause());
    }

    @Override
    public synchronized long forget(Instant now) {
        int before = written.size();
        written.values()
                .removeIf(notice ->
                        notice.until().filter(end -> !end.isAfter(now)).isPresent());
        return before - written.size();
    }

    @Override
    public boolean written(String notice) {
        return written.containsKey(notice);
    }
}
