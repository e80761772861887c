package dev.drawbridge.model.spi;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The answer to an [HttpCall], as a value.
///
/// @param headers sent as given
public record HttpReply(int status, Map<String, String> headers, Body body) {
    /// Writes the body; called once.
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    public static HttpReply of(int status) {
        return new HttpReply(status, Map.of(), _ -> {});
    }

    public static HttpReply text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text);
    }

    public static HttpReply json(int status, String json) {
        return of(status, "application/json", json);
    }

    public static HttpReply of(int status, String contentType, String text) {
        return bytes(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    public static HttpReply bytes(int status, String contentType, byte[] bytes) {
        return new HttpReply(
                status,
                Map.of("content-type", contentType, "content-length", Integer.toString(bytes.length)),
                out -> out.write(bytes));
    }

    /// A body of unknown length, written as it is made.
    public static HttpReply stream(int status, String contentType, Body body) {
        return new HttpReply(status, Map.of("content-type", contentType), body);
    }

    public HttpReply with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpReply(status, more, body);
    }
}
