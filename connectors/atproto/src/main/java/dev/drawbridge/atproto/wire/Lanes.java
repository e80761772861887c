package dev.drawbridge.atproto.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on what different people did at once, and on what one person did in order. Whoever has to be waited for holds
/// up nobody else until there is no room left.
final class Lanes {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    /// How much may wait.
    ///
    /// @param news in all
    /// @param bytes in all; a single one may be larger
    /// @param guests of strangers
    /// @param perGuest of one stranger
    record Room(int news, long bytes, int guests, int perGuest) {
        static final Room USUAL = new Room(4_096, 64L << 20, 1_024, 32);
    }

    /// Something to be done.
    @FunctionalInterface
    interface Work {
        /// @throws InterruptedException if it is over before that
        void run() throws InterruptedException;
    }

    private record Item(long bytes, boolean guest, Work work) {}

    private static final class Lane {
        private final Deque<Item> items = new ArrayDeque<>();
        private int guests;
    }

    private final Room room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Map<String, Thread> threads = new HashMap<>();
    private int news;
    private int guests;
    private long bytes;
    private boolean over;

    Lanes(Room room) {
        this.room = room;
    }

    /// Puts work behind what else there is of the same person. Waits for room.
    ///
    /// @param guest whether it is a stranger's, of whom only so much is kept
    /// @return false if it is a stranger's and there is no room for it: it will not be done
    boolean put(String person, long weight, boolean guest, Work work) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!over && news > 0 && (news >= room.news || bytes + weight > room.bytes)) {
                changed.await();
            }
            if (over) {
                throw new InterruptedException("nothing is worked on any more");
            }
            Lane lane = lanes.computeIfAbsent(person, _ -> new Lane());
            if (guest && (guests >= room.guests || lane.guests >= room.perGuest)) {
                tidy(person, lane);
                return false;
            }
            count(lane, new Item(weight, guest, work), 1);
            lane.items.add(new Item(weight, guest, work));
            if (!threads.containsKey(person)) {
                threads.put(person, Thread.ofVirtual().name("news of " + person).start(() -> run(person)));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// How many news wait or are worked on.
    int waiting() {
        lock.lock();
        try {
            return news;
        } finally {
            lock.unlock();
        }
    }

    /// Drops what waits, and returns once nothing is worked on.
    void stop() {
        List<Thread> working;
        lock.lock();
        try {
            over = true;
            working = new ArrayList<>(threads.values());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        working.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : working) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(String person) {
        boolean finished = false;
        try {
            for (Item item = first(person); item != null; item = next(person)) {
                item.work.run();
            }
            finished = true;
        } catch (InterruptedException e) {
            LOG.debug("what is left of {} is read again", person);
        } finally {
            if (!finished) {
                abandon(person);
            }
        }
    }

    /// Whoever comes next for this person begins where this one stopped.
    private void abandon(String person) {
        lock.lock();
        try {
            threads.remove(person);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Item first(String person) {
        lock.lock();
        try {
            return over ? null : lane(person).items.peek();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the work on the first, and begins the one behind it; null if there is none, and the lane is closed.
    private @Nullable Item next(String person) {
        lock.lock();
        try {
            Lane lane = lane(person);
            count(lane, lane.items.remove(), -1);
            changed.signalAll();
            if (lane.items.isEmpty() || over) {
                threads.remove(person);
                tidy(person, lane);
                return null;
            }
            return lane.items.peek();
        } finally {
            lock.unlock();
        }
    }

    private Lane lane(String person) {
        return Objects.requireNonNull(lanes.get(person));
    }

    private void tidy(String person, Lane lane) {
        if (lane.items.isEmpty()) {
            lanes.remove(person);
        }
    }

    private void count(Lane lane, Item item, int sign) {
        news += sign;
        bytes += sign * item.bytes;
        if (item.guest) {
            guests += sign;
            lane.guests += sign;
        }
    }
}
