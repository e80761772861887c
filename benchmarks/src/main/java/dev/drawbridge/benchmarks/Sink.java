package dev.drawbridge.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Servers of this machine that say 202 to every POST and count them, with as little work as possible.
final class Sink implements AutoCloseable {
    private static final byte[] ACCEPTED =
            "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOT_FOUND =
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final List<ServerSocket> servers = new ArrayList<>();
    private final AtomicLong taken = new AtomicLong();

    /// @param ports how many servers; each listens on a free port of its own
    Sink(int ports) {
        try {
            for (int i = 0; i < ports; i++) {
                var server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
                servers.add(server);
                Thread.ofVirtual().start(() -> accept(server));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Inboxes, each different, spread over the servers.
    List<URI> inboxes(int count) {
        var inboxes = new ArrayList<URI>();
        for (int i = 0; i < count; i++) {
            inboxes.add(URI.create(
                    "http://localhost:" + servers.get(i % servers.size()).getLocalPort() + "/users/u" + i + "/inbox"));
        }
        return inboxes;
    }

    /// How many posts were taken since it started.
    long taken() {
        return taken.get();
    }

    /// Waits until so many posts were taken since it started.
    ///
    /// @throws IllegalStateException if that takes longer than `patience`
    void await(long posts, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (taken.get() < posts) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(taken + " of " + posts + " posts came in " + patience);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    @Override
    public void close() {
        for (ServerSocket server : servers) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (String request = line(in); !request.isEmpty(); request = line(in)) {
                long length = 0;
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    String lower = header.toLowerCase(Locale.ROOT);
                    if (lower.startsWith("content-length:")) {
                        length = Long.parseLong(
                                lower.substring("content-length:".length()).strip());
                    }
                }
                in.skipNBytes(length);
                boolean post = request.startsWith("POST ");
                if (post) {
                    // before the answer: who has it was counted
                    taken.incrementAndGet();
                }
                socket.getOutputStream().write(post ? ACCEPTED : NOT_FOUND);
            }
        } catch (IOException e) {
            // The other side hung up.
        }
    }

    /// @return empty at the end of the stream too
    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
