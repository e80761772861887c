package dev.drawbridge.testkit;

import dev.drawbridge.model.port.Notices;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// [Notices] in memory.
public final class InMemoryNotices implements Notices {
    private final Map<String, String> causes = new ConcurrentHashMap<>();

    @Override
    public boolean first(String notice, String cause) {
        String before = causes.putIfAbsent(notice, cause);
        return before == null || before.equals(cause);
    }

    @Override
    public boolean written(String notice) {
        return causes.containsKey(notice);
    }
}
