package dev.drawbridge.it.peers;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The reference PLC directory and PDS, and the people on it.
public final class AtprotoPeer implements AutoCloseable {
    private static final String READY = "READY ";

    private final PeerInstallation installation;
    private final PeerProcess process;
    private final Http http = new Http();
    private final URI plc;
    private final URI pds;

    private AtprotoPeer(PeerInstallation installation, PeerProcess process, URI plc, URI pds) {
        this.installation = installation;
        this.process = process;
        this.plc = plc;
        this.pds = pds;
    }

    /// Starts both on free ports of this machine.
    ///
    /// @param handleHosts where to ask about handles with this suffix: `.bridge.test` to `http://localhost:8080`
    public static AtprotoPeer start(Map<String, URI> handleHosts) {
        var installation = PeerInstallation.of("atproto");
        int plc = Ports.free();
        int pds = Ports.free();
        var arguments = new ArrayList<>(List.of(
                "--until-stdin-ends", "--plc-port", Integer.toString(plc), "--pds-port", Integer.toString(pds)));
        handleHosts.forEach((suffix, host) -> arguments.addAll(List.of("--handle-host", suffix + '=' + host)));
        var process = PeerProcess.start(
                "PLC and PDS",
                installation.command("start.mjs", arguments),
                Map.of(),
                installation.scripts(),
                line -> line.startsWith(READY) ? Optional.of(line.substring(READY.length())) : Optional.empty(),
                _ -> {});
        JsonNode ready = JsonMapper.shared().readTree(process.ready());
        return new AtprotoPeer(
                installation,
                process,
                URI.create(ready.path("plc").asString()),
                URI.create(ready.path("pds").asString()));
    }

    public URI plc() {
        return plc;
    }

    public URI pds() {
        return pds;
    }

    /// The firehose of the PDS.
    public URI firehose() {
        return URI.create("ws" + pds.toString().substring("http".length()));
    }

    /// Somebody with an account here.
    public record Person(String did, String handle, String token) {}

    /// A record, pinned to a version.
    public record Ref(String uri, String cid) {
        public Map<String, Object> strong() {
            return Map.of("uri", uri, "cid", cid);
        }

        String rkey() {
            return uri.substring(uri.lastIndexOf('/') + 1);
        }

        String collection() {
            return uri.split("/")[3];
        }
    }

    /// What somebody signs in with there.
    public static String password(String name) {
        return "secret-" + name;
    }

    /// Opens an account `NAME.test`.
    public Person join(String name) {
        String handle = name + ".test";
        JsonNode answer = http.post(
                        xrpc(pds, "com.atproto.server.createAccount"),
                        Map.of("handle", handle, "email", name + "@mail.test", "password", password(name)))
                .json();
        return new Person(
                answer.path("did").asString(), handle, answer.path("accessJwt").asString());
    }

    /// Writes a record; its `$type` is added.
    public Ref create(Person person, String collection, Map<String, Object> record) {
        return write(person, "createRecord", collection, record, Optional.empty());
    }

    /// Shows who somebody is, also once more.
    public Ref describe(Person person, String displayName) {
        return write(
                person, "putRecord", "app.bsky.actor.profile", Map.of("displayName", displayName), Optional.of("self"));
    }

    /// Likes or reposts something.
    ///
    /// @param collection of the record that says so
    public Ref about(Person person, String collection, Ref subject) {
        return create(person, collection, Map.of("subject", subject.strong(), "createdAt", now()));
    }

    public Ref quote(Person person, String text, Ref quoted) {
        var embed = Map.of("$type", "app.bsky.embed.record", "record", quoted.strong());
        return create(
                person,
                "app.bsky.feed.post",
                Map.of("text", text, "langs", List.of("en"), "embed", embed, "createdAt", now()));
    }

    public Ref block(Person person, String did) {
        return create(person, "app.bsky.graph.block", Map.of("subject", did, "createdAt", now()));
    }

    /// Posts something that nobody may answer or quote, as apps do it: post and gates in one commit.
    ///
    /// @param rkey the key of all three
    public Ref closedPost(Person person, String rkey, String text) {
        String uri = "at://" + person.did() + "/app.bsky.feed.post/" + rkey;
        var post = Map.of("$type", "app.bsky.feed.post", "text", text, "langs", List.of("en"), "createdAt", now());
        var thread = Map.of("$type", "app.bsky.feed.threadgate", "post", uri, "allow", List.of(), "createdAt", now());
        var quotes = Map.of(
                "$type",
                "app.bsky.feed.postgate",
                "post",
                uri,
                "embeddingRules",
                List.of(Map.of("$type", "app.bsky.feed.postgate#disableRule")),
                "createdAt",
                now());
        var writes = new ArrayList<Map<String, Object>>();
        for (var record : List.of(post, thread, quotes)) {
            writes.add(Map.of(
                    "$type",
                    "com.atproto.repo.applyWrites#create",
                    "collection",
                    record.get("$type"),
                    "rkey",
                    rkey,
                    "value",
                    record));
        }
        JsonNode answer = call(person, "applyWrites", Map.of("repo", person.did(), "writes", writes));
        return new Ref(uri, answer.path("results").path(0).path("cid").asString());
    }

    /// Checks a repository that somebody serves with the reference package (`verify-repo.mjs` says how).
    ///
    /// @param file where to keep the whole repository; if one is there already, what changed since is asked for
    ///     too, and has to lead from the one to the other
    public Verdict verifyRepository(URI host, String did, Path file) {
        return Verdict.of(PeerProcess.start(
                "repository verifier",
                installation.command(
                        "verify-repo.mjs",
                        List.of(host.toString(), "--plc", plc.toString(), "--did", did, "--file", file.toString())),
                Map.of(),
                installation.scripts(),
                line -> line.startsWith("{\"events\"") ? Optional.of(line) : Optional.empty(),
                _ -> {}));
    }

