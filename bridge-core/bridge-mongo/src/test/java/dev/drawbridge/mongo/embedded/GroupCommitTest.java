package dev.drawbridge.mongo.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private final List<String> done = new ArrayList<>();
    private final GroupCommit commits = new GroupCommit(() -> done.add("commit"), () -> done.add("sync"));

    @Test
    void aCommandReturnsAfterItsCommitAndSync() {
        assertThat(commits.durably(() -> done.add("command"))).isTrue();
        assertThat(done).containsExactly("command", "commit", "sync");
        assertThat(commits.behind()).isFalse();
    }

    @Test
    void aCommandThatChangedNothingNeedsNoSync() {
        GroupCommit idle = new GroupCommit(() -> false, () -> done.add("sync"));
        assertThat(idle.durably(() -> 1)).isEqualTo(1);
        assertThat(done).isEmpty();
        assertThat(idle.behind()).isFalse();
    }

    @Test
    void aCommandThatFailsAlsoWaitsForTheDisk() {
        assertThatThrownBy(() -> commits.durably(() -> {
                    throw new IllegalArgumentException("taken");
                }))
                .hasMessage("taken");
        assertThat(done).containsExactly("commit", "sync");
    }

    @Test
    void aCommandThatNeedNotWaitIsTakenAlongByTheNext() {
        commits.run(() -> done.add("careless"));
        assertThat(commits.behind()).isTrue();
        commits.durably(() -> done.add("careful"));
        assertThat(done).containsExactly("careless", "careful", "commit", "sync");
        assertThat(commits.behind()).isFalse();
    }

    @Test
    void workAloneIsSynced() {
        commits.run(() -> done.add("command"));
        commits.alone(() -> done.add("compact"));
        assertThat(done).containsExactly("command", "compact", "sync");
        assertThat(commits.behind()).isFalse();
    }

    @Test
    void aFailedSyncIsNeverAcknowledgedNorIsAnythingAfterIt() {
        AtomicBoolean broken = new AtomicBoolean(true);
        GroupCommit failing = new GroupCommit(() -> true, () -> {
            if (broken.get()) {
                throw new IllegalStateException("no space left");
            }
        });
        assertThatThrownBy(() -> failing.durably(() -> 1))
                .isInstanceOf(MongoServerError.class)
                .hasMessageContaining("no space left");
        broken.set(false);
        assertThatThrownBy(() -> failing.durably(() -> done.add("later"))).isInstanceOf(MongoServerError.class);
        assertThatThrownBy(() -> failing.run(() -> done.add("later"))).isInstanceOf(MongoServerError.class);
        assertThatThrownBy(() -> failing.alone(() -> done.add("later"))).isInstanceOf(MongoServerError.class);
        assertThatThrownBy(failing::requireWorking).isInstanceOf(MongoServerError.class);
        assertThat(done).isEmpty();
    }

    @Test
    void aFailedCommitIsNeverAcknowledged() {
        GroupCommit failing = new GroupCommit(
                () -> {
                    throw new IllegalStateException("disk full");
                },
                () -> done.add("sync"));
        assertThatThrownBy(() -> failing.durably(() -> 1)).hasMessageContaining("disk full");
        assertThat(done).isEmpty();
    }

    @Test
    void commandsThatRunTogetherShareASyncAndNoneIsHalfDoneInACommit() throws Exception {
        AtomicInteger half = new AtomicInteger();
        AtomicInteger seenHalf = new AtomicInteger();
        AtomicInteger syncs = new AtomicInteger();
        CountDownLatch firstSyncs = new CountDownLatch(1);
        CountDownLatch othersFinished = new CountDownLatch(8);
        GroupCommit shared = new GroupCommit(() -> seenHalf.addAndGet(half.get()) >= 0, () -> {
            if (syncs.incrementAndGet() == 1) {
                firstSyncs.countDown();
                await(othersFinished);
            }
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            answers.add(threads.submit(() -> shared.durably(() -> 0)));
            await(firstSyncs);
            for (int i = 1; i <= 8; i++) {
                answers.add(threads.submit(() -> shared.durably(() -> {
                    half.incrementAndGet();
                    Thread.yield();
                    half.decrementAndGet();
                    othersFinished.countDown();
                    return 0;
                })));
            }
            for (Future<Integer> answer : answers) {
                answer.get();
            }
        }
        assertThat(syncs.get()).isBetween(2, 4);
        assertThat(seenHalf).hasValue(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
