package dev.drawbridge.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A connection to a relay that costs as little as it can.
final class RelayConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WebSocket socket;

    private RelayConnection(WebSocket socket) {
        this.socket = socket;
    }

    /// @param heard told of every message; must not block
    static RelayConnection open(HttpClient http, URI relay, Consumer<String> heard) {
        var listener = new WebSocket.Listener() {
            private final StringBuilder partial = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                partial.append(data);
                if (last) {
                    heard.accept(partial.toString());
                    partial.setLength(0);
                }
                from.request(1);
                return CompletableFuture.completedStage("");
            }
        };
        var builder = http.newWebSocketBuilder().connectTimeout(PATIENCE);
        return new RelayConnection(await(() -> builder.buildAsync(relay, listener)));
    }

    /// Sends one message and waits until it is on its way. By one thread at a time.
    void send(String message) {
        await(() -> socket.sendText(message, true));
    }

    @Override
    public void close() {
        socket.abort();
    }

    static <T> T await(Supplier<CompletableFuture<T>> start) {
        try {
            return start.get().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the relay does not answer", e);
        }
    }
}
