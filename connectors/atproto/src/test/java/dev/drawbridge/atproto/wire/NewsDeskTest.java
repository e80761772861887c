package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.TestPds;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.block.CarWriter;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.InMemoryFollows;
import dev.drawbridge.testkit.InMemoryIdentityMap;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The other side's repositories are made by our own PDS: what it writes, the desk must believe.
@ExtendWith(TestMongo.class)
class NewsDeskTest {
    private static final Did GHOST = new Did("did:plc:gggggggggggggggggggggggg");
    private static final String CID = "bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq";
    private final TestPds pds;
    private final Did bob;
    private final FakeWeb web = new FakeWeb();
    private final Set<NativeId> people = new HashSet<>();
    private final Set<NativeId> ours = new HashSet<>(Set.of(id(GHOST)));
    private final InMemoryFollows follows = new InMemoryFollows();
    private final InMemoryIdentityMap ghosts = new InMemoryIdentityMap();
    private final List<NativeEvent> stored = new ArrayList<>();
    private final EventSink sink = event -> {
        stored.add(event);
        return new Receipt.Accepted();
    };
    private final NewsDesk desk;

    NewsDeskTest(MongoDatabase database) {
        pds = new TestPds(database);
        bob = pds.account("bob");
        directory("bob");
        People identities = web.people(pds.clock);
        desk = new NewsDesk(Newsroom.of(
                new AtprotoTranslator(),
                new FixedWatchlist(people, ours),
                follows,
                ghosts,
                pds.cryptography,
                identities,
                new HostClient(web),
                pds.clock));
    }

    /// Puts somebody's DID document into the directory, with the key of `signer`.
    private void directory(String signer) {
        var document = PlcState.document(bob, pds.genesis(signer, URI.create("https://pds.test")))
                .orElseThrow();
        web.has("GET https://plc.test/" + bob, 200, DataJson.write(document.toJson()));
    }

    private static NativeId id(Did did) {
        return new NativeId(Network.ATPROTO, did.value());
    }

    private CommitEvent write(String path, String fields) {
        pds.clock.advance(Duration.ofMillis(10));
        String collection = path.substring(0, path.indexOf('/'));
        DataMap record = DataJson.parse(
                "{\"$type\":\"" + collection + "\",\"createdAt\":\"2026-03-01T12:00:00Z\"," + fields + "}");
        return commit(new RepoWrite.Put(RepoPath.parse(path), record));
    }

    private CommitEvent commit(RepoWrite write) {
        pds.store.repositories().commit(bob, "atproto:bob", List.of(write)).orElseThrow();
        long latest = pds.store.sequencer().latest();
        byte[] frame = pds.store.sequencer().read(latest - 1, 1).getFirst().frame();
        return (CommitEvent) ((Frame.Event) FrameCodec.decode(frame)).event();
    }

    private boolean handle(SyncEvent event) throws InterruptedException {
        return desk.concerns(event)
                && desk.handle(event, sink, _ -> {
                    throw new AssertionError("nothing to wait for");
                });
    }

    private List<String> lookUps() {
        return web.requests.stream()
                .filter(request -> request.startsWith("GET https://plc.test/"))
                .toList();
    }

    private String gate(String key) {
        return "GET https://pds.test/xrpc/com.atproto.sync.getRecord?did="
                + bob.value().replace(":", "%3A") + "&collection=app.bsky.feed.threadgate&rkey=" + key;
    }

    @Test
    void whoMayAnswerIsReadFromTheGateBesideThePost() throws Exception {
        people.add(id(bob));
        String post = "at://" + bob + "/app.bsky.feed.post/a";
        write("app.bsky.feed.threadgate/a", "\"post\":\"" + post + "\",\"allow\":[]");
        var proof = pds.store.archive().proof(bob, RepoPath.parse("app.bsky.feed.threadgate/a"));
        web.has(gate("a"), 200, proof.orElseThrow());
        handle(write("app.bsky.feed.post/a", "\"text\":\"hi\""));
        assertThat(stored.getFirst().body().text()).contains("\"threadgate\":{", "\"allow\":[]");
        web.fails(gate("b"), Failure.TIMEOUT);
        handle(write("app.bsky.feed.post/b", "\"text\":\"hi\""));
        assertThat(stored.getLast().body().text())
                .as("others are told later")
                .contains("\"pds\":\"https://pds.test\"")
                .doesNotContain("threadgate");
    }

