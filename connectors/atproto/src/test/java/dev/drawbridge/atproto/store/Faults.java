package dev.drawbridge.atproto.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/// Makes the store fail at its n-th write, as a process killed or a database lost at that point would.
final class Faults {
    private static final Set<String> WRITES = Set.of(
            "put",
            "drop",
            "create",
            "replace",
            "settled",
            "apply",
            "insert",
            "fill",
            "fillAll",
            "begin",
            "raise",
            "reserve",
            "remove",
            "removeAll");

    private final int at;
    private final boolean written;
    private final boolean deadly;
    private int writes;
    private boolean dead;

    /// @param at which write fails, from 1; 0 for none
    /// @param written whether it still takes effect
    Faults(int at, boolean written) {
        this(at, written, true);
    }

    private Faults(int at, boolean written, boolean deadly) {
        this.at = at;
        this.written = written;
        this.deadly = deadly;
    }

    /// A write that fails, and a store that works again afterwards.
    static Faults once(int at, boolean written) {
        return new Faults(at, written, false);
    }

    <T> T in(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, method, args) -> {
            if (dead) {
                throw new Crash();
            }
            boolean now = WRITES.contains(method.getName()) && ++writes == at;
            if (now && deadly) {
                dead = true;
            }
            try {
                Object result = now && !written ? null : method.invoke(real, args);
                if (now) {
                    throw new Crash();
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    /// The end of the process as far as it can tell.
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
