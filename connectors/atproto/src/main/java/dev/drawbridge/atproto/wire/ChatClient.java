package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A chat service, asked in the name of an account of ours as its own server asks: each request with a token of its
/// own.
///
/// Spec: lexicons `chat.bsky.convo.getLog`, `chat.bsky.convo.getConvoForMembers`, `chat.bsky.convo.sendMessage`
public final class ChatClient {
    /// The longest message, in graphemes and in bytes.
    public static final int MAX_GRAPHEMES = 1_000;

    /// In UTF-8.
    public static final int MAX_BYTES = 10_000;

    private static final Nsid LOG = new Nsid("chat.bsky.convo.getLog");
    private static final Nsid CONVERSATION = new Nsid("chat.bsky.convo.getConvoForMembers");
    private static final Nsid SEND = new Nsid("chat.bsky.convo.sendMessage");

    /// Beside each message there is the record it shows, and profiles: whoever writes decides how much that is.
    private static final long MAX_ANSWER = 16_000_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_REDIRECTS = 3;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Service service;
    private final Function<Did, Optional<DidDocument>> documents;
    private final Json json;

    /// @param documents of the service; may throw [Unavailable]
    public ChatClient(Service service, Function<Did, Optional<DidDocument>> documents, OutboundHttp http) {
        this.service = service;
        this.documents = documents;
        this.json = new Json(http);
    }

    /// A service as `atproto-proxy` names it: `did:web:api.bsky.chat#bsky_chat`.
    ///
    /// @param name of the service in the document of the DID
    public record Service(Did did, String name) {
        public static Optional<Service> tryParse(String text) {
            int hash = text.indexOf('#');
            String name = text.substring(hash + 1);
            return hash > 0 && name.matches("[A-Za-z0-9_.-]{1,64}")
                    ? Did.tryParse(text.substring(0, hash))
                            .filter(Did::isSupported)
                            .map(did -> new Service(did, name))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return did + "#" + name;
        }
    }

    /// Makes a token of the account for a method.
    @FunctionalInterface
    public interface Credentials {
        String token(String audience, Nsid method);
    }

    /// What somebody wrote.
    public record Message(String id, Did sender, String text, Instant at) {}

    /// Some of what happened.
    ///
    /// @param cursor where it goes on
    public record Page(List<Message> messages, Optional<String> cursor) {
        public Page {
            messages = List.copyOf(messages);
        }
    }

    /// What happened in the conversations of the account.
    ///
    /// @param cursor of the page before; empty for how it stands now
    /// @return empty if what the service has there cannot be read, however often it is asked
    /// @throws Unavailable if the service does not answer, or does not take the account's word
    public Optional<Page> log(Optional<String> cursor, Credentials as) {
        Answer answer;
        try {
            answer = get(LOG, cursor.map(at -> "?cursor=" + encoded(at)).orElse(""), as);
        } catch (Unavailable e) {
            if (e.isTooLarge()) {
                return Optional.empty();
            }
            throw e;
        }
        if (answer.status() != 200) {
            throw new Unavailable(service + " answers " + shown(answer), Optional.empty());
        }
        return ChatJson.page(answer.body());
    }

    /// Writes to somebody, in the one conversation that an account has with them.
    ///
    /// @param text within the limits of this service
    /// @return why they are not written to; empty if they are
    /// @throws Unavailable if the service does not answer, or does not take the account's word
    public Optional<String> send(Did to, String text, Credentials as) {
        Answer conversation = get(CONVERSATION, "?members=" + encoded(to.value()), as);
        Optional<String> id =
                conversation.status() == 200 ? ChatJson.conversation(conversation.body()) : Optional.empty();
        if (id.isEmpty()) {
            return Optional.of(shown(conversation));
        }
        DataMap body = DataMap.builder()
                .put("convoId", id.get())
                .put("message", DataMap.builder().put("text", text).build())
                .build();
        byte[] bytes = DataJson.write(body).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of(
                "authorization", "Bearer " + as.token(service.toString(), SEND), "content-type", "application/json");
        Answer sent = trusted(json.send(Request.post(at(SEND, ""), headers, bytes)));
        return sent.status() == 200 ? Optional.empty() : Optional.of(shown(sent));
    }

    private Answer get(Nsid method, String query, Credentials as) {
        Map<String, String> headers =
                Map.of("authorization", "Bearer " + as.token(service.toString(), method), "accept", "application/json");
        return trusted(json.send(
                new Request("GET", at(method, query), headers, new byte[0], MAX_ANSWER, PATIENCE, MAX_REDIRECTS)));
    }

    /// Who does not believe us now may when the key of the account has become known.
    private Answer trusted(Answer answer) {
        if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN) {
            throw new Unavailable(service + " does not believe us: " + shown(answer), Optional.empty());
        }
        return answer;
    }

    private URI at(Nsid method, String query) {
        URI endpoint = documents
                .apply(service.did())
                .flatMap(document -> Optional.ofNullable(document.services().get(service.name())))
                .map(DidDocument.Service::endpoint)
                .orElseThrow(() -> new Unavailable(service + " is no service that can be found", Optional.empty()));
        return URI.create(
                endpoint.getScheme() + "://" + endpoint.getRawAuthority() + "/xrpc/" + method.value() + query);
    }

    /// The status and the name of the error, not what a stranger's server writes beside it.
    private static String shown(Answer answer) {
        return answer.status()
                + Json.object(answer)
                        .flatMap(body -> body.text("error"))
                        .filter(name -> name.matches("[A-Za-z]{1,60}"))
                        .map(" "::concat)
                        .orElse("");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
