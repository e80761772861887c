package dev.drawbridge.it.peers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an app does with a relay (NIP-01): publish, ask, listen.
public final class NostrClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final CompletionStage<String> DONE = CompletableFuture.completedStage("");

    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final Map<String, CompletableFuture<Ok>> publishes = new ConcurrentHashMap<>();
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);
    private volatile Optional<String> end = Optional.empty();

    /// The relay's answer to an event.
    public record Ok(boolean accepted, String message) {}

    private record Subscription(Consumer<JsonNode> events, CompletableFuture<Void> storedSent) {}

    private NostrClient(URI relay) {
        var listener = new WebSocket.Listener() {
            private final StringBuilder text = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                text.append(data);
                if (last) {
                    String message = text.toString();
                    text.setLength(0);
                    hear(json.readTree(message));
                }
                from.request(1);
                return DONE;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                lose(new IllegalStateException("the relay closed: " + code + ' ' + reason));
                return DONE;
            }

            @Override
            public void onError(WebSocket from, Throwable error) {
                lose(error);
            }
        };
        socket = http.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(relay, listener)
                .join();
    }

    public static NostrClient connect(URI relay) {
        return new NostrClient(relay);
    }

    /// Publishes an event and waits for the relay's word.
    public Ok publish(JsonNode event) {
        return await(publishLater(event));
    }

    /// Publishes an event; fails if the connection ends before the relay answered.
    public CompletableFuture<Ok> publishLater(JsonNode event) {
        var answer = new CompletableFuture<Ok>();
        publishes.put(event.path("id").asString(), answer);
        say(List.of("EVENT", event));
        return answer;
    }

    /// What the relay has stored for a filter, each event once.
    public List<JsonNode> query(Map<String, ?> filter) {
        var found = new ArrayList<JsonNode>();
        String id = subscribe(filter, found::add);
        await(Optional.ofNullable(subscriptions.get(id)).orElseThrow().storedSent());
        say(List.of("CLOSE", id));
        subscriptions.remove(id);
        return List.copyOf(found);
    }

    /// Listens for what is stored and what comes.
    ///
    /// @return the subscription's id
    public String subscribe(Map<String, ?> filter, Consumer<JsonNode> events) {
        String id = "s" + next.incrementAndGet();
        subscriptions.put(id, new Subscription(events, new CompletableFuture<>()));
        say(List.of("REQ", id, filter));
        return id;
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private void hear(JsonNode message) {
        String about = message.path(1).asString("");
        switch (message.path(0).asString()) {
            case "OK" ->
                Optional.ofNullable(publishes.remove(about))
                        .ifPresent(answer -> answer.complete(new Ok(
                                message.path(2).asBoolean(), message.path(3).asString(""))));
            case "EVENT" ->
                Optional.ofNullable(subscriptions.get(about))
                        .ifPresent(s -> s.events().accept(message.path(2)));
            case "EOSE" ->
                Optional.ofNullable(subscriptions.get(about))
                        .ifPresent(s -> s.storedSent().complete(null));
            case "CLOSED" ->
                Optional.ofNullable(subscriptions.get(about))
                        .ifPresent(s ->
                                s.storedSent().completeExceptionally(new IllegalStateException("refused: " + message)));
            default -> {
                // NOTICE, AUTH: nothing to do
            }
        }
    }

    /// Why the connection ended; empty while it has not.
    public Optional<String> end() {
        return end;
    }

    private void lose(Throwable cause) {
        end = Optional.of(cause.toString());
        publishes.values().forEach(p -> p.completeExceptionally(cause));
        subscriptions.values().forEach(s -> s.storedSent().completeExceptionally(cause));
    }

    // the JDK's WebSocket takes one message at a time
    private synchronized void say(List<?> message) {
        String text = json.writeValueAsString(message);
        lastSend = lastSend.handle((_, _) -> null).thenCompose(_ -> socket.sendText(text, true));
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the relay did not answer", e);
        }
    }
}
