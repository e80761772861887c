package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// The way in to every method: finds it, and turns every refusal into the form clients know.
///
/// Spec: [HTTP API (XRPC)](https://atproto.com/specs/xrpc)
final class Xrpc {
    private static final String PREFIX = "/xrpc/";
    private static final String STREAM = "com.atproto.sync.subscribeRepos";
    private static final String JSON = "application/json";
    private static final long MAX_BODY = 150_000;

    private final Map<String, XrpcMethod> methods;

    Xrpc(Map<String, XrpcMethod> methods) {
        this.methods = Map.copyOf(methods);
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
        if (name.equals(STREAM)) {
            return open(new XrpcError(426, "UpgradeRequired", "This method is a WebSocket").reply())
                    .with("upgrade", "websocket")
                    .with("connection", "upgrade");
        }
        return answered(name, method -> switch (method) {
            case XrpcMethod.Query query -> query.answer(new Params(call));
            case XrpcMethod.Procedure _, XrpcMethod.Action _ -> throw wrongVerb("GET", "POST");
            case XrpcMethod.Refused refused ->
                throw refused.verb().equals("GET") ? refused.error() : wrongVerb("GET", refused.verb());
        });
    }

    private HttpReply post(HttpCall call) {
        String name = name(call);
        if (name.equals(STREAM)) {
            return open(new XrpcError(405, "InvalidRequest", "This method is a WebSocket").reply());
        }
        return answered(name, method -> switch (method) {
            case XrpcMethod.Query _ -> throw wrongVerb("POST", "GET");
            case XrpcMethod.Procedure procedure -> procedure.answer(input(call));
            case XrpcMethod.Action action -> action.answer(call);
            case XrpcMethod.Refused refused ->
                throw refused.verb().equals("POST") ? refused.error() : wrongVerb("POST", refused.verb());
        });
    }

    private HttpReply answered(String name, Function<XrpcMethod, HttpReply> answer) {
        XrpcMethod method = methods.get(name);
        try {
            if (method == null) {
                throw new XrpcError(501, "MethodNotImplemented", "Method Not Implemented");
            }
            return open(answer.apply(method));
        } catch (XrpcError e) {
            return open(e.reply());
        }
    }

    /// The JSON object that a procedure is given.
    static DataMap input(HttpCall call) {
        if (call.body().length == 0) {
            throw XrpcError.invalidRequest("A request body is expected but none was provided");
        }
        String type = call.header("content-type")
                .orElseThrow(
                        () -> XrpcError.invalidRequest("Request encoding (Content-Type) required but not provided"));
        String encoding = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (!encoding.equals(JSON)) {
            throw XrpcError.invalidRequest("Wrong request encoding (Content-Type): " + encoding);
        }
        try {
            return DataJson.parse(call.body());
        } catch (MalformedData e) {
            throw XrpcError.invalidRequest("Input must be an object in JSON");
        }
    }

    private static String name(HttpCall call) {
        String path = call.uri().getPath();
        return path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : "";
    }

    private static XrpcError wrongVerb(String was, String expected) {
        return XrpcError.invalidRequest("Incorrect HTTP method (" + was + ") expected " + expected);
    }

    private static HttpReply preflight() {
        return open(HttpReply.of(204))
                .with("access-control-allow-methods", "GET, HEAD, POST, OPTIONS")
                // The asterisk does not stand for `authorization`.
                .with("access-control-allow-headers", "authorization, *")
                .with("access-control-max-age", "86400");
    }

    /// Everything here is public: any page may read it.
    private static HttpReply open(HttpReply reply) {
        return reply.with("access-control-allow-origin", "*");
    }
}
