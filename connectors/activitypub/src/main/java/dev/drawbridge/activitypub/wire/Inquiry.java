package dev.drawbridge.activitypub.wire;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// What finding out about one inbound activity may cost: twenty documents, whatever a chain of ids leads to.
public final class Inquiry {
    private static final int MOST = 20;
    private static final ScopedValue<Inquiry> CURRENT = ScopedValue.newInstance();
    private final AtomicInteger left = new AtomicInteger(MOST);

    private Inquiry() {}

    /// Finds something out within the limit.
    public static <T> T within(Supplier<T> work) {
        return ScopedValue.where(CURRENT, new Inquiry()).call(work::get);
    }

    /// @return false if the inquiry under way has asked enough; true outside of one
    static boolean mayAsk() {
        return !CURRENT.isBound() || CURRENT.get().left.getAndDecrement() > 0;
    }
}
