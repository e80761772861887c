package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictTrainer;
import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.TestPds;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.engine.net.GuardedSockets;
import dev.drawbridge.engine.net.NetSettings;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.InMemoryCursors;
import dev.drawbridge.testkit.InMemoryFollows;
import dev.drawbridge.testkit.InMemoryIdentityMap;
import dev.drawbridge.testkit.TestMongo;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Over a real WebSocket. What the authors' host has is made by our own PDS.
@ExtendWith(TestMongo.class)
abstract class JetstreamStories {
    private static final Did GHOST = new Did("did:plc:gggggggggggggggggggggggg");
    private static final String CID = "bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq";
    private static final long PATIENCE = 30;

    final TestPds pds;
    final Did bob;
    private final FakeWeb web = new FakeWeb();
    final Set<NativeId> people = ConcurrentHashMap.newKeySet();
    private final InMemoryFollows follows = new InMemoryFollows();
    private final InMemoryCursors cursors = new InMemoryCursors();
    private final BlockingQueue<NativeEvent> stored = new LinkedBlockingQueue<>();
    private final JetstreamServer server = new JetstreamServer();
    private final GuardedSockets sockets = new GuardedSockets(NetSettings.of(true, "test"));
    private final JetstreamDesk desk;
    private final long start;
    private StreamReader reader;

    private final JetstreamVersion version;

    JetstreamStories(MongoDatabase database, JetstreamVersion version) throws IOException {
        this.version = version;
        pds = new TestPds(database);
        start = pds.clock.instant().toEpochMilli() * 1_000;
        bob = pds.account("bob");
        var document = PlcState.document(bob, pds.genesis("bob", URI.create("https://pds.test")))
                .orElseThrow();
        web.has("GET https://plc.test/" + bob, 200, DataJson.write(document.toJson()));
        HostClient hosts = new HostClient(web);
        People identities = web.people(pds.clock);
        desk = new JetstreamDesk(Newsroom.of(
                new AtprotoTranslator(),
                new FixedWatchlist(people, Set.of(id(GHOST))),
                follows,
                new InMemoryIdentityMap(),
                pds.cryptography,
                identities,
                hosts,
                pds.clock));
        reader = reader(Optional.empty());
    }

    @AfterEach
    void stop() throws IOException {
        reader.stop();
        server.close();
        sockets.close();
    }

    private StreamReader reader(Optional<byte[]> dictionary) {
        Jetstream form = new Jetstream(server.uri(), version, desk, dictionary, pds.clock);
        return new StreamReader(form, sockets, cursors, pds.clock, () -> 0, Optional.empty());
    }

    JetstreamServer.Connection started() throws InterruptedException {
        reader.start(event -> {
            stored.add(event);
            return new Receipt.Accepted();
        });
        return server.connected();
    }

    /// An event as this version sends it.
    ///
    /// @param event as the first one does
    abstract String wire(String event);

    /// What the address of a stream begins with, and how collections are named in it.
    abstract List<String> asked();

    static NativeId id(Did did) {
        return new NativeId(Network.ATPROTO, did.value());
    }

    /// Bob's host has this from now on.
    private String has(String path, String fields) {
        DataMap record = DataJson.parse("{\"$type\":\"" + path.substring(0, path.indexOf('/'))
                + "\",\"createdAt\":\"2026-03-01T12:00:00Z\"," + fields + "}");
        write(new RepoWrite.Put(RepoPath.parse(path), record));
        return pds.store
                .archive()
                .record(bob, RepoPath.parse(path))
                .orElseThrow()
                .cid()
                .toString();
    }

    private void hasNot(String path) {
        write(new RepoWrite.Delete(RepoPath.parse(path)));
    }

    private void write(RepoWrite write) {
        pds.store.repositories().commit(bob, "atproto:bob", List.of(write)).orElseThrow();
        shows(write.path().toString());
    }

    private void shows(String path) {
        web.has(
                proof(path),
                200,
                pds.store.archive().proof(bob, RepoPath.parse(path)).orElseThrow());
    }

    private String proof(String path) {
        String[] parts = path.split("/");
        return "GET https://pds.test/xrpc/com.atproto.sync.getRecord?did="
                + bob.value().replace(":", "%3A") + "&collection=" + parts[0] + "&rkey=" + parts[1];
    }

