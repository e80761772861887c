package dev.drawbridge.engine.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that fails once it has given more than it may. Closing it does nothing: the stream below belongs to a
/// connection, and closing that one would first read it to its end.
final class CappedInput extends FilterInputStream {
    private final long limit;
    private long given;

    CappedInput(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() {}

    private void count(long more) throws IOException {
        given += more;
        if (given > limit) {
            throw new TooLargeException(limit);
        }
    }
}
