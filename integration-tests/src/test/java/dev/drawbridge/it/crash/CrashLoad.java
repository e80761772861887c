package dev.drawbridge.it.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Posts on their way out, each sent until it is taken, as servers do.
final class CrashLoad implements AutoCloseable {
    private static final int SENDERS = 8;
    private static final Duration AGAIN = Duration.ofMillis(250);

    /// One post, written when its turn comes: what carries the same second by the hundred is not to be read to its end
    /// from a relay, which answers in pages and is asked for the next one by time (NIP-01).
    ///
    /// @param write gives what sends it and says whether it was taken
    record Post(String token, Supplier<BooleanSupplier> write) {}

    private final ConcurrentLinkedQueue<Post> waiting;
    private final Semaphore allowed = new Semaphore(0);
    private final CountDownLatch left;
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
    private final List<Thread> senders = new ArrayList<>();

    CrashLoad(List<Post> posts) {
        waiting = new ConcurrentLinkedQueue<>(posts);
        left = new CountDownLatch(posts.size());
        for (int i = 0; i < SENDERS; i++) {
            senders.add(Thread.ofVirtual().start(this::sendAll));
        }
    }

    /// Lets so many more go.
    void allow(int more) {
        allowed.release(more);
    }

    /// How often a post was not taken and was sent again.
    int refused() {
        return refused.get();
    }

    /// Waits until every post was taken.
    void finish(Duration patience) {
        try {
            if (!left.await(patience.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(
                        left.getCount() + " posts were never accepted",
                        failure.get().orElse(null));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        senders.forEach(Thread::interrupt);
    }

    private void sendAll() {
        try {
            while (true) {
                allowed.acquire();
                Post post = waiting.poll();
                if (post == null) {
                    return;
                }
                BooleanSupplier send = post.write().get();
                while (!send.getAsBoolean()) {
                    refused.incrementAndGet();
                    Thread.sleep(AGAIN);
                }
                left.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            failure.compareAndSet(Optional.empty(), Optional.of(e));
        }
    }
}
