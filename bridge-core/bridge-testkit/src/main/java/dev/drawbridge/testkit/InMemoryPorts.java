package dev.drawbridge.testkit;

import dev.drawbridge.engine.Ports;

/// Every port of the engine in memory, with nothing in it.
public final class InMemoryPorts {
    private InMemoryPorts() {}

    public static Ports empty() {
        return new Ports(
                new InMemoryConsents(),
                new InMemoryIdentityMap(),
                new InMemoryLedger(),
                new InMemoryFollows(),
                new InMemoryParking(),
                new InMemoryDeadLetters(),
                new InMemoryCrossings(),
                new InMemoryCursors(),
                new InMemoryAbsences(),
                new InMemoryKeyStore(),
                new InMemoryPreferences(),
                new InMemoryNotices(),
                new InMemoryComplaints(),
                new InMemoryDigests(),
                new InMemoryDailyQuotas(),
                new InMemoryLinks());
    }
}
