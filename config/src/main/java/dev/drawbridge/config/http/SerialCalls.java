package dev.drawbridge.config.http;

import java.util.ArrayDeque;
import java.util.Queue;

/// Runs calls one after the other, in the order they came, on the threads that bring them. A call that comes while
/// another runs is left to the thread that is running, also if it is the same thread.
final class SerialCalls {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    void run(Runnable call) {
        synchronized (waiting) {
            waiting.add(call);
            if (running) {
                return;
            }
            running = true;
        }
        drain();
    }

    private void drain() {
        while (true) {
            Runnable next;
            synchronized (waiting) {
                next = waiting.poll();
                if (next == null) {
                    running = false;
                    return;
                }
            }
            next.run();
        }
    }
}
