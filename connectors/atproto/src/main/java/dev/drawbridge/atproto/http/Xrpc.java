package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.util.List;
import java.util.Map;

/// The way in to every method: finds it, and turns every refusal into the form clients know.
///
/// Spec: [HTTP API (XRPC)](https://atproto.com/specs/xrpc)
final class Xrpc {
    private static final String PREFIX = "/xrpc/";
    private static final String STREAM = "com.atproto.sync.subscribeRepos";
    private static final String CREATE_ACCOUNT = "com.atproto.server.createAccount";
    private static final long MAX_BODY = 150_000;

    private final Map<String, XrpcMethod> queries;

    Xrpc(Map<String, XrpcMethod> queries) {
        this.queries = Map.copyOf(queries);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get(PREFIX + "{*method}", this::get),
                Endpoint.Http.post(PREFIX + "{*method}", MAX_BODY, this::post),
                new Endpoint.Http("OPTIONS", PREFIX + "{*method}", 0, _ -> true, _ -> preflight()));
    }

    static HttpReply json(DataMap body) {
        return HttpReply.json(200, DataJson.write(body));
    }

    private HttpReply get(HttpCall call) {
        String name = name(call);
        XrpcMethod method = queries.get(name);
        if (name.equals(STREAM)) {
            return open(new XrpcError(426, "UpgradeRequired", "This method is a WebSocket").reply())
                    .with("upgrade", "websocket")
                    .with("connection", "upgrade");
        }
        if (method == null) {
            return open(name.equals(CREATE_ACCOUNT) ? wrongVerb("GET", "POST") : notImplemented());
        }
        try {
            return open(method.answer(new Params(call)));
        } catch (XrpcError e) {
            return open(e.reply());
        }
    }

    private HttpReply post(HttpCall call) {
        String name = name(call);
        if (name.equals(STREAM)) {
            return open(new XrpcError(405, "InvalidRequest", "This method is a WebSocket").reply());
        }
        if (name.equals(CREATE_ACCOUNT)) {
            return open(new XrpcError(400, "InvalidInviteCode", "Accounts are made by the bridge alone").reply());
        }
        return open(queries.containsKey(name) ? wrongVerb("POST", "GET") : notImplemented());
    }

    private static String name(HttpCall call) {
        String path = call.uri().getPath();
        return path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : "";
    }

    private static HttpReply wrongVerb(String was, String expected) {
        return XrpcError.invalidRequest("Incorrect HTTP method (" + was + ") expected " + expected)
                .reply();
    }

    private static HttpReply notImplemented() {
        return new XrpcError(501, "MethodNotImplemented", "Method Not Implemented").reply();
    }

    private static HttpReply preflight() {
        return open(HttpReply.of(204))
                .with("access-control-allow-methods", "GET, HEAD, POST, OPTIONS")
                .with("access-control-allow-headers", "*")
                .with("access-control-max-age", "86400");
    }

    /// Everything here is public: any page may read it.
    private static HttpReply open(HttpReply reply) {
        return reply.with("access-control-allow-origin", "*");
    }
}
