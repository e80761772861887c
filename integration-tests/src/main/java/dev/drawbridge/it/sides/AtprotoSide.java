package dev.drawbridge.it.sides;

import dev.drawbridge.it.peers.AtprotoPeer;
import dev.drawbridge.it.peers.AtprotoText;
import dev.drawbridge.it.peers.FirehoseObserver;
import dev.drawbridge.it.peers.Http;
import dev.drawbridge.it.peers.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// AT Protocol: the reference PLC directory and PDS. What is here is what a consumer on the reference package has read
/// from the bridge's firehose, every commit verified.
public final class AtprotoSide implements Side {
    private static final String POST = "app.bsky.feed.post";
    private static final String FOLLOW = "app.bsky.graph.follow";

    private final AtprotoPeer peer;
    private final URI bridge;
    private final String domain;
    private final Http http = new Http();
    private final FirehoseObserver observer;
    private final Map<String, AtprotoPeer.Person> people = new ConcurrentHashMap<>();
    private final Map<String, AtprotoPeer.Ref> written = new ConcurrentHashMap<>();

    /// @param bridge where the instance is
    /// @param domain what the handles of the bridge end in, without a dot in front
    public AtprotoSide(AtprotoPeer peer, URI bridge, String domain) {
        this.peer = peer;
        this.bridge = bridge;
        this.domain = domain;
        this.observer = peer.observe(firehose(), 0);
    }

    @Override
    public String network() {
        return "atproto";
    }

    @Override
    public Person join(String name) {
        var person = peer.join(name);
        people.put(person.did(), person);
        peer.describe(person, name);
        return new Person(network(), name, person.did(), person.handle());
    }

    @Override
    public Optional<Words.Named> bot(String target) {
        return resolve(target + "-bot." + domain);
    }

    @Override
    public Optional<Words.Named> ghost(Person origin) {
        String label = origin.handle()
                .toLowerCase(java.util.Locale.ROOT)
                .replaceFirst("^@", "")
                .replaceAll("[^a-z0-9]+", "-");
        return resolve(label + '.' + domain);
    }

    @Override
    public void follow(Person person, String whom) {
        written.put(person.id() + ' ' + whom, peer.follow(author(person), whom));
    }

    @Override
    public void unfollow(Person person, String whom) {
        peer.delete(
                author(person),
                Optional.ofNullable(written.remove(person.id() + ' ' + whom)).orElseThrow());
    }

    @Override
    public String publish(Person person, Words words) {
        return remember(peer.post(author(person), text(words), Optional.empty(), Optional.empty()));
    }

    @Override
    public String reply(Person person, String parent, Words words) {
        JsonNode record = record(parent);
        Optional<AtprotoPeer.Ref> root = Optional.of(record.at("/value/reply/root"))
                .filter(JsonNode::isObject)
                .map(r -> new AtprotoPeer.Ref(
                        r.path("uri").asString(), r.path("cid").asString()));
        var direct = new AtprotoPeer.Ref(parent, record.path("cid").asString());
        return remember(peer.post(author(person), text(words), root, Optional.of(direct)));
    }

    @Override
    public void delete(Person person, String post) {
        peer.delete(author(person), Optional.ofNullable(written.get(post)).orElseThrow());
    }

    /// @return the like's id, which [#delete] takes back
    public String like(Person person, String post) {
        return remember(peer.about(author(person), "app.bsky.feed.like", ref(post)));
    }

    /// @return the repost's id, which [#delete] takes back
    public String repost(Person person, String post) {
        return remember(peer.about(author(person), "app.bsky.feed.repost", ref(post)));
    }

    /// @return the post's id
    public String quote(Person person, String post, String text) {
        return remember(peer.quote(author(person), text, ref(post)));
    }

    public void block(Person person, String whom) {
        peer.block(author(person), whom);
    }

    public void rename(Person person, String displayName) {
        peer.describe(author(person), displayName);
    }

    /// A post that nobody may answer or quote.
    ///
    /// @return the post's id
    public String publishClosed(Person person, String rkey, String text) {
        return remember(peer.closedPost(author(person), rkey, text));
    }

    /// What a ghost did of one kind and did not take back, as a consumer has it who verified all of it.
    public List<JsonNode> records(String ghost, String collection) {
        Set<String> deleted = uris("delete", ghost, collection).collect(Collectors.toSet());
        return observer.records("create", ghost, collection).stream()
                .filter(e -> !deleted.contains(e.path("uri").asString()))
                .toList();
    }

    /// The repository of a ghost, whole and as what changed, checked by the reference package.
    public Verdict verifyRepository(String ghost, Path file) {
        return peer.verifyRepository(bridge, ghost, file);
    }

    @Override
    public List<Sighting> posts(String author) {
        Set<String> deleted = uris("delete", author, POST).collect(Collectors.toSet());
        var posts = new LinkedHashMap<String, Sighting>();
        observer.records("create", author, POST).stream()
                .filter(e -> !deleted.contains(e.path("uri").asString()))
                .forEach(e -> posts.put(e.path("uri").asString(), sighting(e)));
        return List.copyOf(posts.values());
    }