    private String said(long after, String operation, String path, String cid, String fields) {
        String[] parts = path.split("/");
        String record = operation.equals("delete")
                ? ""
                : ",\"cid\":\"" + cid + "\",\"record\":{\"$type\":\"" + parts[0]
                        + "\",\"createdAt\":\"2026-03-01T12:00:00Z\"," + fields + "}";
        return wire(("{\"did\":\"%s\",\"time_us\":%d,\"kind\":\"commit\",\"commit\":{\"rev\":\"3l3qo2vutsw2b\","
                        + "\"operation\":\"%s\",\"collection\":\"%s\",\"rkey\":\"%s\"%s}}")
                .formatted(bob, start + after, operation, parts[0], parts[1], record));
    }

    String post(long after, String rkey) {
        String path = "app.bsky.feed.post/" + rkey;
        return said(after, "create", path, has(path, "\"text\":\"of " + rkey + "\""), "\"text\":\"of " + rkey + "\"");
    }

    NativeEvent next() throws InterruptedException {
        return Objects.requireNonNull(stored.poll(PATIENCE, TimeUnit.SECONDS), "no event");
    }

    void cursorIs(long after) throws InterruptedException {
        String stream = "atproto:jetstream:" + server.uri();
        String expected = Long.toString(start + after);
        for (int i = 0; i < 3000 && !cursors.get(stream).equals(Optional.of(expected)); i++) {
            Thread.sleep(5);
        }
        assertThat(cursors.get(stream)).contains(expected);
    }

    @Test
    void onlyWhatTheBridgeReadsIsAskedForAndAPostArrivesAsItsHostProvesIt() throws Exception {
        people.add(id(bob));
        var connection = started();
        assertThat(connection.asked)
                .startsWith(asked().getFirst())
                .contains("&" + asked().get(1) + "=app.bsky.feed.post&", asked().get(1) + "=app.bsky.graph.follow")
                .doesNotContain("cursor", "compress", "Dictionary", "wantedDids", "dids=");
        connection.text(post(7, "a"));
        NativeEvent event = next();
        assertThat(event.kind()).isEqualTo(NativeEvent.Kind.POST);
        assertThat(event.body().text()).contains("\"text\":\"of a\"", "\"pds\":\"https://pds.test\"");
        cursorIs(7);
    }

    @Test
    void whatTheServerMadeUpIsNotCarried() throws Exception {
        people.add(id(bob));
        var connection = started();
        String real = has("app.bsky.feed.post/a", "\"text\":\"said\"");
        connection.text(said(1, "create", "app.bsky.feed.post/a", CID, "\"text\":\"never said\""));
        NativeEvent event = next();
        assertThat(event.body().text()).as("what is there").contains("\"said\"").doesNotContain("never said");
        assertThat(event.id().value()).endsWith(real);
        shows("app.bsky.feed.post/b");
        connection.text(said(2, "create", "app.bsky.feed.post/b", CID, "\"text\":\"never said\""));
        shows("app.bsky.feed.post/a");
        connection.text(said(3, "delete", "app.bsky.feed.post/a", "", ""));
        web.has(proof("app.bsky.feed.post/c"), 200, new byte[] {1, 2, 3});
        connection.text(said(4, "create", "app.bsky.feed.post/c", CID, "\"text\":\"x\""));
        connection.text(said(5, "delete", "app.bsky.feed.post/c", "", ""));
        connection.text(post(9, "d"));
        assertThat(next().id().value()).contains("/d#");
        cursorIs(9);
        assertThat(stored).isEmpty();
    }

    @Test
    void whatIsGoneIsGone() throws Exception {
        people.add(id(bob));
        var connection = started();
        connection.text(post(1, "a"));
        next();
        hasNot("app.bsky.feed.post/a");
        connection.text(said(2, "delete", "app.bsky.feed.post/a", "", ""));
        assertThat(next().kind()).isEqualTo(NativeEvent.Kind.DELETE);
        web.has(proof("app.bsky.feed.post/b"), 400, "{\"error\":\"RepoNotFound\"}");
        connection.text(said(3, "delete", "app.bsky.feed.post/b", "", ""));
        assertThat(next().kind()).as("nobody serves it").isEqualTo(NativeEvent.Kind.DELETE);
    }

