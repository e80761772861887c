package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.TestPds;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What Bob's host lists and proves is made by our own PDS; what it makes up, by the test.
@ExtendWith(TestMongo.class)
class RepoHistoryTest {
    private static final String CID = "bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq";
    private static final String POST = "app.bsky.feed.post/";
    private final TestPds pds;
    private final Did bob;
    private final FakeWeb web = new FakeWeb();
    private final RepoHistory history;

    RepoHistoryTest(MongoDatabase database) {
        pds = new TestPds(database);
        bob = pds.account("bob");
        var document = PlcState.document(bob, pds.genesis("bob", URI.create("https://pds.test")))
                .orElseThrow();
        web.has("GET https://plc.test/" + bob, 200, DataJson.write(document.toJson()));
        var hosts = new HostClient(web);
        People people = web.people(pds.clock);
        history = new RepoHistory(people, hosts, pds.cryptography, new AtprotoTranslator(), pds.clock);
    }

    private String list(int limit, String cursor) {
        return "GET https://pds.test/xrpc/com.atproto.repo.listRecords?repo=" + encoded()
                + "&collection=app.bsky.feed.post&limit=" + limit + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
    }

    private String encoded() {
        return bob.value().replace(":", "%3A");
    }

    private String proof(String collection, String rkey) {
        return "GET https://pds.test/xrpc/com.atproto.sync.getRecord?did=" + encoded() + "&collection=" + collection
                + "&rkey=" + rkey;
    }

    private void lists(String cursor, String next, String... records) {
        web.has(
                list(100, cursor),
                200,
                "{\"records\":[" + String.join(",", records) + "]"
                        + (next.isEmpty() ? "" : ",\"cursor\":\"" + next + "\"") + "}");
    }

    private String listed(Did author, String rkey, String cid) {
        return "{\"uri\":\"at://" + author + "/" + POST + rkey + "\",\"cid\":\"" + cid + "\",\"value\":" + record(rkey)
                + "}";
    }

    private static String record(String text) {
        return "{\"$type\":\"app.bsky.feed.post\",\"text\":\"" + text + "\",\"createdAt\":\"2026-03-01T12:00:00Z\"}";
    }

    /// Bob has it, and his host proves that.
    ///
    /// @return how it is listed
    private String has(String rkey, String text) {
        RepoPath path = RepoPath.parse(POST + rkey);
        write(new RepoWrite.Put(path, DataJson.parse(record(text))));
        web.has(
                proof("app.bsky.feed.post", rkey),
                200,
                pds.store.archive().proof(bob, path).orElseThrow());
        return listed(
                bob,
                rkey,
                pds.store.archive().record(bob, path).orElseThrow().cid().toString());
    }

    private void write(RepoWrite write) {
        pds.store.repositories().commit(bob, "atproto:bob", List.of(write)).orElseThrow();
    }

    private List<NativeEvent> past(int most) {
        return history.list(bob, most).orElseThrow();
    }

    private static List<String> keys(List<NativeEvent> events) {
        return events.stream()
                .map(e -> e.object().value())
                .map(uri -> uri.substring(uri.lastIndexOf('/') + 1))
                .toList();
    }

    @Test
    void pagesAreReadNewestFirstUntilThereIsEnough() {
        List<String> pages = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            int from = page;
            pages.add(String.join(
                    ",",
                    IntStream.range(0, 100)
                            .mapToObj(i -> listed(bob, "k" + (300 - from * 100 - i), CID))
                            .toList()));
        }
        lists("", "b", pages.get(0));
        lists("b", "c", pages.get(1));
        lists("c", "", pages.get(2));

