package dev.drawbridge.activitypub.support;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the endpoint for a request, as the engine does.
public record Router(List<Endpoint> endpoints) {
    public HttpReply call(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint instanceof Endpoint.Http http && http.method().equals(method)) {
                var variables = match(http.path(), uri.getRawPath());
                if (variables.isPresent()) {
                    var call = new HttpCall(method, uri, variables.get(), headers, body, "192.0.2.1");
                    if (http.when().test(call)) {
                        return http.handler().handle(call);
                    }
                }
            }
        }
        return HttpReply.of(404);
    }

    public HttpReply get(String uri, String accept) {
        return call("GET", URI.create(uri), Map.of("accept", List.of(accept)), new byte[0]);
    }

    public static String text(HttpReply reply) {
        return new String(bytes(reply), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(HttpReply reply) {
        var out = new ByteArrayOutputStream();
        try {
            reply.body().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Optional<Map<String, String>> match(String pattern, String path) {
        String[] wanted = pattern.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        var variables = new HashMap<String, String>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                String name = wanted[i].substring(1, wanted[i].length() - 1);
                variables.put(name, URLDecoder.decode(given[i], StandardCharsets.UTF_8));
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
