package dev.drawbridge.config.http;

import dev.drawbridge.model.spi.HttpReply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/// What the mount itself answers: one line of text for programs; whoever looks with a browser gets the page that the
/// server has for errors.
final class PlainAnswers {
    private PlainAnswers() {}

    static HttpReply of(int status) {
        String text = switch (status) {
            case 400 -> "the address cannot be read";
            case 404 -> "nothing here";
            case 405 -> "this address does not answer this method";
            case 413 -> "the body is too long";
            case 426 -> "this address answers WebSocket only";
            case 500 -> "something went wrong here";
            case 503 -> "busy, try again later";
            default -> throw new IllegalArgumentException("no words for " + status);
        };
        return HttpReply.text(status, text + "\n");
    }

    /// Answers with a status and nothing else to say.
    static void send(HttpReply plain, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isBrowser(request)) {
            HttpMount.write(plain, request.getMethod().equals("HEAD"), response);
            return;
        }
        plain.headers().forEach((name, value) -> {
            if (!name.startsWith("content-")) {
                response.setHeader(name, value);
            }
        });
        response.sendError(plain.status());
    }

    private static boolean isBrowser(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && Optional.ofNullable(request.getHeader("Accept")).orElse("").contains("text/html");
    }
}