    @Test
    void everythingOfSomebodyWhoOptedInIsHandedOver() throws Exception {
        people.add(id(bob));
        assertThat(handle(write("app.bsky.feed.post/a", "\"text\":\"hi\""))).isTrue();
        assertThat(handle(write("app.bsky.actor.profile/self", "\"displayName\":\"Bob\"")))
                .isTrue();
        assertThat(handle(commit(new RepoWrite.Delete(RepoPath.parse("app.bsky.feed.post/a")))))
                .isTrue();
        assertThat(stored)
                .extracting(NativeEvent::kind)
                .containsExactly(NativeEvent.Kind.POST, NativeEvent.Kind.PROFILE, NativeEvent.Kind.DELETE);
        assertThat(stored.subList(0, 2))
                .as("says where the files are")
                .allMatch(event -> event.body().text().contains("\"pds\":\"https://pds.test\""));
    }

    @Test
    void ofOthersOnlyWhatIsAimedAtUsIsHandedOver() throws Exception {
        handle(write("app.bsky.feed.post/a", "\"text\":\"hi\""));
        handle(write("app.bsky.graph.follow/a", "\"subject\":\"did:plc:cccccccccccccccccccccccc\""));
        assertThat(stored).isEmpty();
        assertThat(web.requests).as("no key is asked for in vain").isEmpty();
        handle(write("app.bsky.graph.follow/b", "\"subject\":\"" + GHOST + "\""));
        handle(write(
                "app.bsky.feed.like/a",
                "\"subject\":{\"uri\":\"at://%s/app.bsky.feed.post/x\",\"cid\":\"%s\"}".formatted(GHOST, CID)));
        assertThat(stored)
                .extracting(NativeEvent::kind)
                .containsExactly(NativeEvent.Kind.FOLLOW, NativeEvent.Kind.REACTION);
    }

    @Test
    void theEndOfAFollowThatWeKnowIsHandedOver() throws Exception {
        write("app.bsky.graph.follow/a", "\"subject\":\"" + GHOST + "\"");
        write("app.bsky.graph.follow/b", "\"subject\":\"" + GHOST + "\"");
        NativeId known = new NativeId(Network.ATPROTO, "at://" + bob + "/app.bsky.graph.follow/a");
        NativeId alice = new NativeId(Network.NOSTR, "alice");
        follows.put(new Follows.Edge(id(bob), alice, known, Optional.empty(), true));
        handle(commit(new RepoWrite.Delete(RepoPath.parse("app.bsky.graph.follow/b"))));
        assertThat(stored).isEmpty();
        handle(commit(new RepoWrite.Delete(RepoPath.parse("app.bsky.graph.follow/a"))));
        assertThat(stored).extracting(NativeEvent::kind).containsExactly(NativeEvent.Kind.UNFOLLOW);
    }

    @Test
    void whatWeWroteOurselvesIsNotNews() throws Exception {
        ours.add(id(bob));
        people.add(id(bob));
        assertThat(handle(write("app.bsky.feed.post/a", "\"text\":\"hi\""))).isFalse();
        assertThat(stored).isEmpty();
    }

    @Test
    void aForgedCommitIsRefusedAndNothingIsStored() throws Exception {
        people.add(id(bob));
        CommitEvent real = write("app.bsky.feed.post/a", "\"text\":\"hi\"");
        directory("mallory");
        assertThat(handle(real)).isFalse();
        assertThat(stored).isEmpty();
    }

    @Test
    void anotherKeyThanRememberedIsLookedUpOnce() throws Exception {
        people.add(id(bob));
        directory("mallory");
        assertThat(handle(write("app.bsky.feed.post/a", "\"text\":\"hi\""))).isFalse();
        web.requests.clear();
        directory("bob");
        assertThat(handle(write("app.bsky.feed.post/b", "\"text\":\"hi\""))).isTrue();
        assertThat(lookUps()).hasSize(1);
    }

