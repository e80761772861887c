package dev.drawbridge.it.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A fediverse server with any number of people, in this JVM. It says what was answered to each of its deliveries, and
/// remembers what came to its inbox without checking it: whether that verifies is for the real peers to say.
public final class Fediverse implements AutoCloseable {
    private static final Pattern ACTOR = Pattern.compile("/users/([^/]+)");
    private static final String CONTEXT = "https://www.w3.org/ns/activitystreams";
    private static final String BOAT = "/files/boat.png";
    private static final String PUBLIC = CONTEXT + "#Public";

    private final JsonMapper json = JsonMapper.shared();
    private final HttpServer server;
    private final HttpClient client;
    private final URI origin;
    private final SigningKey key = SigningKey.generate();
    private final Map<String, JsonNode> notes = new ConcurrentHashMap<>();
    private final Map<String, Integer> unfollows = new ConcurrentHashMap<>();
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final List<Consumer<Arrival>> listeners = new CopyOnWriteArrayList<>();

    /// Something that came to an inbox.
    public record Arrival(JsonNode activity, Instant at) {
        public String type() {
            return activity.path("type").asString("");
        }
    }

    private Fediverse(HttpServer server) {
        this.server = server;
        this.origin = URI.create("http://localhost:" + server.getAddress().getPort());
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        server.createContext("/", this::serve);
    }

    public static Fediverse start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            var fediverse = new Fediverse(server);
            server.start();
            return fediverse;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String actor(String person) {
        return origin + "/users/" + person;
    }

    /// A person's handle, `@user@host`.
    public String handle(String person) {
        return '@' + person + '@' + origin.getAuthority();
    }

    /// Calls `listener` for everything that comes to an inbox from now on.
    public void onArrival(Consumer<Arrival> listener) {
        listeners.add(listener);
    }

    public List<Arrival> arrivals(String type) {
        return arrivals.stream().filter(a -> a.type().equals(type)).toList();
    }

    /// Follows somebody elsewhere.
    ///
    /// @return the status it was answered with
    public int follow(String person, String target) {
        return post(person, inboxOf(target), following(person, target));
    }

    /// Takes back what [#follow] said.
    ///
    /// @return the status it was answered with
    public int unfollow(String person, String target) {
        Map<String, Object> follow = following(person, target);
        var undo = Map.of(
                "@context",
                CONTEXT,
                "id",
                follow.get("id") + "/undo",
                "type",
                "Undo",
                "actor",
                actor(person),
                "object",
                follow);
        int status = post(person, inboxOf(target), undo);
        if (status / 100 == 2) {
            unfollows.merge(person + ' ' + target, 1, Integer::sum);
        }
        return status;
    }

    private Map<String, Object> following(String person, String target) {
        int round = unfollows.getOrDefault(person + ' ' + target, 0);
        return Map.of(
                "@context",
                CONTEXT,
                "id",
                actor(person) + "/follows/" + Integer.toHexString(target.hashCode()) + '-' + round,
                "type",
                "Follow",
                "actor",
                actor(person),
                "object",
                target);
    }

    /// A public note, not yet sent.
    ///
    /// @param name makes its id
    public Map<String, Object> note(String person, String name, String html) {
        String id = actor(person) + "/notes/" + name;
        String published = Instant.now().toString();
        var note = new LinkedHashMap<String, Object>();
        note.put("id", id);
        note.put("type", "Note");
        note.put("attributedTo", actor(person));
        note.put("to", List.of(PUBLIC));
        note.put("cc", List.of(actor(person) + "/followers"));
        note.put("content", html);
        note.put("published", published);
        notes.put(URI.create(id).getPath(), json.valueToTree(note));
        var create = new LinkedHashMap<String, Object>();
        create.put("@context", CONTEXT);
        create.put("id", id + "/activity");
        create.put("type", "Create");
        create.put("actor", actor(person));
        create.put("to", note.get("to"));
        create.put("cc", note.get("cc"));
        create.put("published", published);
        create.put("object", note);
        return create;
    }

    /// A note that shows a picture, not yet sent.
    public Map<String, Object> picture(String person, String name, String html, String alt) {
        Map<String, Object> create = note(person, name, html);
        var note = new LinkedHashMap<>(noteOf(create));
        note.put(
                "attachment",
                List.of(Map.of("type", "Document", "mediaType", "image/png", "url", origin + BOAT, "name", alt)));
        create.put("object", note);
        notes.put(URI.create(idOf(create)).getPath(), json.valueToTree(note));
        return create;
    }

    /// The edit of a note that was sent.
    ///
    /// @param create what [#note] made
    public Map<String, Object> edit(Map<String, Object> create, String html) {
        var note = new LinkedHashMap<>(noteOf(create));
        String updated = Instant.now().toString();
        note.put("content", html);
        note.put("updated", updated);
        notes.put(URI.create(idOf(create)).getPath(), json.valueToTree(note));
        var update = new LinkedHashMap<>(create);
        update.put("id", idOf(create) + "/updates/" + updated);
        update.put("type", "Update");
        update.put("object", note);
        return update;
    }

