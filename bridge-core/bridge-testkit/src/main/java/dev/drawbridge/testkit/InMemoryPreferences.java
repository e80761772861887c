package dev.drawbridge.testkit;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Preferences;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// [Preferences] in memory.
public final class InMemoryPreferences implements Preferences {
    private final Map<NativeId, Preference> preferences = new ConcurrentHashMap<>();

    @Override
    public Preference of(NativeId person) {
        return preferences.getOrDefault(person, Preference.byDefault(person));
    }

    @Override
    public void put(Preference preference) {
        preferences.put(preference.person(), preference);
    }

    @Override
    public void remove(NativeId person) {
        preferences.remove(person);
    }
}