    @Test
    void whatWasDroppedUndoneIsDoneWhenItComesAgain() throws Exception {
        people.add(id(bob));
        var form = new Jetstream(server.uri(), version, desk, Optional.empty(), pds.clock);
        var message = new StreamConnection.Message(post(1, "a").getBytes(StandardCharsets.UTF_8), true);
        assertThat(form.read(message)).isInstanceOf(StreamForm.Heard.News.class);
        var again = (StreamForm.Heard.News) form.read(message);
        EventSink sink = event -> {
            stored.add(event);
            return new Receipt.Accepted();
        };
        again.work().run(sink, pds.clock::advance);
        assertThat(next().kind()).isEqualTo(NativeEvent.Kind.POST);
        assertThat(form.read(message)).as("done").isInstanceOf(StreamForm.Heard.Passed.class);
    }

    @Test
    void strangersAreHeardWhereTheyMeanUsAndTheEndOfTheirFollowIsUndone() throws Exception {
        var connection = started();
        connection.text(post(1, "a"));
        String like = "\"subject\":{\"uri\":\"at://%s/app.bsky.feed.post/x\",\"cid\":\"%s\"}".formatted(GHOST, CID);
        connection.text(said(2, "create", "app.bsky.feed.like/a", CID, like));
        NativeEvent counted = next();
        assertThat(counted.kind()).isEqualTo(NativeEvent.Kind.REACTION);
        assertThat(counted.body().text()).as("nobody looked whether it is true").isEqualTo("{}");
        assertThat(web.requests).isEmpty();
        String subject = "\"subject\":\"" + GHOST + "\"";
        connection.text(said(3, "create", "app.bsky.graph.follow/a", has("app.bsky.graph.follow/a", subject), subject));
        assertThat(next().kind()).isEqualTo(NativeEvent.Kind.FOLLOW);
        NativeId follow = new NativeId(Network.ATPROTO, "at://" + bob + "/app.bsky.graph.follow/a");
        follows.put(new Follows.Edge(id(bob), new NativeId(Network.NOSTR, "alice"), follow, Optional.empty(), true));
        hasNot("app.bsky.graph.follow/a");
        connection.text(said(4, "delete", "app.bsky.graph.follow/a", "", ""));
        assertThat(next().kind()).isEqualTo(NativeEvent.Kind.UNFOLLOW);
        assertThat(stored).isEmpty();
    }

    @Test
    void afterABreakTheLastSecondsComeAgainAndNothingTwice() throws Exception {
        people.add(id(bob));
        var connection = started();
        String first = post(10_000_000, "a");
        pds.clock.advance(java.time.Duration.ofSeconds(20));
        connection.text(first);
        next();
        cursorIs(10_000_000);
        connection.drop();
        var again = server.connected();
        assertThat(again.asked).contains("cursor=" + (start + 5_000_000));
        again.text(first);
        again.text(post(11_000_000, "b"));
        assertThat(next().id().value()).contains("/b#");
        cursorIs(11_000_000);
        reader.stop();
        reader = reader(Optional.empty());
        var later = started();
        assertThat(later.asked).contains("cursor=" + (start + 6_000_000));
        later.text(post(12_000_000, "c"));
        assertThat(next().id().value()).as("what was missed").contains("/c#");
    }

    @Test
    void rubbishIsSkippedAndTheConnectionKept() throws Exception {
        people.add(id(bob));
        var connection = started();
        for (String rubbish : List.of(
                "",
                "[]",
                "{}",
                "{\"did\":7,\"time_us\":1,\"kind\":\"commit\"}",
                "{\"did\":\"bob\",\"time_us\":1,\"kind\":\"commit\"}",
                "{\"did\":\"%s\",\"time_us\":1e99,\"kind\":\"commit\"}".formatted(bob),
                "{\"did\":\"%s\",\"time_us\":1,\"kind\":\"account\",\"account\":{}}".formatted(bob),
                "{\"did\":\"%s\",\"time_us\":1,\"kind\":\"commit\",\"commit\":7}".formatted(bob),
                "{\"x\":" + "[".repeat(50_000),
                said(1, "create", "app.bsky.feed.post/a", CID, "\"text\":" + "[".repeat(500) + "]".repeat(500)),
                said(1, "explode", "app.bsky.feed.post/a", CID, "\"text\":\"x\""),
                said(1, "create", "app.bsky.feed.post/..", CID, "\"text\":\"x\""),
                said(1, "create", "app.bsky.feed.gallery/a", CID, "\"text\":\"x\""),
                said(1, "create", "app.bsky.feed.post/a", "no-cid", "\"text\":\"x\""),
                said(1, "create", "app.bsky.feed.post/a", CID, "\"text\":7"))) {
            connection.text(rubbish);
        }
        connection.binary(new byte[] {1, 2, 3});
        connection.text(said(1L << 60, "create", "app.bsky.feed.post/z", CID, "\"text\":\"from the future\""));
        connection.text(post(2, "b"));
        assertThat(next().id().value()).contains("/b#");
        cursorIs(2);
        assertThat(stored).isEmpty();
    }