    @Test
    void brokenCommitsAreRefusedAndNothingIsStored() throws Exception {
        people.add(id(bob));
        CommitEvent real = write("app.bsky.feed.post/a", "\"text\":\"hi\"");
        var car = CarReader.read(real.blocks(), CarLimits.COMMIT);
        byte[] flipped = real.blocks().clone();
        flipped[flipped.length - 1] ^= 1;
        byte[] onlyCommit = CarWriter.toBytes(
                real.commit(),
                new dev.drawbridge.atproto.record.block.BlockMap()
                        .put(real.commit(), car.blocks().get(real.commit()).orElseThrow()));
        for (byte[] blocks : List.of(new byte[] {1, 2, 3}, flipped, onlyCommit)) {
            assertThat(handle(new CommitEvent(
                            9,
                            bob,
                            real.time(),
                            real.rev(),
                            real.since(),
                            real.commit(),
                            real.prevData(),
                            real.ops(),
                            blocks)))
                    .isFalse();
        }
        CommitEvent anothersName = new CommitEvent(
                9,
                new Did("did:plc:cccccccccccccccccccccccc"),
                real.time(),
                real.rev(),
                real.since(),
                real.commit(),
                real.prevData(),
                real.ops(),
                real.blocks());
        people.add(id(anothersName.did()));
        assertThat(handle(anothersName)).isFalse();
        assertThat(stored).isEmpty();
        assertThat(handle(real)).isTrue();
    }

