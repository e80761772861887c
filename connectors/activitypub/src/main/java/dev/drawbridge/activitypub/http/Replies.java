package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Answers with the headers that servers, caches and browsers need.
final class Replies {
    private Replies() {}

    static HttpReply activity(int status, ObjectNode document) {
        return negotiated(json(status, Vocabulary.ACTIVITY_JSON + "; charset=utf-8", Documents.write(document)));
    }

    static HttpReply json(int status, String contentType, String json) {
        return open(HttpReply.of(status, contentType, json));
    }

    static HttpReply error(int status, String reason) {
        return json(
                status, "application/json", Documents.write(Documents.object().put("error", reason)));
    }

    static HttpReply notFound() {
        return negotiated(error(404, "there is no such thing here"));
    }

    /// What is left of something that was taken back.
    static HttpReply gone(String id) {
        ObjectNode tombstone = Documents.object();
        tombstone.put("@context", Vocabulary.CONTEXT).put("id", id).put("type", "Tombstone");
        return activity(410, tombstone);
    }

    /// @param body escaped already
    static HttpReply page(String title, String body) {
        String html = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + escape(title) + "</title>"
                + "<body>" + body + "</body></html>";
        return negotiated(HttpReply.of(200, "text/html; charset=utf-8", html)
                .with("Content-Security-Policy", "default-src 'none'")
                .with("X-Robots-Tag", "noindex"));
    }

    static HttpReply redirect(String to) {
        return negotiated(HttpReply.of(303).with("Location", to));
    }

    /// Whether a browser asks, and not a server.
    static boolean wantsHtml(HttpCall call) {
        String accept = String.join(",", call.headers().getOrDefault("accept", java.util.List.of()))
                .toLowerCase(Locale.ROOT);
        return accept.contains("text/html") && !accept.contains("activity+json") && !accept.contains("ld+json");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static HttpReply negotiated(HttpReply reply) {
        return reply.with("Vary", "Accept, Signature, Signature-Input");
    }

    private static HttpReply open(HttpReply reply) {
        return reply.with("Access-Control-Allow-Origin", "*");
    }
}