    @Override
    public boolean deleted(String author, String post) {
        return uris("delete", author, POST).anyMatch(post::equals);
    }

    @Override
    public boolean follows(String follower, String followed) {
        Set<String> ended = uris("delete", follower, FOLLOW).collect(Collectors.toSet());
        return observer.records("create", follower, FOLLOW).stream()
                .filter(e -> !ended.contains(e.path("uri").asString()))
                .anyMatch(e -> e.at("/record/subject").asString().equals(followed));
    }

    @Override
    public boolean gone(String account) {
        // closed, not deleted: its owner may come back
        return observer.account("account", account).stream()
                .reduce((_, latest) -> latest)
                .map(e -> !e.path("active").asBoolean())
                .orElse(false);
    }

    /// Every post anybody made on the bridge's firehose so far.
    public List<Sighting> everyPost() {
        return observer.all("create", POST).stream().map(AtprotoSide::sighting).toList();
    }

    /// What a post shows below its text.
    public JsonNode embed(String post) {
        return record(post).path("value").path("embed");
    }

    /// A file of a ghost, as the bridge hands it out.
    public HttpResponse<byte[]> file(String did, String cid) {
        URI uri = bridge.resolve("/xrpc/com.atproto.sync.getBlob?did=" + did + "&cid=" + cid);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The official server.
    public URI host() {
        return peer.pds();
    }

    /// The server that a DID names.
    public URI hostOf(String did) {
        return URI.create(peer.document(did)
                .orElseThrow()
                .at("/service/0/serviceEndpoint")
                .asString());
    }

    /// What the official server has of an account.
    public List<JsonNode> recordsThere(String did, String collection) {
        return peer.records(peer.pds(), did, collection);
    }

    /// What did not verify on the bridge's firehose.
    public List<String> errors() {
        return observer.errors();
    }

    /// The bridge's whole firehose, checked as strictly as relays may.
    public Verdict verify(int seconds) {
        return peer.verify(firehose(), seconds);
    }

    @Override
    public void close() {
        observer.close();
        peer.close();
    }

    private URI firehose() {
        return URI.create("ws" + bridge.toString().substring("http".length()));
    }

    /// As every server of the network does: the well-known path of the host that the handle is.
    private Optional<Words.Named> resolve(String handle) {
        var answer = http.get(bridge.resolve("/xrpc/com.atproto.identity.resolveHandle?handle=" + handle));
        return Optional.of(answer)
                .filter(a -> a.status() == 200)
                .map(a -> new Words.Named(a.json().path("did").asString(), '@' + handle));
    }

    private AtprotoPeer.Person author(Person person) {
        return Optional.ofNullable(people.get(person.id())).orElseThrow();
    }

    private String remember(AtprotoPeer.Ref ref) {
        written.put(ref.uri(), ref);
        return ref.uri();
    }

    private AtprotoPeer.Ref ref(String uri) {
        return new AtprotoPeer.Ref(uri, record(uri).path("cid").asString());
    }

    private JsonNode record(String uri) {
        String[] parts = uri.split("/");
        URI host = people.containsKey(parts[2]) ? peer.pds() : bridge;
        return http.get(host.resolve("/xrpc/com.atproto.repo.getRecord?repo=" + parts[2] + "&collection=" + parts[3]
                        + "&rkey=" + parts[4]))
                .json();
    }

    private static AtprotoText text(Words words) {
        var text = AtprotoText.of(words.text());
        if (words.mention().isPresent()) {
            var named = words.mention().get();
            text = text.then(" ").mention(named.handle(), named.id());
        }
        if (words.link().isPresent()) {
            String link = words.link().get();
            text = text.then(" ").link(link.replaceFirst("https?://", ""), link);
        }
        return words.hashtag().isPresent()
                ? text.then(" ").hashtag(words.hashtag().get())
                : text;
    }

    private Stream<String> uris(String event, String did, String collection) {
        return observer.records(event, did, collection).stream()
                .map(e -> e.path("uri").asString());
    }

    private static Sighting sighting(JsonNode event) {
        JsonNode record = event.path("record");
        return new Sighting(
                event.path("uri").asString(),
                event.path("did").asString(),
                record.path("text").asString(),
                Optional.ofNullable(record.at("/reply/parent").get("uri")).map(JsonNode::asString),
                features(record, "did"),
                features(record, "uri"),
                features(record, "tag").stream()
                        .map(t -> t.toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.toSet()),
                Optional.ofNullable(record.get("bridgyOriginalUrl")).map(JsonNode::asString));
    }

    private static Set<String> features(JsonNode record, String field) {
        return record.path("facets")
                .valueStream()
                .flatMap(f -> f.path("features").valueStream())
                .filter(f -> f.has(field))
                .map(f -> f.path(field).asString())
                .collect(Collectors.toSet());
    }
}