    @Test
    void aBusyEngineIsAskedAgainUntilItHasTheEvent() throws Exception {
        people.add(id(bob));
        CommitEvent event = write("app.bsky.feed.post/a", "\"text\":\"hi\"");
        List<Duration> waits = new ArrayList<>();
        EventSink busyTwice = e -> waits.size() < 2 ? new Receipt.Busy(Duration.ofSeconds(3)) : sink.accept(e);
        assertThat(desk.handle(event, busyTwice, waits::add)).isTrue();
        assertThat(waits).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3));
        assertThat(stored).hasSize(1);
    }

    @Test
    void stoppingWhileTheEngineIsBusyLeavesTheEventUnread() {
        people.add(id(bob));
        CommitEvent event = write("app.bsky.feed.post/a", "\"text\":\"hi\"");
        assertThatThrownBy(() -> desk.handle(event, _ -> new Receipt.Busy(Duration.ZERO), _ -> {
                    throw new InterruptedException();
                }))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void aDirectoryThatIsDownIsWaitedFor() throws Exception {
        people.add(id(bob));
        web.fails("GET https://plc.test/" + bob, Failure.TIMEOUT);
        CommitEvent event = write("app.bsky.feed.post/a", "\"text\":\"hi\"");
        List<Duration> waits = new ArrayList<>();
        boolean done = desk.handle(event, sink, wait -> {
            waits.add(wait);
            pds.clock.advance(wait);
            if (waits.size() == 3) {
                directory("bob");
            }
        });
        assertThat(done).isTrue();
        assertThat(waits).hasSize(3);
    }

    @Test
    void whoLeftIsStillHeardWhenTheyTakeSomethingBack() throws Exception {
        write("app.bsky.feed.post/a", "\"text\":\"hi\"");
        CommitEvent removal = commit(new RepoWrite.Delete(RepoPath.parse("app.bsky.feed.post/a")));
        assertThat(handle(removal)).as("of somebody who was never carried").isFalse();
        assertThat(web.requests).as("nobody is asked about them").isEmpty();
        ghosts.putIfAbsent(new Ghost(id(bob), new NativeId(Network.NOSTR, "ghost"), "bob", false, pds.clock.instant()));
        assertThat(handle(removal)).isTrue();
        assertThat(stored).extracting(NativeEvent::kind).containsExactly(NativeEvent.Kind.DELETE);
    }

    @Test
    void whatIsOnlyCountedIsNotReadAndNobodyIsAskedAboutIt() throws Exception {
        handle(write(
                "app.bsky.feed.like/a",
                "\"subject\":{\"uri\":\"at://%s/app.bsky.feed.post/x\",\"cid\":\"%s\"}".formatted(GHOST, CID)));
        assertThat(stored).extracting(event -> event.body().text()).containsExactly("{}");
        assertThat(web.requests).isEmpty();
    }

    @Test
    void theHostOfAStrangerIsHardlyWaitedForAndThatOfAPersonForAnHour() throws Exception {
        Did web = new Did("did:web:slow.test");
        this.web.fails("GET https://slow.test/.well-known/did.json", Failure.TIMEOUT);
        CommitEvent real = write("app.bsky.graph.follow/b", "\"subject\":\"" + GHOST + "\"");
        CommitEvent event = new CommitEvent(
                9,
                web,
                real.time(),
                real.rev(),
                real.since(),
                real.commit(),
                real.prevData(),
                real.ops(),
                real.blocks());
        List<Duration> waits = new ArrayList<>();
        Pauses pauses = wait -> {
            waits.add(wait);
            pds.clock.advance(wait);
        };
        assertThat(desk.handle(event, sink, pauses)).isFalse();
        assertThat(waits).hasSize(1);
        people.add(id(web));
        waits.clear();
        assertThat(desk.handle(event, sink, pauses)).isFalse();
        assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofHours(1), Duration.ofHours(2));
        assertThat(stored).isEmpty();
    }

    private static final String STATUS = "GET https://pds.test/xrpc/com.atproto.sync.getRepoStatus?did=";

    private String status() {
        return STATUS + bob.value().replace(":", "%3A");
    }

    private AccountEvent gone() {
        return AccountEvent.inactive(1, bob, pds.clock.instant(), AccountEvent.DELETED);
    }

    @Test
    void aDeletedAccountIsToldOfPeopleWeKnowIfTheirHostDoesNotServeThem() throws Exception {
        assertThat(handle(gone())).as("nobody we know").isFalse();
        assertThat(web.requests).isEmpty();
        NativeId alice = new NativeId(Network.NOSTR, "alice");
        follows.put(new Follows.Edge(id(bob), alice, id(bob), Optional.empty(), true));
        web.has(status(), 400, "{\"error\":\"RepoNotFound\"}");
        assertThat(handle(gone())).isTrue();
        assertThat(handle(AccountEvent.inactive(2, bob, pds.clock.instant(), AccountEvent.DEACTIVATED)))
                .isFalse();
        assertThat(stored).extracting(NativeEvent::kind).containsExactly(NativeEvent.Kind.DELETE_ACCOUNT);
    }

    @Test
    void aRelayCannotDeleteSomebodyWhomTheirHostServes() throws Exception {
        people.add(id(bob));
        for (String answer : List.of("{\"active\":true}", "{\"active\":false,\"status\":\"deactivated\"}")) {
            web.has(status(), 200, answer);
            assertThat(handle(gone())).isFalse();
        }
        assertThat(stored).isEmpty();
        web.has(status(), 200, "{\"active\":false,\"status\":\"deleted\"}");
        assertThat(handle(gone())).isTrue();
    }

    @Test
    void nobodyIsDeletedBecauseTheirHostIsSilent() throws Exception {
        people.add(id(bob));
        web.fails(status(), Failure.UNREACHABLE);
        assertThat(desk.handle(gone(), sink, pds.clock::advance)).isFalse();
        assertThat(stored).isEmpty();
    }

    @Test
    void aChangedIdentityIsLookedUpAnew() throws Exception {
        people.add(id(bob));
        handle(write("app.bsky.feed.post/a", "\"text\":\"hi\""));
        assertThat(handle(new IdentityEvent(5, bob, pds.clock.instant(), Optional.empty())))
                .isFalse();
        handle(write("app.bsky.feed.post/b", "\"text\":\"hi\""));
        assertThat(lookUps()).hasSize(2);
    }
}
