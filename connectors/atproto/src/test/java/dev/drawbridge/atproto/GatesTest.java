package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.blob.RecordFiles;
import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.atproto.wire.FakeWeb;
import dev.drawbridge.atproto.wire.HostClient;
import dev.drawbridge.atproto.wire.ListMembers;
import dev.drawbridge.atproto.wire.People;
import dev.drawbridge.atproto.wire.RecordFetcher;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.testkit.InMemoryFollows;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Bob lives elsewhere; the ghost is Alice's.
@ExtendWith(TestMongo.class)
class GatesTest {
    private static final String CID = "bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq";
    private static final String RULE = "{\"$type\":\"app.bsky.feed.threadgate#%s\"%s}";
    private final TestPds pds;
    private final Did ghost;
    private final Did bob;
    private final FakeWeb web = new FakeWeb();
    private final InMemoryFollows follows = new InMemoryFollows();
    private final RepoDelivery delivery;

    GatesTest(MongoDatabase database) {
        pds = new TestPds(database);
        ghost = pds.account("alice");
        bob = pds.stranger("bob");
        var document = PlcState.document(bob, pds.genesis("bob", URI.create("https://pds.test")))
                .orElseThrow();
        web.has("GET https://plc.test/" + bob, 200, DataJson.write(document.toJson()));
        HostClient hosts = new HostClient(web);
        People people = web.people(pds.clock);
        Gates gates = new Gates(
                pds.store,
                new RecordFetcher(people, hosts, pds.cryptography),
                new ListMembers(people, hosts, pds.clock),
                follows,
                pds.clock);
        delivery = new RepoDelivery(pds.store, new RecordFiles(pds.blobs, pds.clock), gates, pds.clock);
        has("app.bsky.feed.post/root", "\"text\":\"who answers?\"");
    }

    /// Bob's host has this from now on.
    private void has(String path, String fields) {
        String collection = path.substring(0, path.indexOf('/'));
        var record = DataJson.parse(
                "{\"$type\":\"" + collection + "\",\"createdAt\":\"2026-03-01T12:00:00Z\"," + fields + "}");
        pds.store.repositories().commit(bob, "atproto:bob", List.of(new RepoWrite.Put(RepoPath.parse(path), record)));
        web.has(
                proof(path),
                200,
                pds.store.archive().proof(bob, RepoPath.parse(path)).orElseThrow());
    }

    private String proof(String path) {
        return "GET https://pds.test/xrpc/com.atproto.sync.getRecord?did=" + encoded(bob) + "&collection="
                + path.replace("/", "&rkey=");
    }

    private static String encoded(Did did) {
        return did.value().replace(":", "%3A");
    }

    private void gate(String allow) {
        has("app.bsky.feed.threadgate/root", "\"post\":\"" + root() + "\",\"allow\":[" + allow + "]");
    }

    private String root() {
        return "at://" + bob + "/app.bsky.feed.post/root";
    }

    private DeliveryOutcome answer(String rkey) {
        String ref = "{\"uri\":\"" + root() + "\",\"cid\":\"" + CID + "\"}";
        return deliver(rkey, "\"reply\":{\"root\":" + ref + ",\"parent\":" + ref + "}");
    }

    private DeliveryOutcome deliver(String name, String fields) {
        String rkey = key(name);
        String uri = "at://" + ghost + "/app.bsky.feed.post/" + rkey;
        return delivery.deliver(new NativeDraft(
                Optional.of(new NativeId(Network.ATPROTO, ghost.value())),
                Optional.of(ObjectRef.of(new NativeId(Network.ATPROTO, uri))),
                List.of("{\"collection\":\"app.bsky.feed.post\",\"rkey\":\"" + rkey
                        + "\",\"record\":{\"$type\":\"app.bsky.feed.post\",\"text\":\"me\","
                        + "\"createdAt\":\"2026-03-01T12:00:00.000Z\"," + fields + "}}")));
    }

    /// Keys of posts are TIDs.
    private static String key(String name) {
        return "3l3qo2vutsw2" + name;
    }

    private void refused(DeliveryOutcome outcome, String reason) {
        assertThat(outcome).isEqualTo(new DeliveryOutcome.Refused(reason));
        assertThat(pds.store.archive().record(ghost, RepoPath.parse("app.bsky.feed.post/" + key("a"))))
                .isEmpty();
    }

    private static void delivered(DeliveryOutcome outcome) {
        assertThat(outcome).isInstanceOf(DeliveryOutcome.Delivered.class);
    }

    private static String rule(String name) {
        return RULE.formatted(name, "");
    }

    @Test
    void whoeverSaysNothingIsAnsweredByEverybody() {
        delivered(answer("a"));
        has("app.bsky.feed.threadgate/root", "\"post\":\"" + root() + "\"");
        pds.clock.advance(Duration.ofMinutes(6));
        delivered(answer("b"));
    }

    @Test
    void nobodyIsNobodyAndAnAnswerThatIsThereMayBeCorrected() {
        delivered(answer("b"));
        gate("");
        pds.clock.advance(Duration.ofMinutes(6));
        refused(answer("a"), "the author lets nobody answer here");
        delivered(answer("b"));
    }

    @Test
    void whomTheAuthorMentionsMayAnswer() {
        gate(rule("mentionRule"));
        refused(answer("a"), "the author lets only people who are mentioned answer here");
        has(
                "app.bsky.feed.post/root",
                ("\"text\":\"@alice\",\"facets\":[{\"index\":{\"byteStart\":0,\"byteEnd\":6},"
                                + "\"features\":[{\"$type\":\"app.bsky.richtext.facet#mention\",\"did\":\"%s\"}]}]")
                        .formatted(ghost));
        pds.clock.advance(Duration.ofMinutes(6));
        delivered(answer("a"));
    }

