package dev.drawbridge.mongo.embedded;

import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Lets a write command return only after its changes are on the disk. Commands that run at the same time share
/// one commit and one sync.
///
/// A commit waits until no command is half done, so what is on the disk is always the result of whole commands.
final class GroupCommit {
    private static final int WRITE_CONCERN_FAILED = 64;

    private final BooleanSupplier commit;
    private final Runnable sync;

    /// Shared by commands, taken alone by a commit. Fair, or a busy server would never commit.
    private final ReentrantReadWriteLock commands = new ReentrantReadWriteLock(true);

    private final AtomicLong finished = new AtomicLong();
    private final ReentrantLock committing = new ReentrantLock();
    private volatile long durable;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    /// @param commit writes all changes to the file, and says whether there were any
    /// @param sync forces the file to the disk
    GroupCommit(BooleanSupplier commit, Runnable sync) {
        this.commit = commit;
        this.sync = sync;
    }

    /// Runs a command that may change something, and waits until the disk has what it changed, even if it fails:
    /// the reason may be a change that is not on the disk yet either.
    ///
    /// @throws MongoServerError with code 64 if the disk failed, now or earlier: the command may or may not be
    ///     kept
    <T> T durably(Supplier<T> command) {
        try {
            return run(command);
        } finally {
            awaitDisk(finished.get());
        }
    }

    /// Runs a command that may change something, without waiting: the next commit takes it along.
    <T> T run(Supplier<T> command) {
        requireWorking();
        commands.readLock().lock();
        try {
            return command.get();
        } finally {
            finished.incrementAndGet();
            commands.readLock().unlock();
        }
    }

    /// Runs `work` while no command does, for example to compact, and syncs afterwards.
    void alone(Runnable work) {
        committing.lock();
        try {
            write(() -> {
                work.run();
                return true;
            });
        } finally {
            committing.unlock();
        }
    }

    /// Whether something finished that is not on the disk yet.
    boolean behind() {
        return durable < finished.get();
    }

    /// @throws MongoServerError with code 64 if the disk failed earlier
    void requireWorking() {
        failure.ifPresent(e -> {
            throw refusal(e);
        });
    }

    private void awaitDisk(long ticket) {
        committing.lock();
        try {
            if (durable < ticket) {
                write(commit);
            }
        } finally {
            committing.unlock();
        }
    }

    private void write(BooleanSupplier change) {
        requireWorking();
        try {
            long reached;
            boolean changed;
            commands.writeLock().lock();
            try {
                reached = finished.get();
                changed = change.getAsBoolean();
            } finally {
                commands.writeLock().unlock();
            }
            if (changed) {
                sync.run();
            }
            durable = reached;
        } catch (RuntimeException e) {
            // After a failed sync nobody knows what the disk has, and a second one may wrongly succeed: stop for
            // good.
            failure = Optional.of(e);
            throw refusal(e);
        }
    }

    private static MongoServerError refusal(RuntimeException cause) {
        return new MongoServerError(
                WRITE_CONCERN_FAILED,
                "WriteConcernFailed",
                "the embedded store cannot write to its disk (" + cause.getMessage() + "); make room and start again",
                cause);
    }
}
