package dev.drawbridge.it.peers;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An ActivityPub server on Fedify, and the people on it.
public final class FedifyPeer implements AutoCloseable {
    /// The server itself, when it fetches.
    public static final String INSTANCE = "instance.actor";

    private static final int ATTEMPTS = 60;
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String READY = "READY ";
    private static final String SIGNED = "SIGNED ";

    private final PeerProcess process;
    private final URI origin;
    private final Http http = new Http();

    private FedifyPeer(PeerProcess process, URI origin) {
        this.process = process;
        this.origin = origin;
    }

    /// Starts a server with these people on a free port of this machine.
    public static FedifyPeer start(String... people) {
        return start(List.of(), people);
    }

    /// A server that answers signed requests only.
    public static FedifyPeer startSecured(String... people) {
        return start(List.of("--authorized-fetch"), people);
    }

    /// A server for measuring: it keeps nothing of what it sends and takes, and signs as most servers do.
    public static FedifyPeer startLean(String... people) {
        return start(List.of("--record", "0", "--quiet", "--first-knock", "cavage"), people);
    }

    private static FedifyPeer start(List<String> options, String... people) {
        var arguments = new ArrayList<>(options);
        var installation = PeerInstallation.of("activitypub");
        String port = Integer.toString(Ports.free());
        arguments.addAll(List.of("--port", port, "--users", String.join(",", people), "--until-stdin-ends"));
        var process = PeerProcess.start(
                "Fedify",
                installation.command("peer.mjs", arguments),
                Map.of(),
                installation.scripts(),
                line -> line.startsWith(READY) ? Optional.of(line.substring(READY.length())) : Optional.empty(),
                _ -> {});
        process.ready();
        return new FedifyPeer(process, URI.create("http://localhost:" + port));
    }

    /// @param object the note or follow, where the activity has one
    public record Sent(String id, Optional<String> object) {}

    /// Opens an account.
    public void join(String person) {
        control("users", Map.of("user", person)).json();
    }

    /// A person's handle, `@user@host`.
    public String handle(String person) {
        return '@' + person + '@' + origin.getAuthority();
    }

    public String actor(String person) {
        return origin + "/users/" + person;
    }

    /// Lets a person's account say that other accounts are theirs as well.
    public void alias(String person, String... others) {
        ObjectNode document = (ObjectNode) fetch(INSTANCE, actor(person)).json();
        ArrayNode aliases = document.putArray("alsoKnownAs");
        for (String other : others) {
            aliases.add(other);
        }
        control("objects", Map.of("path", "/users/" + person, "json", document)).json();
    }

    /// Resolves `user@host` by WebFinger as every fediverse server does.
    ///
    /// @param host where to ask, with the port
    /// @return the actor's URI
    public Optional<String> webFinger(String handle, String host) {
        String account = handle.startsWith("@") ? handle.substring(1) : handle;
        var answer = http.get(URI.create("http://" + host + "/.well-known/webfinger?resource="
                + URLEncoder.encode("acct:" + account, StandardCharsets.UTF_8)));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return stream(answer.json().path("links"))
                .filter(l -> l.path("rel").asString().equals("self"))
                .map(l -> l.path("href").asString())
                .findFirst();
    }

    public Sent follow(String person, String actor) {
        return send(person, Map.of("type", "Follow", "object", actor));
    }

    public Sent unfollow(String person, String actor, Sent follow) {
        return send(
                person,
                Map.of(
                        "type",
                        "Undo",
                        "recipient",
                        actor,
                        "inner",
                        Map.of("type", "Follow", "object", actor, "id", follow.id())));
    }

    /// What a person writes.
    ///
    /// @param html as clients send it
    /// @param mentions handle by actor URI
    /// @param inReplyTo the note answered
    /// @param to who gets it besides the followers
    public record Note(
            String html,
            Map<String, String> mentions,
            List<String> hashtags,
            Optional<String> inReplyTo,
            Optional<String> to) {
        public static Note of(String html) {
            return new Note(html, Map.of(), List.of(), Optional.empty(), Optional.empty());
        }
    }

