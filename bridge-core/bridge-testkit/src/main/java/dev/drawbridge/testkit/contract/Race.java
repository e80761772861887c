package dev.drawbridge.testkit.contract;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Lets several threads do something at the same moment.
final class Race {
    private Race() {}

    /// Calls `runner` once for each number from 0, all at once.
    ///
    /// @return what each returned, in order of their numbers
    static <T> List<T> of(int runners, IntFunction<T> runner) {
        CyclicBarrier start = new CyclicBarrier(runners);
        try (ExecutorService threads = Executors.newFixedThreadPool(runners)) {
            List<Callable<T>> calls = IntStream.range(0, runners)
                    .<Callable<T>>mapToObj(i -> () -> {
                        start.await();
                        return runner.apply(i);
                    })
                    .toList();
            return threads.invokeAll(calls).stream().map(Race::result).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static <T> T result(Future<T> call) {
        if (call.state() == Future.State.FAILED) {
            throw new AssertionError("a runner failed", call.exceptionNow());
        }
        return call.resultNow();
    }
}
