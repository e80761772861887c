package dev.drawbridge.testkit;

import dev.drawbridge.engine.Ports;
import dev.drawbridge.model.port.Consents;
import dev.drawbridge.model.port.Crossings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/// Ports and connectors that tell what they are asked.
final class Watched {
    private Watched() {}

    /// @param before gets the name of each method before it is called
    static <T> T of(Class<T> type, T target, Consumer<String> before) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                    before.accept(method.getName());
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }

    static Ports ports(Consents consents, Crossings crossings) {
        return new Ports(
                consents,
                new InMemoryIdentityMap(),
                new InMemoryLedger(),
                new InMemoryFollows(),
                new InMemoryParking(),
                new InMemoryDeadLetters(),
                crossings,
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
