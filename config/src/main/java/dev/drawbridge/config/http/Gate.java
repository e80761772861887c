package dev.drawbridge.config.http;

import java.util.concurrent.atomic.AtomicBoolean;

/// Whether connectors take anything in. Closed while the instance starts and stops: reading works, the rest is asked to
/// come back.
public final class Gate {
    private final AtomicBoolean open = new AtomicBoolean();

    public void open() {
        open.set(true);
    }

    public void close() {
        open.set(false);
    }

    public boolean isOpen() {
        return open.get();
    }
}
