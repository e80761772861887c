package dev.drawbridge.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {
    private final Semaphore mayWrite = new Semaphore(0);
    private final Semaphore writing = new Semaphore(0);
    private final List<List<Integer>> writes = new CopyOnWriteArrayList<>();

    private void write(List<Integer> items) {
        writing.release();
        mayWrite.acquireUninterruptibly();
        writes.add(items);
        if (items.contains(13)) {
            throw new IllegalArgumentException("not 13");
        }
    }

    @Test
    void whatComesDuringAWriteGoesTogetherWithTheNext() {
        try (var group = new GroupCommit<Integer>("test", this::write)) {
            CompletableFuture<Void> first = bring(group, 0);
            writing.acquireUninterruptibly();
            List<CompletableFuture<Void>> crowd = crowd(group, 1, 10);
            assertThat(first).isNotDone();
            mayWrite.release(2);
            first.join();
            crowd.forEach(CompletableFuture::join);
        }
        assertThat(writes).hasSize(2);
        assertThat(writes.getFirst()).containsExactly(0);
        assertThat(writes.getLast()).containsExactlyInAnyOrderElementsOf(numbers(1, 10));
    }

    @Test
    void aCrowdIsWrittenInPartsOfALimitedSize() {
        try (var group = new GroupCommit<Integer>("test", this::write)) {
            CompletableFuture<Void> first = bring(group, 1_000);
            writing.acquireUninterruptibly();
            List<CompletableFuture<Void>> crowd = crowd(group, 2_000, 2 * GroupCommit.MOST + 3);
            mayWrite.release(4);
            first.join();
            crowd.forEach(CompletableFuture::join);
        }
        assertThat(writes).extracting(List::size).containsExactly(1, GroupCommit.MOST, GroupCommit.MOST, 3);
    }

    @Test
    void aWriteThatFailsIsToldToThoseInItAndToNobodyElse() {
        mayWrite.release(100);
        try (var group = new GroupCommit<Integer>("test", this::write)) {
            group.commit(12);
            assertThatThrownBy(() -> group.commit(13))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not 13")
                    .hasCauseInstanceOf(IllegalArgumentException.class);
            group.commit(14);
        }
        assertThat(writes).containsExactly(List.of(12), List.of(13), List.of(14));
    }

    @Test
    void whatWasBroughtBeforeTheEndIsWrittenAndWhatComesLaterIsRefused() {
        var group = new GroupCommit<Integer>("test", this::write);
        CompletableFuture<Void> first = bring(group, 0);
        writing.acquireUninterruptibly();
        List<CompletableFuture<Void>> crowd = crowd(group, 1, 3);
        mayWrite.release(2);
        group.close();
        first.join();
        crowd.forEach(CompletableFuture::join);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> group.commit(4))
                .withMessageContaining("stopped");
        group.close();
        assertThat(writes).hasSize(2);
    }

    @Test
    void aWriterThatIsHeldHoldsNoStop() {
        var group = new GroupCommit<Integer>("test", this::write);
        CompletableFuture<Void> first = bring(group, 0);
        writing.acquireUninterruptibly();
        List<CompletableFuture<Void>> crowd = crowd(group, 1, 3);
        group.close(Duration.ofMillis(1));
        crowd.forEach(late -> assertThatThrownBy(late::join).hasRootCauseInstanceOf(BrokerUnavailableException.class));
        assertThatThrownBy(() -> group.commit(9)).hasCauseInstanceOf(BrokerUnavailableException.class);
        assertThat(first).as("nobody knows yet").isNotDone();
        mayWrite.release();
        first.join();
        assertThat(writes).containsExactly(List.of(0));
    }

    @Test
    void anInterruptedThreadHearsWhatBecameOfItsItem() {
        mayWrite.release();
        try (var group = new GroupCommit<Integer>("test", this::write)) {
            Thread.currentThread().interrupt();
            group.commit(1);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(writes).containsExactly(List.of(1));
    }

    private static CompletableFuture<Void> bring(GroupCommit<Integer> group, int item) {
        var done = new CompletableFuture<Void>();
        Consumer<Integer> work = group::commit;
        Thread.ofVirtual().start(() -> {
            try {
                work.accept(item);
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /// Brings as many items, and returns when all of them wait.
    private static List<CompletableFuture<Void>> crowd(GroupCommit<Integer> group, int from, int many) {
        List<CompletableFuture<Void>> crowd = new ArrayList<>();
        numbers(from, many).forEach(i -> crowd.add(bring(group, i)));
        while (group.waiting() < many) {
            Thread.onSpinWait();
        }
        return crowd;
    }

    private static List<Integer> numbers(int from, int many) {
        return IntStream.range(from, from + many).boxed().toList();
    }
}
