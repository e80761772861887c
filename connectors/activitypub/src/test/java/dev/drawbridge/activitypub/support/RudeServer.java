package dev.drawbridge.activitypub.support;

import dev.drawbridge.engine.net.GuardedHttp;
import dev.drawbridge.engine.net.NetSettings;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Request;
import dev.drawbridge.model.spi.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A server on a real socket that does not answer, reached with the client the bridge has in earnest.
public final class RudeServer implements LocalNet.Server, AutoCloseable {
    private final ServerSocket server;
    private final Manner manner;
    private final Duration patience;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final GuardedHttp http = new GuardedHttp(NetSettings.of(true, "test"));

    /// What it does with a request.
    public enum Manner {
        /// Ends the connection with a TCP reset.
        RESET,
        /// Keeps it open and says nothing.
        SILENT
    }

    /// @param patience of who asks
    public RudeServer(Manner manner, Duration patience) {
        this.manner = manner;
        this.patience = patience;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> treat(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void treat(Socket socket) {
        try {
            if (socket.getInputStream().read() >= 0) {
                reached.countDown();
            }
            if (manner == Manner.RESET) {
                // Closing without waiting is what sends the reset.
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException e) {
            // the client went away
        }
    }

    /// Waits until somebody's request has arrived.
    public void awaitRequest() throws InterruptedException {
        reached.await();
    }

    @Override
    public HttpReply handle(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
        var here = URI.create("http://127.0.0.1:" + server.getLocalPort() + uri.getRawPath());
        OutboundHttp.Answer answer = http.send(new Request(method, here, Map.of(), body, 1_000, patience, 0));
        throw new AssertionError("it answered " + answer.status());
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.close();
    }
}
