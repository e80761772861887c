package dev.drawbridge.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/// Reads an event stream over several WebSockets and says how many messages came, until its input ends.
final class SocketReadersMain {
    static final String READY = "READY";
    static final String RECEIVED = "RECEIVED ";

    private static final long EVERY_MILLIS = 20;
    private static final AtomicLong MESSAGES = new AtomicLong();

    private SocketReadersMain() {}

    /// @param arguments the address of the stream, and how many readers
    public static void main(String[] arguments) throws IOException {
        try (var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                RelayConnection.await(
                        () -> http.newWebSocketBuilder().buildAsync(URI.create(arguments[0]), new Counting()));
            }
            System.out.println(READY);
            Thread.ofPlatform().daemon().start(SocketReadersMain::report);
            while (System.in.read() >= 0) {
                // Nothing is said but that it is over.
            }
        }
        System.exit(0);
    }

    private static void report() {
        long said = 0;
        while (true) {
            long now = MESSAGES.get();
            if (now != said) {
                said = now;
                System.out.println(RECEIVED + now);
            }
            try {
                Thread.sleep(EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static final class Counting implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            if (last) {
                MESSAGES.incrementAndGet();
            }
            return WebSocket.Listener.super.onBinary(from, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            return end("cut off: " + code + " " + reason);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end("broken: " + error);
        }

        private static CompletionStage<?> end(String why) {
            System.out.println(why);
            System.exit(1);
            throw new IllegalStateException(why);
        }
    }
}
