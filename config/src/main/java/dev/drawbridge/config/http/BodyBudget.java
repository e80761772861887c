package dev.drawbridge.config.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/// Reads request bodies within the limit of their endpoint and within one limit for all requests at once, so that many
/// large requests cost time and never memory.
final class BodyBudget {
    /// What came of reading.
    sealed interface Reading {
        /// The whole body. Its share of the budget has to be given back.
        record Whole(byte[] body) implements Reading {}

        /// Longer than its endpoint allows. Nothing of it is kept.
        record TooLong() implements Reading {}

        /// No room at the moment. Nothing of it is kept.
        record NoRoom() implements Reading {}
    }

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /// @param announced the length the client announced, or -1
    /// @throws IOException if the client went away
    Reading read(InputStream in, long announced, long maxBody) throws IOException {
        if (announced > maxBody) {
            return new Reading.TooLong();
        }
        var body = new ByteArrayOutputStream(Math.clamp(announced, 0, 65_536));
        try {
            return read(in, maxBody, body);
        } catch (IOException e) {
            release(body.size());
            throw e;
        }
    }

    private Reading read(InputStream in, long maxBody, ByteArrayOutputStream body) throws IOException {
        byte[] part = new byte[8_192];
        while (true) {
            int n = in.read(part);
            if (n < 0) {
                return new Reading.Whole(body.toByteArray());
            }
            if (body.size() + (long) n > maxBody) {
                release(body.size());
                return new Reading.TooLong();
            }
            if (used.addAndGet(n) > limit) {
                release(body.size() + n);
                return new Reading.NoRoom();
            }
            body.write(part, 0, n);
        }
    }

    void release(int bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
