package dev.drawbridge.nostr;

import dev.drawbridge.model.spi.SocketPeer;
import java.util.ArrayList;
import java.util.List;

/// Hears everything that is said to it.
public final class FakePeer implements SocketPeer {
    private final List<String> heard = new ArrayList<>();
    public long pending;
    public int closedWith;

    @Override
    public synchronized void send(String text) {
        heard.add(text);
    }

    @Override
    public void send(byte[] bytes) {
        throw new AssertionError("nobody sends bytes on Nostr");
    }

    @Override
    public long pending() {
        return pending;
    }

    @Override
    public void close(int code, String reason) {
        closedWith = code;
    }

    /// What was said since the last call.
    public synchronized List<String> heard() {
        List<String> copy = List.copyOf(heard);
        heard.clear();
        return copy;
    }
}