        assertThat(past(1_000)).hasSize(300);
        web.requests.clear();
        assertThat(keys(past(150))).hasSize(150).startsWith("k300", "k299").endsWith("k151");
        assertThat(web.requests).contains(list(100, "b")).doesNotContain(list(100, "c"));
        assertThat(past(2)).extracting(NativeEvent::kind).containsOnly(NativeEvent.Kind.POST);
    }

    @Test
    void inItsTurnEachIsTheEventThatAStreamGivesWithItsHostAndGates() {
        String gate = "app.bsky.feed.threadgate/a";
        write(new RepoWrite.Put(
                RepoPath.parse(gate),
                DataJson.parse("{\"$type\":\"app.bsky.feed.threadgate\",\"post\":\"at://" + bob + "/" + POST
                        + "a\",\"allow\":[],\"createdAt\":\"2026-03-01T12:00:00Z\"}")));
        lists("", "", has("a", "hello"));
        web.has(
                proof("app.bsky.feed.threadgate", "a"),
                200,
                pds.store.archive().proof(bob, RepoPath.parse(gate)).orElseThrow());
        NativeEvent listed = past(9).getFirst();
        NativeEvent event = history.recall(listed).orElseThrow();
        String cid = pds.store
                .archive()
                .record(bob, RepoPath.parse(POST + "a"))
                .orElseThrow()
                .cid()
                .toString();
        // As CommitNews names it.
        assertThat(event.id())
                .isEqualTo(new NativeId(Network.ATPROTO, "at://" + bob + "/" + POST + "a#" + cid))
                .isEqualTo(listed.id());
        assertThat(event.author()).isEqualTo(new NativeId(Network.ATPROTO, bob.value()));
        assertThat(event.body().text())
                .contains("\"text\":\"hello\"", "\"pds\":\"https://pds.test\"", "\"threadgate\":{", "\"allow\":[]");
    }

    @Test
    void theListIsNotBelievedButTheProof() {
        String other = listed(new Did("did:plc:gggggggggggggggggggggggg"), "x", CID);
        String anotherKind = "{\"uri\":\"at://" + bob + "/app.bsky.feed.like/x\",\"cid\":\"" + CID
                + "\",\"value\":{\"$type\":\"app.bsky.feed.like\"}}";
        has("a", "what he said");
        String wrong = listed(bob, "a", CID).replace("\"text\":\"a\"", "\"text\":\"never said\"");
        lists("", "", other, anotherKind, "7", "{}", wrong, listed(bob, "b", CID), listed(bob, "c", CID));
        web.has(proof("app.bsky.feed.post", "b"), 200, new byte[] {1, 2, 3});
        web.has(
                proof("app.bsky.feed.post", "c"),
                200,
                pds.store.archive().proof(bob, RepoPath.parse(POST + "a")).orElseThrow());

        List<NativeEvent> past = past(9);
        assertThat(keys(past)).containsExactly("a", "b", "c");
        NativeEvent event = history.recall(past.getFirst()).orElseThrow();
        assertThat(event.body().text()).contains("what he said").doesNotContain("never said");
        assertThat(event.id().value()).doesNotContain(CID);
        assertThat(history.recall(past.get(1))).as("no proof").isEmpty();
        assertThat(history.recall(past.get(2))).as("proof of another").isEmpty();
    }

    @Test
    void whatAnotherKeySignedIsNotHis() {
        lists("", "", has("a", "hello"));
        var document = PlcState.document(bob, pds.genesis("mallory", URI.create("https://pds.test")))
                .orElseThrow();
        web.has("GET https://plc.test/" + bob, 200, DataJson.write(document.toJson()));
        assertThat(history.recall(past(9).getFirst())).isEmpty();
    }

    @Test
    void whatIsGoneWhenItsTurnComesIsNotThere() {
        lists("", "", has("a", "hello"));
        NativeEvent listed = past(9).getFirst();
        write(new RepoWrite.Delete(RepoPath.parse(POST + "a")));
        web.has(
                proof("app.bsky.feed.post", "a"),
                200,
                pds.store.archive().proof(bob, RepoPath.parse(POST + "a")).orElseThrow());
        assertThat(history.recall(listed)).isEmpty();
    }

    @Test
    void whatWasRewrittenMeanwhileIsItsLastVersion() {
        lists("", "", has("a", "hello"));
        NativeEvent listed = past(9).getFirst();
        has("a", "hello, world");
        NativeEvent event = history.recall(listed).orElseThrow();
        assertThat(event.body().text()).contains("hello, world");
        assertThat(event.id()).isNotEqualTo(listed.id());
        assertThat(event.object()).as("the same post").isEqualTo(listed.object());
    }

    @Test
    void aHostThatDoesNotAnswerIsAskedAgain() {
        lists("", "b", has("a", "hello"));
        web.fails(list(100, "b"), Failure.TIMEOUT);
        assertThat(history.list(bob, 9)).isEmpty();
        web.has(list(100, "b"), 200, "{\"records\":[]}");
        NativeEvent listed = past(9).getFirst();
        web.fails(proof("app.bsky.feed.post", "a"), Failure.TIMEOUT);
        assertThatThrownBy(() -> history.recall(listed)).isInstanceOf(Unavailable.class);
        web.has(proof("app.bsky.feed.post", "a"), 403, "{}");
        assertThatThrownBy(() -> history.recall(listed)).isInstanceOf(Unavailable.class);
    }

    private String status() {
        return "GET https://pds.test/xrpc/com.atproto.sync.getRepoStatus?did=" + encoded();
    }

    @Test
    void anAccountThatIsGoneHasNoPastAndOneThatIsClosedIsWaitedFor() {
        lists("", "", has("a", "hello"));
        NativeEvent listed = past(9).getFirst();
        web.has(list(100, ""), 400, "{\"error\":\"RepoNotFound\"}");
        web.has(proof("app.bsky.feed.post", "a"), 400, "{\"error\":\"RepoNotFound\"}");
        assertThat(past(9)).isEmpty();
        assertThat(history.recall(listed)).isEmpty();
        for (String error : List.of("RepoDeactivated", "RepoTakendown", "RepoSuspended")) {
            web.has(list(100, ""), 400, "{\"error\":\"" + error + "\"}");
            web.has(proof("app.bsky.feed.post", "a"), 400, "{\"error\":\"" + error + "\"}");
            assertThat(history.list(bob, 9)).as(error).isEmpty();
            assertThatThrownBy(() -> history.recall(listed)).as(error).isInstanceOf(Unavailable.class);
        }
        web.has(list(100, ""), 400, "{\"error\":\"InvalidRequest\",\"message\":\"Could not find repo\"}");
        web.has(status(), 200, "{\"did\":\"" + bob + "\",\"active\":false,\"status\":\"deactivated\"}");
        assertThat(history.list(bob, 9)).as("as its status says").isEmpty();
        web.has(status(), 400, "{\"error\":\"RepoNotFound\"}");
        assertThat(past(9)).as("as its status says").isEmpty();
        web.has(status(), 200, "{\"did\":\"" + bob + "\",\"active\":true}");
        assertThat(history.list(bob, 9)).as("it is there").isEmpty();
    }

    @Test
    void aPageThatIsNotShownIsNotTheEnd() {
        String first = has("a", "hello");
        for (int status : new int[] {302, 401, 403, 404, 429, 503}) {
            lists("", "b", first);
            web.has(list(100, "b"), status, "{\"error\":\"x\"}");
            assertThat(history.list(bob, 9)).as("page 2 answers %s", status).isEmpty();
            web.has(list(100, ""), status, "{\"error\":\"x\"}");
            assertThat(history.list(bob, 9)).as("page 1 answers %s", status).isEmpty();
        }
    }

    @Test
    void aRecordThatIsNotOfTheDataModelIsPassedOverAndTheOthersStand() {
        String half = listed(bob, "h", CID).replace("\"text\":", "\"size\":0.5,\"text\":");
        lists("", "b", listed(bob, "c", CID), half, listed(bob, "b", CID));
        lists("b", "c", half);
        lists("c", "", listed(bob, "a", CID));
        assertThat(keys(past(9))).containsExactly("c", "b", "a");
    }

    @Test
    void aListThatNeverEndsIsLeft() {
        for (int i = 0; i < 1_000; i++) {
            // The same post again and again, behind ever new cursors.
            lists(i == 0 ? "" : "c" + i, "c" + (i + 1), listed(bob, "a", CID));
        }
        assertThat(keys(past(1_000))).containsExactly("a");
        assertThat(web.requests).hasSizeLessThan(5);
        web.requests.clear();
        for (int i = 0; i < 1_000; i++) {
            lists(i == 0 ? "" : "c" + i, "c" + (i + 1), listed(bob, "k" + i, CID));
        }
        assertThat(past(1_000)).as("one on each page").hasSizeLessThan(30);
        assertThat(web.requests).hasSizeLessThan(30);
    }

    @Test
    void recordsThatAreMoreThanIsReadEndTheList() {
        lists("", "b", has("a", "hello"));
        web.fails(list(100, "b"), Failure.TOO_LARGE);
        web.has(list(10, "b"), 200, "{\"records\":[" + listed(bob, "b", CID) + "],\"cursor\":\"c\"}");
        web.fails(list(100, "c"), Failure.TOO_LARGE);
        web.fails(list(10, "c"), Failure.TOO_LARGE);
        List<NativeEvent> past = past(9);
        assertThat(keys(past)).containsExactly("a", "b");
        web.fails(proof("app.bsky.feed.post", "b"), Failure.TOO_LARGE);
        assertThat(history.recall(past.getLast())).isEmpty();
    }

    @Test
    void rubbishIsNothing() {
        web.has(list(100, ""), 200, "{\"records\":[[],null,{\"uri\":7}]}");
        assertThat(history.list(bob, 9)).isEqualTo(Optional.of(List.of()));
        for (String rubbish : List.of("", "[]", "{}", "{\"records\":7}", "{\"records\":[")) {
            web.has(list(100, ""), 200, rubbish);
            assertThat(history.list(bob, 9))
                    .as("nobody can tell from %s", rubbish)
                    .isEmpty();
        }
    }
}
