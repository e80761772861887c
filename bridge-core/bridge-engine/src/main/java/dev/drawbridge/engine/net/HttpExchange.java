package dev.drawbridge.engine.net;

import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// One request and the redirects it leads to.
final class HttpExchange {
    /// Written by the client itself.
    private static final Set<String> NOT_SENT = Set.of("content-length", "transfer-encoding", "connection");

    /// Meant for one host only.
    private static final Set<String> NOT_FORWARDED =
            Set.of("host", "authorization", "cookie", "signature", "signature-input");

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final HttpPool pool;
    private final AddressGuard guard;
    private final Request request;
    private volatile @Nullable HttpUriRequestBase underWay;
    private volatile boolean aborted;

    HttpExchange(HttpPool pool, AddressGuard guard, Request request) {
        this.pool = pool;
        this.guard = guard;
        this.request = request;
    }

    /// Stops it from another thread.
    void abort() {
        aborted = true;
        HttpUriRequestBase current = underWay;
        if (current != null) {
            current.cancel();
        }
    }

    Answer run() throws IOException {
        String method = request.method();
        URI uri = request.uri();
        for (int redirects = 0; ; redirects++) {
            guard.check(uri, "http");
            Answer answer = patiently(method, uri);
            Optional<URI> next = redirects < request.maxRedirects() ? target(answer) : Optional.empty();
            if (next.isEmpty()) {
                return answer;
            }
            if (uri.getScheme().equalsIgnoreCase("https")
                    && !next.get().getScheme().equalsIgnoreCase("https")) {
                throw new ForbiddenAddressException(
                        "redirects from https to " + next.get().getScheme());
            }
            uri = next.get();
            boolean asksAgain = answer.status() == 307 || answer.status() == 308;
            method = asksAgain || method.equals("HEAD") ? method : "GET";
        }
    }

    /// Asks, and asks a second time if a kept connection turns out to be closed by the other side.
    private Answer patiently(String method, URI uri) throws IOException {
        try {
            return once(method, uri);
        } catch (NoHttpResponseException e) {
            if (method.equals("GET") || method.equals("HEAD")) {
                return once(method, uri);
            }
            throw e;
        }
    }

    private Answer once(String method, URI uri) throws IOException {
        HttpUriRequestBase message = message(method, uri);
        underWay = message;
        if (aborted) {
            throw new IOException("aborted");
        }
        // Whoever waits for all of it gives up first: the pool's own words for it are no time-out.
        ClassicHttpResponse response =
                pool.open(message, Timeout.of(request.timeout().plus(GRACE)));
        try {
            Answer answer = read(response, uri);
            response.close();
            return answer;
        } catch (IOException | RuntimeException e) {
            // Closing alone would read an endless body to its end.
            message.cancel();
            throw e;
        }
    }

    private HttpUriRequestBase message(String method, URI uri) {
        var message = new HttpUriRequestBase(method, uri);
        boolean elsewhere = !sameOrigin(uri, request.uri());
        boolean withBody = method.equals(request.method()) && !method.equals("GET") && !method.equals("HEAD");
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NOT_SENT.contains(lower)
                    && !(elsewhere && NOT_FORWARDED.contains(lower))
                    && (withBody || !lower.startsWith("content-"))) {
                message.addHeader(name, value);
            }
        });
        if (!message.containsHeader("accept-encoding")) {
            message.addHeader("accept-encoding", "gzip");
        }
        if (withBody) {
            message.setEntity(new ByteArrayEntity(request.body(), null));
        }
        return message;
    }

    private Answer read(ClassicHttpResponse response, URI uri) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(header.getValue() == null ? "" : header.getValue());
        }
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : body(entity, headers);
        return new Answer(response.getCode(), headers, body, uri);
    }

    private byte[] body(HttpEntity entity, Map<String, List<String>> headers) throws IOException {
        long limit = request.maxBytes();
        if (entity.getContentLength() > limit) {
            throw new TooLargeException(limit);
        }
        InputStream raw = new CappedInput(entity.getContent(), limit);
        List<String> encoding = headers.getOrDefault("content-encoding", List.of());
        boolean zipped = encoding.size() == 1 && encoding.getFirst().matches("(?i)(x-)?gzip");
        if (!zipped) {
            return raw.readAllBytes();
        }
        headers.remove("content-encoding");
        headers.remove("content-length");
        return unzipped(raw, limit);
    }

    private static byte[] unzipped(InputStream raw, long limit) throws IOException {
        var in = new PushbackInputStream(raw);
        int first = in.read();
        if (first < 0) {
            return new byte[0];
        }
        in.unread(first);
        try (var zip = new GZIPInputStream(in)) {
            byte[] body = new CappedInput(zip, limit).readAllBytes();
            // What is read to its end leaves the connection usable.
            raw.transferTo(OutputStream.nullOutputStream());
            return body;
        }
    }

    private static Optional<URI> target(Answer answer) {
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> answer.header("location").flatMap(text -> resolve(answer.uri(), text));
            default -> Optional.empty();
        };
    }

    private static Optional<URI> resolve(URI base, String location) {
        try {
            URI target = base.resolve(location.strip());
            return target.getScheme() == null ? Optional.empty() : Optional.of(target);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getRawAuthority().equalsIgnoreCase(other.getRawAuthority());
    }
}
