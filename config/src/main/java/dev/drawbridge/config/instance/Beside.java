package dev.drawbridge.config.instance;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// One part of a start that is made beside the others, on a thread of its own.
final class Beside<T> implements AutoCloseable {
    private final FutureTask<T> work;
    private final Thread thread;

    private Beside(String name, Callable<T> making) {
        work = new FutureTask<>(making);
        thread = Thread.ofPlatform().name(name).unstarted(work);
    }

    static <T> Beside<T> start(String name, Callable<T> making) {
        var beside = new Beside<>(name, making);
        beside.thread.start();
        return beside;
    }

    /// What was made, as soon as it is.
    ///
    /// @throws StartFailure if waiting was interrupted; otherwise what went wrong in the making
    T get() {
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException told ? told : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted in " + thread.getName(), e);
        }
    }

    /// Waits until it is made or failed: what is closed afterwards is not used by it any more.
    @Override
    public void close() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
