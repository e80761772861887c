package dev.drawbridge.engine.net;

import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Writes down what a session is told, and whether two calls were ever under way at once.
final class SessionLog {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();

    SocketSession session(SocketPeer peer) {
        return new SocketSession() {
            @Override
            public void text(String message) {
                add("text " + message);
            }

            @Override
            public void binary(byte[] message) {
                add("binary " + new String(message, StandardCharsets.UTF_8));
            }

            @Override
            public void closed(int code, String reason) {
                add("closed " + code + ' ' + reason);
            }
        };
    }

    private void add(String event) {
        if (inside.incrementAndGet() != 1) {
            overlaps.incrementAndGet();
        }
        Thread.yield();
        events.add(event);
        inside.decrementAndGet();
    }

    String next() throws InterruptedException {
        return String.valueOf(events.poll(10, TimeUnit.SECONDS));
    }

    List<String> take(int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(next());
        }
        return taken;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }
}