    public void delete(Person person, Ref record) {
        call(
                person,
                "deleteRecord",
                Map.of("repo", person.did(), "collection", record.collection(), "rkey", record.rkey()));
    }

    public Ref follow(Person person, String did) {
        return create(person, "app.bsky.graph.follow", Map.of("subject", did, "createdAt", now()));
    }

    /// Posts a text with facets, as a reply if there is a parent.
    public Ref post(Person person, AtprotoText text, Optional<Ref> root, Optional<Ref> parent) {
        var record = new LinkedHashMap<String, Object>();
        record.put("text", text.text());
        record.put("facets", text.facets());
        record.put("langs", List.of("en"));
        record.put("createdAt", now());
        parent.ifPresent(p -> record.put("reply", Map.of("root", root.orElse(p).strong(), "parent", p.strong())));
        return create(person, "app.bsky.feed.post", record);
    }

    /// Every record of a collection, at the server that hosts the repository.
    public List<JsonNode> records(URI host, String did, String collection) {
        var answer = http.get(URI.create(xrpc(host, "com.atproto.repo.listRecords") + "?repo=" + did + "&collection="
                + collection + "&limit=100"));
        return StreamSupport.stream(answer.json().path("records").spliterator(), false)
                .toList();
    }

    /// The same, page after page.
    public List<JsonNode> allRecords(URI host, String did, String collection) {
        var all = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            JsonNode page = http.get(URI.create(xrpc(host, "com.atproto.repo.listRecords") + "?repo=" + did
                            + "&collection=" + collection + "&limit=100" + cursor))
                    .json();
            page.path("records").forEach(all::add);
            cursor = page.has("cursor") ? "&cursor=" + page.path("cursor").asString() : "";
        } while (!cursor.isEmpty());
        return all;
    }

    /// What the directory knows about a DID.
    public Optional<JsonNode> document(String did) {
        var answer = http.get(plc.resolve("/" + did));
        return answer.status() == 404 ? Optional.empty() : Optional.of(answer.json());
    }

    /// Follows a firehose and verifies it with the reference package.
    ///
    /// @param host `ws://localhost:8080`
    public FirehoseObserver observe(URI host, long cursor) {
        return FirehoseObserver.start(installation, host, plc, cursor);
    }

    /// Checks a whole firehose as strictly as the specification allows a relay to; `strict-verify.mjs` says how.
    ///
    /// @param seconds how long to listen
    /// @return the last line: `{"events","failed",…}`, with the failures before it
    public Verdict verify(URI host, int seconds) {
        return Verdict.of(verifier(host, List.of("--seconds", Integer.toString(seconds))));
    }

    /// Checks a firehose from its beginning on while it is written, through restarts of the host.
    public StrictVerifier verifying(URI host) {
        return new StrictVerifier(verifier(host, List.of("--until-stdin-ends")));
    }

    /// Checks a firehose as [#verifying] does, and reads no more of it than relays take of a host.
    ///
    /// @param port where it answers as a relay does, and is asked to read before it begins; empty for one
    ///     that begins by itself
    /// @param didHosts where to ask about `did:web` of hosts with this suffix
    public StrictVerifier relay(URI host, RelayManners manners, Optional<Integer> port, Map<String, URI> didHosts) {
        var how = new ArrayList<>(List.of(
                "--until-stdin-ends",
                "--events-per-second",
                Integer.toString(manners.perSecond()),
                "--events-per-hour",
                Integer.toString(manners.perHour())));
        didHosts.forEach((suffix, at) -> how.addAll(List.of("--did-host", suffix + '=' + at)));
        port.ifPresent(at -> how.addAll(List.of("--relay", Integer.toString(at))));
        return new StrictVerifier(verifier(host, how));
    }

    /// How many events a relay reads of one host before it stops for a while.
    public record RelayManners(int perSecond, int perHour) {}

    private PeerProcess verifier(URI host, List<String> how) {
        var arguments = new ArrayList<>(List.of(host.toString(), "--plc", plc.toString(), "--cursor", "0", "--quiet"));
        arguments.addAll(how);
        return PeerProcess.start(
                "strict verifier",
                installation.command("strict-verify.mjs", arguments),
                Map.of(),
                installation.scripts(),
                line -> line.startsWith("{\"events\"") ? Optional.of(line) : Optional.empty(),
                _ -> {});
    }

    @Override
    public void close() {
        process.close();
    }

    private Ref write(
            Person person, String method, String collection, Map<String, Object> record, Optional<String> key) {
        var typed = new LinkedHashMap<String, Object>(record);
        typed.put("$type", collection);
        var body = new LinkedHashMap<String, Object>();
        body.put("repo", person.did());
        body.put("collection", collection);
        body.put("record", typed);
        key.ifPresent(k -> body.put("rkey", k));
        JsonNode answer = call(person, method, body);
        return new Ref(answer.path("uri").asString(), answer.path("cid").asString());
    }

    private JsonNode call(Person person, String method, Map<String, Object> body) {
        return http.post(xrpc(pds, "com.atproto.repo." + method), body, "authorization", "Bearer " + person.token())
                .json();
    }

    private static URI xrpc(URI host, String method) {
        return host.resolve("/xrpc/" + method);
    }

    private static String now() {
        return java.time.Instant.now()
                .truncatedTo(java.time.temporal.ChronoUnit.MILLIS)
                .toString();
    }
}
