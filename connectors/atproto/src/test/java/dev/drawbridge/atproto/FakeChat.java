package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.port.OutboundHttp.Request;
import dev.drawbridge.model.port.SignatureVerifier;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A chat service as its lexicons describe it (`chat.bsky.convo.*`), which believes nobody without a token for exactly
/// what they ask, signed with the key their DID names, and each token once.
final class FakeChat {
    static final String SERVICE = "did:web:chat.test#chat";
    private static final String HOST = "https://chat.test";
    private static final String XRPC = "/xrpc/chat.bsky.convo.";
    private static final int PAGE = 2;

    /// What went through it: from whom, to whom, what.
    record Sent(Did from, Did to, String text) {}

    /// What it has of something that happened.
    private record Entry(String rev, String json) {}

    final List<Sent> sent = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    final Set<Did> closed = new HashSet<>();

    /// Whom it does not believe.
    final Set<Did> banned = new HashSet<>();

    /// Whose log it cannot give, from a cursor on or at all.
    final Set<Did> garbled = new HashSet<>();

    final Set<Did> mute = new HashSet<>();
    boolean down;
    int failAfter = Integer.MAX_VALUE;

    private final Map<Did, List<Entry>> logs = new HashMap<>();
    private final Set<String> tokens = new HashSet<>();
    private final Function<Did, Optional<DidKey>> keys;
    private final SignatureVerifier verifier;
    private final InstantSource clock;
    private int rev;

    /// @param keys by which accounts sign
    FakeChat(Function<Did, Optional<DidKey>> keys, SignatureVerifier verifier, InstantSource clock) {
        this.keys = keys;
        this.verifier = verifier;
        this.clock = clock;
    }

    /// Somebody writes to somebody else.
    void write(Did from, Did to, String text, Instant at) {
        sent.add(new Sent(from, to, text));
        DataMap message = DataMap.builder()
                .put("$type", "chat.bsky.convo.defs#messageView")
                .put("id", "m" + ++rev)
                .put("rev", revision(rev))
                .put("text", text)
                .put("sender", DataMap.builder().put("did", from.value()).build())
                .put("sentAt", at.toString())
                .build();
        List.of(from, to).forEach(member -> log(member, "logCreateMessage", Optional.of(message)));
    }

    /// Something else happened to an account.
    void log(Did member, String kind, Optional<DataMap> message) {
        DataMap.Builder entry = DataMap.builder()
                .put("$type", "chat.bsky.convo.defs#" + kind)
                .put("rev", revision(++rev))
                .put("convoId", "c1");
        message.ifPresent(said -> entry.put("message", said));
        logs.computeIfAbsent(member, _ -> new ArrayList<>())
                .add(new Entry(revision(rev), DataJson.write(entry.build())));
    }

    /// A message as nobody should write one.
    ///
    /// @param fields of it, as JSON, besides those that say who wrote what
    void odd(Did from, Did to, String text, String fields, Instant at) {
        String json = """
            {"view":{%s},"$type":"chat.bsky.convo.defs#logCreateMessage","rev":"%s","convoId":"c1",
            "message":{"embed":{%s},"sender":{"profile":[{%s}],"did":"%s"},"$type":"chat.bsky.convo.defs#messageView",
            "id":"m%d","text":"%s","sentAt":"%s"}}\
            """.formatted(fields, revision(++rev), fields, fields, from, rev, text, at);
        logs.computeIfAbsent(to, _ -> new ArrayList<>()).add(new Entry(revision(rev), json));
    }

    private static String revision(int rev) {
        return "3k%011d".formatted(rev);
    }

    Optional<Answer> answer(Request request) {
        if (!request.uri().toString().startsWith(HOST)) {
            return Optional.empty();
        }
        if (down) {
            throw new OutboundException(Failure.UNREACHABLE, HOST);
        }
        String path = request.uri().getPath();
        if (path.equals("/.well-known/did.json")) {
            return Optional.of(reply(
                    request,
                    200,
                    DataJson.parse("{\"id\":\"did:web:chat.test\",\"service\":[{\"id\":\"#chat\","
                            + "\"type\":\"BskyChatService\",\"serviceEndpoint\":\"" + HOST + "\"}]}")));
        }
        Optional<Did> account = believed(request, path.replace("/xrpc/", ""));
        return Optional.of(
                account.isEmpty()
                        ? error(request, 401, "BadJwt")
                        : switch (path.replace(XRPC, "")) {
                            case "getLog" -> log(request, account.get());
                            case "getConvoForMembers" -> conversation(request, account.get());
                            case "sendMessage" -> send(request, account.get());
                            default -> error(request, 501, "MethodNotImplemented");
                        });
    }

