package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.port.OutboundHttp.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Exchanges of JSON over HTTP, with every way to fail sorted into "not there" and "not now".
final class Json {
    private static final Map<String, String> ACCEPT = Map.of("accept", "application/json");
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private final OutboundHttp http;

    Json(OutboundHttp http) {
        this.http = http;
    }

    /// What a server has at an address.
    ///
    /// @return empty if it says that there is nothing, or answers something else than an object
    /// @throws Unavailable if it does not answer, or asks for patience
    Optional<DataMap> get(URI uri) {
        Answer answer = send(Request.get(uri, ACCEPT));
        if (answer.status() / 100 != 2) {
            return Optional.empty();
        }
        return object(answer);
    }

    /// The object that an answer is; empty if it is something else.
    static Optional<DataMap> object(Answer answer) {
        try {
            return Optional.of(DataJson.parse(answer.body()));
        } catch (MalformedData e) {
            return Optional.empty();
        }
    }

    /// A list of objects at an address.
    ///
    /// @return empty if the server says that there is nothing, or answers something else
    /// @throws Unavailable if it does not answer, or asks for patience
    Optional<List<DataMap>> list(URI uri) {
        Answer answer = send(Request.get(uri, ACCEPT));
        if (answer.status() / 100 != 2) {
            return Optional.empty();
        }
        try {
            DataMap wrapped = DataJson.parse("{\"list\":" + text(answer) + "}");
            return wrapped.get("list")
                    .filter(DataList.class::isInstance)
                    .map(list -> ((DataList) list).items())
                    .filter(items -> items.stream().allMatch(DataMap.class::isInstance))
                    .map(items -> items.stream().map(DataMap.class::cast).toList());
        } catch (MalformedData e) {
            return Optional.empty();
        }
    }

    /// Posts an object.
    ///
    /// @throws Unavailable if the server does not answer, or asks for patience
    Answer post(URI uri, DataMap body) {
        byte[] json = DataJson.write(body).getBytes(StandardCharsets.UTF_8);
        return send(Request.post(uri, Map.of("content-type", "application/json"), json));
    }

    /// Any exchange whose answer is final.
    ///
    /// @throws Unavailable if the server does not answer, or asks for patience
    Answer send(Request request) {
        Answer answer;
        try {
            answer = http.send(request);
        } catch (OutboundException e) {
            throw new Unavailable(PrivateKeys.place(request.uri()) + ": " + e.failure(), e);
        }
        if (answer.status() == TOO_MANY || answer.status() >= SERVER_ERROR) {
            throw new Unavailable(PrivateKeys.place(request.uri()) + " answers " + answer.status(), retryAfter(answer));
        }
        return answer;
    }

    static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Optional<Duration> retryAfter(Answer answer) {
        return answer.header("retry-after")
                .map(String::strip)
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
