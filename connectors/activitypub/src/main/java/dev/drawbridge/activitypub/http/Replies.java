package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import tools.jackson.databind.node.ObjectNode;

/// Answers with the headers that servers, caches and browsers need.
final class Replies {
    /// What is served in two forms is kept by clients only: too many caches on the way forget that `Accept` decides.
    static final String NEGOTIATED = "private, max-age=180";
    /// What is the same for everybody.
    static final String SHARED = "public, max-age=180";
    /// What hardly changes.
    static final String LONG = "public, max-age=3600";

    private static final String VARY = "Accept, Signature, Signature-Input";

    private Replies() {}

    /// A document that is also served as a page.
    static HttpReply document(HttpCall call, int status, ObjectNode document) {
        var form = Negotiation.form(call);
        String type = form == Negotiation.Form.LINKED_DATA
                ? form.contentType()
                : Vocabulary.ACTIVITY_JSON + "; charset=utf-8";
        return negotiated(json(status, type, Documents.write(document))).with("Cache-Control", NEGOTIATED);
    }

    /// A document that is never a page: the same for everybody who may see it.
    static HttpReply activity(int status, ObjectNode document) {
        return negotiated(json(status, Vocabulary.ACTIVITY_JSON + "; charset=utf-8", Documents.write(document)))
                .with("Cache-Control", SHARED);
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

    /// What is left of something that was taken back, or of an actor who left.
    static HttpReply gone(HttpCall call, String id, String formerType) {
        if (Negotiation.wantsPage(call)) {
            return shown(Page.gone(PageWords.of(call)).reply(410));
        }
        ObjectNode tombstone = Documents.object();
        tombstone.put("@context", Vocabulary.CONTEXT).put("id", id).put("type", "Tombstone");
        if (!formerType.isEmpty()) {
            tombstone.put("formerType", formerType);
        }
        return document(call, 410, tombstone);
    }

    static HttpReply page(Page page) {
        return shown(page.reply(200)).with("Cache-Control", NEGOTIATED);
    }

    /// A page is written in the language of whoever looks, too.
    private static HttpReply shown(HttpReply reply) {
        return reply.with("Vary", VARY + ", Accept-Language, Cookie");
    }

    private static HttpReply negotiated(HttpReply reply) {
        return reply.with("Vary", VARY);
    }

    private static HttpReply open(HttpReply reply) {
        return reply.with("Access-Control-Allow-Origin", "*");
    }
}
