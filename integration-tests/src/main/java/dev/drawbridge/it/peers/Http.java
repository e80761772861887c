package dev.drawbridge.it.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON over HTTP for tests.
public final class Http {
    private static final Duration TIME_OUT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIME_OUT)
            .build();
    private final JsonMapper json = JsonMapper.shared();

    /// An answer.
    public record Answer(int status, String text) {
        /// The answer as JSON.
        ///
        /// @throws AssertionError if it was refused
        public JsonNode json() {
            if (status / 100 != 2) {
                throw new AssertionError("answered " + status + ": " + text);
            }
            return JsonMapper.shared().readTree(text);
        }
    }

    public Answer get(URI uri, String... headers) {
        return send(request(uri, headers).GET());
    }

    public Answer post(URI uri, Object body, String... headers) {
        return send(request(uri, headers)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    public Answer delete(URI uri) {
        return send(request(uri).DELETE());
    }

    private static HttpRequest.Builder request(URI uri, String... headers) {
        var builder = HttpRequest.newBuilder(uri).timeout(TIME_OUT);
        for (List<String> pair : java.util.stream.Stream.of(headers)
                .gather(java.util.stream.Gatherers.windowFixed(2))
                .toList()) {
            builder.header(pair.getFirst(), pair.getLast());
        }
        return builder;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
