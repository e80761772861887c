package dev.drawbridge.activitypub.support;

import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.HttpReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Servers that reach each other without a network. Everything that was asked is on record.
public final class LocalNet implements OutboundHttp {
    /// Answers a request.
    @FunctionalInterface
    public interface Server {
        HttpReply handle(String method, URI uri, Map<String, List<String>> headers, byte[] body);
    }

    private final Map<String, Server> servers = new ConcurrentHashMap<>();
    private final Map<String, HttpReply> fixed = new ConcurrentHashMap<>();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();
    private volatile Optional<Server> everywhereElse = Optional.empty();
    private volatile boolean recording = true;
    public final List<Request> requests = new CopyOnWriteArrayList<>();

    /// @param authority host, with port if any
    public void serve(String authority, Server server) {
        servers.put(authority, server);
    }

    /// Every host that is not named otherwise.
    public void serveEverywhereElse(Server server) {
        everywhereElse = Optional.of(server);
    }

    /// For more requests than should be remembered.
    public void forgetRequests() {
        recording = false;
        requests.clear();
    }

    /// Takes back what was fixed, so that the server answers.
    public void forget(String uri) {
        fixed.remove(uri);
    }

    public void fix(String uri, HttpReply reply) {
        failures.remove(uri);
        fixed.put(uri, reply);
    }

    public void fix(String uri, int status, String contentType, String body) {
        fix(uri, HttpReply.of(status, contentType, body));
    }

    public void document(String uri, String json) {
        fix(uri, 200, "application/activity+json", json);
    }

    public void fail(String uri, Failure failure) {
        failures.put(uri, failure);
    }

    public long asked(String uri) {
        return requests.stream().filter(r -> r.uri().toString().equals(uri)).count();
    }

    @Override
    public Answer send(Request request) {
        if (recording) {
            requests.add(request);
        }
        String uri = request.uri().toString();
        if (failures.containsKey(uri)) {
            throw new OutboundException(failures.get(uri), "as the test wants it");
        }
        HttpReply reply = fixed.get(uri);
        if (reply == null) {
            Server server = Optional.ofNullable(servers.get(request.uri().getRawAuthority()))
                    .or(() -> everywhereElse)
                    .orElseThrow(() -> new OutboundException(
                            Failure.UNKNOWN_HOST, request.uri().getHost()));
            reply = server.handle(request.method(), request.uri(), headers(request), request.body());
        }
        var headers = new HashMap<String, List<String>>();
        reply.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return new Answer(reply.status(), headers, Router.bytes(reply), request.uri());
    }

    private static Map<String, List<String>> headers(Request request) {
        var headers = new HashMap<String, List<String>>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        headers.put("host", List.of(request.uri().getRawAuthority()));
        return headers;
    }

    /// The body of a request as text.
    public static String text(Request request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }
}