    @Test
    void packedMessagesAreReadAndBombsAreNot() throws Exception {
        people.add(id(bob));
        byte[] dictionary = dictionary();
        reader = reader(Optional.of(dictionary));
        var connection = started();
        assertThat(connection.asked)
                .contains(asked().get(2).replace("ID", Long.toString(Zstd.getDictIdFromDict(dictionary))));
        connection.binary(packed(post(1, "a").getBytes(StandardCharsets.UTF_8), dictionary));
        assertThat(next().id().value()).contains("/a#");
        byte[] bomb = packed(new byte[200_000_000], dictionary);
        assertThat(bomb.length).isLessThan(100_000);
        connection.binary(bomb);
        connection.binary(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0});
        connection.binary(packed(post(2, "b").getBytes(StandardCharsets.UTF_8), dictionary));
        assertThat(next().id().value()).contains("/b#");
        connection.text(post(3, "c"));
        assertThat(next().id().value()).as("not every server packs").contains("/c#");
    }

    @Test
    void aServerThatDoesNotTakeTheDictionaryIsReadWithoutIt() throws Exception {
        people.add(id(bob));
        byte[] dictionary = dictionary();
        String wanted = asked().get(2).replace("ID", Long.toString(Zstd.getDictIdFromDict(dictionary)));
        server.refusing = path -> path.contains(wanted);
        reader = reader(Optional.of(dictionary));
        var connection = started();
        assertThat(server.refused).hasSize(1);
        assertThat(connection.asked).startsWith(asked().getFirst()).doesNotContain(wanted);
        connection.text(post(1, "a"));
        assertThat(next().id().value()).contains("/a#");
        assertThat(reader.trouble().orElseThrow()).contains("jetstream-dictionary");
    }

    private byte[] dictionary() {
        ZstdDictTrainer trainer = new ZstdDictTrainer(1 << 20, 4_096);
        for (int i = 0; i < 2_000; i++) {
            trainer.addSample(said(i, "create", "app.bsky.feed.post/" + i, CID, "\"text\":\"" + i * 7919 + "\"")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return trainer.trainSamples();
    }

    private static byte[] packed(byte[] bytes, byte[] dictionary) {
        return Zstd.compress(bytes, new ZstdDictCompress(dictionary, 3));
    }

    @Test
    void anAccountIsGoneIfItsHostSaysSoAndAnotherKeyIsLookedUp() throws Exception {
        people.add(id(bob));
        String gone = "{\"did\":\"%s\",\"time_us\":%d,\"kind\":\"account\",\"account\":{\"active\":false,"
                + "\"did\":\"%s\",\"seq\":1,\"status\":\"deleted\",\"time\":\"2026-03-01T12:00:00Z\"}}";
        String status = "GET https://pds.test/xrpc/com.atproto.sync.getRepoStatus?did="
                + bob.value().replace(":", "%3A");
        web.has(status, 200, "{\"active\":true}");
        var connection = started();
        connection.text(wire(gone.formatted(bob, start + 1, bob)));
        connection.text(
                wire("{\"did\":\"%s\",\"time_us\":%d,\"kind\":\"identity\",\"identity\":{\"did\":\"%s\",\"seq\":2}}"
                        .formatted(bob, start + 2, bob)));
        connection.text(post(3, "a"));
        assertThat(next().kind()).as("its host serves it").isEqualTo(NativeEvent.Kind.POST);
        assertThat(web.requests.stream().filter(("GET https://plc.test/" + bob)::equals))
                .as("the document is asked for anew")
                .hasSize(2);
        web.has(status, 400, "{\"error\":\"RepoNotFound\"}");
        connection.text(wire(gone.formatted(bob, start + 4, bob)));
        assertThat(next().kind()).isEqualTo(NativeEvent.Kind.DELETE_ACCOUNT);
    }
}
