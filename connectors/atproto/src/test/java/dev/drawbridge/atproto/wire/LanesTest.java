package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final long PATIENCE = 30;
    private final Lanes lanes = new Lanes(new Lanes.Room(4, 1_000, 2, 1));
    private final CountDownLatch gate = new CountDownLatch(1);
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        lanes.stop();
    }

    private void put(String person, String what) throws InterruptedException {
        assertThat(lanes.put(person, 1, false, () -> done.add(what))).isTrue();
    }

    private boolean held(String person, long bytes, boolean guest) throws InterruptedException {
        return lanes.put(person, bytes, guest, () -> {
            gate.await();
            done.add(person);
        });
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(done.poll(PATIENCE, TimeUnit.SECONDS), "nothing was done");
    }

    @Test
    void onePersonsNewsKeepTheirOrderAndOthersDoNotWait() throws Exception {
        held("bob", 1, false);
        put("bob", "bob's second");
        put("carol", "carol's");
        assertThat(next()).isEqualTo("carol's");
        gate.countDown();
        assertThat(List.of(next(), next())).containsExactly("bob", "bob's second");
    }

    @Test
    void whoeverPutsWaitsForRoom() throws Exception {
        for (String person : List.of("a", "b", "c", "d")) {
            held(person, 1, false);
        }
        assertThat(lanes.waiting()).isEqualTo(4);
        Thread waiter = waiter(1);
        gate.countDown();
        waiter.join();
        assertThat(List.of(next(), next(), next(), next(), next())).contains("late");
    }

    @Test
    void roomIsCountedInBytesTooAndOneOfAnySizeFits() throws Exception {
        held("a", 5_000, false);
        Thread waiter = waiter(1);
        gate.countDown();
        waiter.join();
        assertThat(List.of(next(), next())).containsExactly("a", "late");
    }

    /// Somebody who finds no room.
    private Thread waiter(long bytes) throws InterruptedException {
        Thread waiter = Thread.ofPlatform().start(() -> {
            try {
                lanes.put("late", bytes, false, () -> done.add("late"));
            } catch (InterruptedException e) {
                done.add("interrupted");
            }
        });
        while (waiter.getState() != Thread.State.WAITING) {
            assertThat(waiter.isAlive()).as("finds no room").isTrue();
            Thread.onSpinWait();
        }
        assertThat(done).isEmpty();
        return waiter;
    }

    @Test
    void strangersHaveLittleRoomAndOneOfThemLess() throws Exception {
        assertThat(held("a", 1, true)).isTrue();
        assertThat(held("a", 1, true)).as("one stranger's second").isFalse();
        assertThat(held("b", 1, true)).isTrue();
        assertThat(held("c", 1, true)).as("a third stranger").isFalse();
        put("dave", "dave's");
        assertThat(next()).isEqualTo("dave's");
        gate.countDown();
        next();
        next();
        while (lanes.waiting() > 0) {
            Thread.onSpinWait();
        }
        assertThat(held("c", 1, true)).as("once there is room again").isTrue();
    }

    @Test
    void theEndInterruptsWhatIsWorkedOnAndDropsTheRest() throws Exception {
        List<String> interrupted = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        lanes.put("bob", 1, false, () -> {
            begun.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                interrupted.add("bob");
                throw e;
            }
        });
        put("bob", "never");
        begun.await();
        lanes.stop();
        assertThat(interrupted).containsExactly("bob");
        assertThat(done).isEmpty();
        assertThatThrownBy(() -> put("carol", "never")).isInstanceOf(InterruptedException.class);
    }
}
