package dev.drawbridge.benchmarks;

import dev.drawbridge.it.load.Fediverse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Signed posts of a few people for one inbox: made before the clock starts, sent as fast as they are taken. Each
/// person lives on a server of their own, which is asked for their key.
final class InboxLoad implements AutoCloseable {
    static final String AUTHOR = "author";

    private static final String CONTEXT = "https://www.w3.org/ns/activitystreams";
    private static final String PUBLIC = CONTEXT + "#Public";
    private static final String TEXT = "lorem ipsum dolor sit amet ".repeat(18);

    /// What Mastodon's posts use beyond Activity Streams.
    private static final Map<String, String> TERMS = Map.of(
            "sensitive",
            "as:sensitive",
            "Hashtag",
            "as:Hashtag",
            "toot",
            "http://joinmastodon.org/ns#",
            "votersCount",
            "toot:votersCount");

    private final List<Fediverse> servers;
    private final AtomicInteger next = new AtomicInteger();

    InboxLoad(int people) {
        servers = IntStream.range(0, people).mapToObj(_ -> Fediverse.start()).toList();
    }

    List<Fediverse> servers() {
        return servers;
    }

    /// How it went.
    ///
    /// @param seconds from the first post sent to the last one answered
    /// @param refused how many were not answered with 202
    record Result(int posts, double seconds, int refused) {}

    /// Posts of everybody in turn, signed now.
    ///
    /// @return requests as they go over the wire
    List<byte[]> prepare(int posts, URI inbox) {
        int first = next.getAndAdd(posts);
        return IntStream.range(first, first + posts)
                .parallel()
                .mapToObj(i -> request(i, inbox))
                .toList();
    }

    /// Sends everything over kept connections.
    ///
    /// @param inFlight how many connections
    static Result send(List<byte[]> requests, URI inbox, int inFlight) {
        var position = new AtomicInteger();
        var refused = new AtomicInteger();
        long begin = System.nanoTime();
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < inFlight; i++) {
                running.add(threads.submit(() -> sendSome(requests, inbox, position, refused)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not send to " + inbox, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Result(requests.size(), (System.nanoTime() - begin) / 1e9, refused.get());
    }

    @Override
    public void close() {
        servers.forEach(Fediverse::close);
    }

    private static void sendSome(List<byte[]> requests, URI inbox, AtomicInteger position, AtomicInteger refused) {
        try (var connection = new KeepAlive(inbox)) {
            for (int i = position.getAndIncrement(); i < requests.size(); i = position.getAndIncrement()) {
                if (connection.send(requests.get(i)) != 202) {
                    refused.incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] request(int number, URI inbox) {
        Fediverse server = servers.get(number % servers.size());
        var signed = server.sign(AUTHOR, inbox, create(server.actor(AUTHOR), number));
        return KeepAlive.post(inbox, signed.headers(), signed.body());
    }

    /// A post of the size and shape that Mastodon sends.
    private static Map<String, Object> create(String actor, int number) {
        String id = actor + "/statuses/" + number;
        String published = Instant.now().toString();
        var audience = Map.of("to", List.of(PUBLIC), "cc", List.of(actor + "/followers"));
        var note = new LinkedHashMap<String, Object>();
        note.put("id", id);
        note.put("type", "Note");
        note.put("attributedTo", actor);
        note.put("published", published);
        note.putAll(audience);
        note.put("sensitive", false);
        note.put("url", actor + "/" + number);
        String html = "<p>bench-" + number + "-end " + TEXT + "</p>";
        note.put("content", html);
        note.put("contentMap", Map.of("en", html));
        note.put("tag", List.of(Map.of("type", "Hashtag", "href", actor + "/tags/bench", "name", "#bench")));
        note.put("attachment", List.of());
        var page = new LinkedHashMap<String, Object>();
        page.put("type", "CollectionPage");
        page.put("next", id + "/replies?page=true");
        page.put("partOf", id + "/replies");
        page.put("items", List.of());
        note.put("replies", Map.of("id", id + "/replies", "type", "Collection", "first", page));
        var create = new LinkedHashMap<String, Object>();
        create.put("@context", List.of(CONTEXT, TERMS));
        create.put("id", id + "/activity");
        create.put("type", "Create");
        create.put("actor", actor);
        create.put("published", published);
        create.putAll(audience);
        create.put("object", note);
        return create;
    }
}