    /// The end of a note that was sent.
    ///
    /// @param create what [#note] made
    public Map<String, Object> delete(Map<String, Object> create) {
        String id = idOf(create);
        notes.remove(URI.create(id).getPath());
        var delete = new LinkedHashMap<>(create);
        delete.put("id", id + "/delete");
        delete.put("type", "Delete");
        delete.put("object", Map.of("id", id, "type", "Tombstone"));
        return delete;
    }

    private static String idOf(Map<String, Object> create) {
        return String.valueOf(noteOf(create).get("id"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> noteOf(Map<String, Object> create) {
        return (Map<String, Object>) java.util.Objects.requireNonNull(create.get("object"));
    }

    /// A delivery as it goes over the wire.
    ///
    /// @param headers everything but host and length
    public record Signed(Map<String, String> headers, byte[] body) {}

    /// Signs the delivery of an activity by the person, without sending it.
    public Signed sign(String person, URI inbox, Map<String, ?> activity) {
        byte[] body = json.writeValueAsBytes(activity);
        return new Signed(key.headers(actor(person) + "#main-key", inbox, body, Instant.now()), body);
    }

    /// Delivers an activity, signed by the person.
    ///
    /// @return the status it was answered with; 0 if there was no answer
    public int post(String person, URI inbox, Map<String, ?> activity) {
        Signed signed = sign(person, inbox, activity);
        var request = HttpRequest.newBuilder(inbox)
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(signed.body()));
        signed.headers().forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /// Where somebody elsewhere takes activities.
    public URI inboxOf(String actor) {
        JsonNode document = document(URI.create(actor));
        JsonNode shared = document.at("/endpoints/sharedInbox");
        return URI.create((shared.isMissingNode() ? document.path("inbox") : shared).asString());
    }

    /// The actor with a handle `user@host`, by WebFinger.
    public String find(String user, String host) {
        JsonNode answer =
                document(URI.create("http://" + host + "/.well-known/webfinger?resource=acct:" + user + '@' + host));
        for (JsonNode link : answer.path("links")) {
            if (link.path("rel").asString("").equals("self")) {
                return link.path("href").asString();
            }
        }
        throw new IllegalStateException(user + '@' + host + " is not there: " + answer);
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private JsonNode document(URI uri) {
        var request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .header("accept", "application/activity+json, application/jrd+json")
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(uri + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("POST")) {
                var arrival =
                        new Arrival(json.readTree(exchange.getRequestBody().readAllBytes()), Instant.now());
                arrivals.add(arrival);
                exchange.sendResponseHeaders(202, -1);
                listeners.forEach(l -> l.accept(arrival));
                if (arrival.type().equals("Follow")) {
                    accept(arrival.activity());
                }
                return;
            }
            Matcher actor = ACTOR.matcher(path);
            if (path.equals("/.well-known/webfinger")) {
                answer(exchange, webFinger(exchange.getRequestURI().getQuery()));
            } else if (actor.matches()) {
                answer(exchange, person(actor.group(1)));
            } else if (path.equals(BOAT)) {
                byte[] drawn = Boat.draw();
                exchange.getResponseHeaders().add("content-type", "image/png");
                exchange.sendResponseHeaders(200, drawn.length);
                exchange.getResponseBody().write(drawn);
            } else if (notes.containsKey(path)) {
                answer(exchange, notes.get(path));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void accept(JsonNode follow) {
        String followed = follow.path("object").asString();
        Thread.ofVirtual()
                .start(() -> post(
                        followed.substring(followed.lastIndexOf('/') + 1),
                        inboxOf(follow.path("actor").asString()),
                        Map.of(
                                "@context",
                                CONTEXT,
                                "id",
                                followed + "/accepts/" + Integer.toHexString(follow.hashCode()),
                                "type",
                                "Accept",
                                "actor",
                                followed,
                                "object",
                                follow)));
    }

    private void answer(HttpExchange exchange, Object document) throws IOException {
        byte[] body = json.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/activity+json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private Map<String, Object> webFinger(String query) {
        String account = query.replaceFirst(".*acct:", "");
        return Map.of(
                "subject",
                "acct:" + account,
                "links",
                List.of(Map.of(
                        "rel", "self", "type", "application/activity+json", "href", actor(account.split("@")[0]))));
    }

    private Map<String, Object> person(String name) {
        String id = actor(name);
        return Map.of(
                "@context",
                List.of(CONTEXT, "https://w3id.org/security/v1"),
                "id",
                id,
                "type",
                "Person",
                "preferredUsername",
                name,
                "name",
                "Load " + name,
                "inbox",
                id + "/inbox",
                "outbox",
                id + "/outbox",
                "endpoints",
                Map.of("sharedInbox", origin + "/inbox"),
                "publicKey",
                Map.of("id", id + "#main-key", "owner", id, "publicKeyPem", key.pem()));
    }
}
