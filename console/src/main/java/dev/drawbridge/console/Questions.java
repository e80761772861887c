package dev.drawbridge.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// What anybody may have other servers asked for: so often from one address, and so much at one time. The same for all
/// pages, or each new page would be a way around the others.
final class Questions {
    private static final int BURST = 30;
    private static final Duration EACH = Duration.ofSeconds(2);
    /// Each may wait for a server that does not answer.
    private static final int AT_ONCE = 64;

    private final Callers callers;
    private final Turns turns;
    private final Semaphore room = new Semaphore(AT_ONCE);

    Questions(Callers callers, InstantSource clock) {
        this.callers = callers;
        this.turns = new Turns(BURST, EACH, clock);
    }

    /// There is no turn or no place left.
    static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        private Busy(int status) {
            super("too many questions");
            this.status = status;
        }

        /// To answer with.
        int status() {
            return status;
        }
    }

    /// @throws Busy if it is not asked
    <T> T ask(HttpServletRequest request, Supplier<T> question) {
        take(request);
        return place(question);
    }

    /// Takes a turn of the address alone, for what may be answered without asking anybody.
    ///
    /// @throws Busy if there is none left
    void take(HttpServletRequest request) {
        String address = callers.address(request);
        if (Turns.tells(address) && !turns.take(Turns.place(address))) {
            throw new Busy(429);
        }
    }

    /// Asks what a turn was taken for.
    ///
    /// @throws Busy if there is no place left
    <T> T place(Supplier<T> question) {
        if (!room.tryAcquire()) {
            throw new Busy(503);
        }
        try {
            return question.get();
        } finally {
            room.release();
        }
    }
}