    @Test
    void followersOfTheAuthorMayAnswer() {
        gate(rule("followerRule") + "," + rule("mentionRule"));
        refused(answer("a"), "the author lets only their followers and people who are mentioned answer here");
        Account account = pds.store.accounts().byDid(ghost).orElseThrow();
        RepoPath follow = AtprotoTranslator.follow(account.origin(), new NativeId(Network.ATPROTO, bob.value()));
        var record = DataJson.parse("{\"$type\":\"app.bsky.graph.follow\",\"subject\":\"" + bob
                + "\",\"createdAt\":\"2026-03-01T12:00:00Z\"}");
        pds.store.repositories().commit(ghost, account.keyRef(), List.of(new RepoWrite.Put(follow, record)));
        delivered(answer("a"));
    }

    @Test
    void whomTheAuthorFollowsMayAnswer() {
        gate(rule("followingRule"));
        refused(answer("a"), "the author lets only people they follow answer here");
        NativeId author = new NativeId(Network.ATPROTO, bob.value());
        NativeId alice = pds.store.accounts().byDid(ghost).orElseThrow().origin();
        follows.put(new Follows.Edge(author, alice, author, Optional.empty(), true));
        delivered(answer("a"));
    }

    @Test
    void whoIsOnAListOfTheAuthorMayAnswer() {
        String list = "at://" + bob + "/app.bsky.graph.list/l";
        String listed = "GET https://pds.test/xrpc/com.atproto.repo.listRecords?repo=" + encoded(bob)
                + "&collection=app.bsky.graph.listitem&limit=100";
        String item = "{\"uri\":\"x\",\"value\":{\"list\":\"%s\",\"subject\":\"%s\"}}";
        gate(RULE.formatted("listRule", ",\"list\":\"" + list + "\""));
        web.has(listed, 200, "{\"cursor\":\"c\",\"records\":[" + item.formatted(list + "x", ghost) + "]}");
        web.has(listed + "&cursor=c", 200, "{\"records\":[]}");
        refused(answer("a"), "the author lets only people on a list answer here");
        web.has(listed + "&cursor=c", 200, "{\"records\":[" + item.formatted(list, ghost) + "]}");
        pds.clock.advance(Duration.ofMinutes(6));
        delivered(answer("a"));
    }

    @Test
    void aListOfWhichAPageCannotBeReadKeepsWhoIsOnIt() {
        String list = "at://" + bob + "/app.bsky.graph.list/l";
        String listed = "GET https://pds.test/xrpc/com.atproto.repo.listRecords?repo=" + encoded(bob)
                + "&collection=app.bsky.graph.listitem&limit=100";
        String item = "{\"uri\":\"x\",\"value\":{\"list\":\"%s\",\"subject\":\"%s\"}}";
        gate(RULE.formatted("listRule", ",\"list\":\"" + list + "\""));
        web.has(listed, 200, "{\"cursor\":\"c\",\"records\":[]}");
        web.has(listed + "&cursor=c", 403, "{\"error\":\"Forbidden\"}");
        assertThat(answer("a")).isInstanceOf(DeliveryOutcome.Retry.class);
        web.has(listed + "&cursor=c", 200, "{\"records\":[" + item.formatted(list, ghost) + "]}");
        delivered(answer("a"));
    }

    @Test
    void aGateIsForThePostBesideIt() {
        has("app.bsky.feed.threadgate/root", "\"post\":\"" + root() + "x\",\"allow\":[]");
        delivered(answer("a"));
    }

    @Test
    void ourOwnPeopleAreNotAskedAbout() {
        String ref = "{\"uri\":\"at://" + ghost + "/app.bsky.feed.post/x\",\"cid\":\"" + CID + "\"}";
        delivered(deliver("a", "\"reply\":{\"root\":" + ref + ",\"parent\":" + ref + "}"));
        assertThat(web.requests).isEmpty();
    }

    @Test
    void whoDoesNotWantToBeQuotedIsNot() {
        has(
                "app.bsky.feed.postgate/root",
                "\"post\":\"" + root() + "\",\"embeddingRules\":[{\"$type\":\"app.bsky.feed.postgate#disableRule\"}]");
        String ref = "{\"uri\":\"" + root() + "\",\"cid\":\"" + CID + "\"}";
        String quote = "{\"$type\":\"app.bsky.embed.record\",\"record\":" + ref + "}";
        refused(deliver("a", "\"embed\":" + quote), "the author does not want it to be quoted");
        refused(
                deliver(
                        "a",
                        "\"embed\":{\"$type\":\"app.bsky.embed.recordWithMedia\",\"record\":" + quote
                                + ",\"media\":{\"$type\":\"app.bsky.embed.external\",\"external\":{\"uri\":"
                                + "\"https://x.test\",\"title\":\"\",\"description\":\"\"}}}"),
                "the author does not want it to be quoted");
        delivered(answer("b"));
    }

    @Test
    void aSilentHostIsWaitedForAnHourAndWhatItSaidBeforeCounts() {
        web.fails(proof("app.bsky.feed.threadgate/root"), Failure.TIMEOUT);
        assertThat(answer("a")).isInstanceOf(DeliveryOutcome.Retry.class);
        pds.clock.advance(Duration.ofHours(2));
        refused(answer("a"), "the other's host does not say who may answer");
        gate("");
        refused(answer("a"), "the author lets nobody answer here");
        web.fails(proof("app.bsky.feed.threadgate/root"), Failure.TIMEOUT);
        pds.clock.advance(Duration.ofHours(3));
        refused(answer("a"), "the author lets nobody answer here");
    }
}