    /// Publishes a note to the person's followers, or to one recipient.
    public Sent publish(String person, Note note) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "Create");
        body.put("content", note.html());
        var mentions = new ArrayList<Map<String, String>>();
        note.mentions().forEach((actor, handle) -> mentions.add(Map.of("href", actor, "name", handle)));
        body.put("mentions", mentions);
        body.put("hashtags", note.hashtags());
        note.inReplyTo().ifPresent(target -> body.put("inReplyTo", target));
        note.to().ifPresentOrElse(to -> body.put("recipient", to), () -> body.put("followers", true));
        return send(person, body);
    }

    public Sent delete(String person, String object) {
        return send(person, Map.of("type", "Delete", "object", object, "followers", true));
    }

    /// Sends an activity, signed; again and again while the receiver says 503, as every server does.
    ///
    /// @throws AssertionError if a recipient refused it
    public Sent send(String person, Map<String, Object> activity) {
        var body = new LinkedHashMap<String, Object>(activity);
        body.put("from", person);
        body.putIfAbsent("id", "/users/" + person + "/activities/" + UUID.randomUUID());
        body.putIfAbsent("nid", UUID.randomUUID().toString());
        JsonNode answer = control("send", body).json();
        for (int again = 0; again < ATTEMPTS && answer.path("status").asInt() == 503; again++) {
            LockSupport.parkNanos(BETWEEN.toNanos());
            answer = control("send", body).json();
        }
        if (!answer.path("ok").asBoolean()) {
            throw new AssertionError("could not send " + activity + ": " + answer);
        }
        return new Sent(
                answer.path("id").asString(),
                Optional.ofNullable(answer.get("object")).map(JsonNode::asString));
    }

    /// Signs and sends any document, or does not sign it; see peer.mjs for what `request` may say.
    ///
    /// @return the status it was answered with
    public int raw(Map<String, Object> request) {
        return control("raw", request).json().path("status").asInt();
    }

    /// A document with a linked-data signature of a person.
    public LinkedHashMap<String, Object> signed(String person, Map<String, Object> document) {
        JsonNode answer =
                control("sign", Map.of("from", person, "body", document)).json();
        return JSON.convertValue(answer, new TypeReference<>() {});
    }

    /// Every activity of a type that arrived, was verified and was acted on, in order.
    public List<JsonNode> received(String type) {
        return arrivals(type).stream()
                .filter(r -> r.path("dispatched").asBoolean())
                .map(r -> r.path("body"))
                .toList();
    }

    /// Every request to an inbox with an activity of a type, whether it was taken or not.
    public List<JsonNode> arrivals(String type) {
        return stream(http.get(origin.resolve("/_ctl/received?type=" + type)).json())
                .toList();
    }

    public List<String> followers(String person) {
        return stream(http.get(origin.resolve("/_ctl/followers")).json().path(person))
                .map(JsonNode::asString)
                .toList();
    }

    public List<String> following(String person) {
        return stream(http.get(origin.resolve("/_ctl/following")).json().path(person))
                .map(JsonNode::asString)
                .toList();
    }

    /// Publishes one note of a person to these inboxes, signed for each, at once and without a queue.
    ///
    /// @throws AssertionError if one of them refused it
    public Sent fanOut(String person, List<URI> inboxes) {
        return send(
                person,
                Map.of(
                        "type",
                        "Create",
                        "recipients",
                        inboxes.stream()
                                .map(i -> Map.of("id", i.toString(), "inbox", i.toString()))
                                .toList()));
    }

    /// How many RSA signatures its Node makes in a second of processor time on one thread.
    public static double signaturesPerCpuSecond(Duration time) {
        var installation = PeerInstallation.of("activitypub");
        try (var process = PeerProcess.start(
                "signing Node",
                installation.command("rsa.mjs", List.of(Long.toString(time.toSeconds()))),
                Map.of(),
                installation.scripts(),
                line -> line.startsWith(SIGNED) ? Optional.of(line.substring(SIGNED.length())) : Optional.empty(),
                _ -> {})) {
            return JsonMapper.shared()
                    .readTree(process.ready())
                    .path("perCpuSecond")
                    .asDouble();
        }
    }

    public long pid() {
        return process.pid();
    }

    /// Fetches a document as this server does, signed.
    public Http.Answer fetch(String person, String uri) {
        return ask(person, uri, Map.of("spec", "cavage"));
    }

    /// The same, signed in another way or not at all; see peer.mjs for what `how` may say.
    public Http.Answer ask(String person, String uri, Map<String, Object> how) {
        var request = new LinkedHashMap<String, Object>(how);
        request.put("from", person);
        request.put("url", uri);
        JsonNode answer = control("get", request).json();
        return new Http.Answer(
                answer.path("status").asInt(), answer.path("body").asString());
    }

    /// Makes the next `count` requests to inboxes whose body has `words` in it, an actor for example, fail with
    /// `status`. What else is sent meanwhile is not touched.
    public void fail(int status, int count, String words) {
        control("faults", Map.of("path", "inbox", "status", status, "count", count, "actor", words))
                .json();
    }

    /// Makes the next `count` requests to inboxes whose body has `words` in it and that are signed in one way fail.
    /// What else is sent meanwhile is not touched.
    ///
    /// @param kind `cavage` or `rfc9421`
    public void refuse(String kind, int status, int count, String words) {
        control("faults", Map.of("path", "inbox", "status", status, "count", count, "onlySig", kind, "actor", words))
                .json();
    }

    /// Does not answer with failures any more.
    public void recover() {
        http.delete(origin.resolve("/_ctl/faults"));
    }

    public URI origin() {
        return origin;
    }

    @Override
    public void close() {
        process.close();
    }

    private Http.Answer control(String what, Map<String, Object> body) {
        return http.post(origin.resolve("/_ctl/" + what), body);
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