    private Optional<Did> believed(Request request, String method) {
        String bearer = request.headers().getOrDefault("authorization", "").replaceFirst("^Bearer ", "");
        String[] parts = bearer.split("\\.");
        if (parts.length != 3 || !tokens.add(bearer)) {
            return refuse("no token, or one that was used");
        }
        DataMap claims = DataJson.parse(Base64.getUrlDecoder().decode(parts[1]));
        long now = clock.instant().getEpochSecond();
        long end = claims.integer("exp").orElse(0);
        Did account = new Did(claims.text("iss").orElseThrow());
        if (banned.contains(account)) {
            return refuse(account + " is banned");
        }
        boolean right = claims.text("aud").equals(Optional.of(SERVICE))
                && claims.text("lxm").equals(Optional.of(method))
                && end > now
                && end <= now + 60;
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        return right
                        && keys.apply(account)
                                .filter(key -> key.verify(verifier, signed, signature))
                                .isPresent()
                ? Optional.of(account)
                : refuse(claims + " for " + method);
    }

    private Optional<Did> refuse(String why) {
        refused.add(why);
        return Optional.empty();
    }

    private Answer log(Request request, Did account) {
        List<Entry> all = logs.getOrDefault(account, List.of());
        Optional<String> cursor = parameter(request, "cursor");
        if (mute.contains(account) || (garbled.contains(account) && cursor.isPresent())) {
            return reply(request, 200, "{\"cursor\":\"3k\",\"logs\":[{\"$type\":");
        }
        List<Entry> page = cursor.isEmpty()
                ? List.of()
                : all.stream()
                        .filter(entry -> entry.rev().compareTo(cursor.get()) > 0)
                        .limit(PAGE)
                        .toList();
        String next =
                page.isEmpty() ? cursor.orElse(revision(rev)) : page.getLast().rev();
        String entries = page.stream().map(Entry::json).collect(Collectors.joining(","));
        return reply(request, 200, "{\"logs\":[" + entries + "],\"cursor\":\"" + next + "\"}");
    }

    private Answer conversation(Request request, Did account) {
        Did other = new Did(parameter(request, "members").orElseThrow());
        if (closed.contains(other)) {
            return error(request, 400, "MessagesDisabled");
        }
        String last = "{\"embed\":{\"score\":1.5,\"deep\":" + "[".repeat(500) + "]".repeat(500) + "}}";
        return reply(
                request,
                200,
                "{\"convo\":{\"lastMessage\":%s,\"id\":\"%s %s\",\"rev\":\"%s\"}}"
                        .formatted(last, account, other, revision(rev)));
    }

    private Answer send(Request request, Did account) {
        DataMap input = DataJson.parse(request.body());
        String[] members = input.text("convoId").orElseThrow().split(" ");
        String text = input.map("message").flatMap(m -> m.text("text")).orElseThrow();
        if (!members[0].equals(account.value()) || !Graphemes.fits(text, 1_000, 10_000) || text.isEmpty()) {
            return error(request, 400, "InvalidRequest");
        }
        if (failAfter-- <= 0) {
            return error(request, 503, "UpstreamFailure");
        }
        write(account, new Did(members[1]), text, clock.instant());
        return reply(request, 200, DataMap.empty());
    }

    private static Optional<String> parameter(Request request, String name) {
        String query = request.uri().getRawQuery();
        return Optional.ofNullable(query)
                .filter(q -> q.startsWith(name + "="))
                .map(q -> URLDecoder.decode(q.substring(name.length() + 1), StandardCharsets.UTF_8));
    }

    private static Answer error(Request request, int status, String name) {
        return reply(
                request,
                status,
                DataMap.builder()
                        .put("error", name)
                        .put("message", "a long story")
                        .build());
    }

    private static Answer reply(Request request, int status, DataMap body) {
        return reply(request, status, DataJson.write(body));
    }

    private static Answer reply(Request request, int status, String body) {
        URI uri = request.uri();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > request.maxBytes()) {
            throw new OutboundException(Failure.TOO_LARGE, uri.toString());
        }
        return new Answer(status, Map.of(), bytes, uri);
    }
}
