package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.TestPds;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What somebody declares of the use of their data is heard on the stream, and read again beside each new profile.
@ExtendWith(TestMongo.class)
class DeclarationNewsTest {
    private static final String DECLARATION = "org.user-intents.declaration/self";
    private static final String NO = "\"protocolBridging\":{\"allow\":false}";
    private final TestPds pds;
    private final Did bob;
    private final FakeWeb web = new FakeWeb();
    private final Set<NativeId> people = new HashSet<>();
    private final List<NativeEvent> stored = new ArrayList<>();
    private final NewsDesk desk;
    private final String there;

    DeclarationNewsTest(MongoDatabase database) {
        pds = new TestPds(database);
        bob = pds.account("bob");
        var document = PlcState.document(bob, pds.genesis("bob", URI.create("https://pds.test")))
                .orElseThrow();
        web.has("GET https://plc.test/" + bob, 200, DataJson.write(document.toJson()));
        there = "GET https://pds.test/xrpc/com.atproto.sync.getRecord?did="
                + bob.value().replace(":", "%3A") + "&collection=org.user-intents.declaration&rkey=self";
        People identities = web.people(pds.clock);
        desk = new NewsDesk(Newsroom.of(
                new AtprotoTranslator(),
                new FixedWatchlist(people, new HashSet<>()),
                new InMemoryFollows(),
                new InMemoryIdentityMap(),
                pds.cryptography,
                identities,
                new HostClient(web),
                pds.clock));
    }

    private boolean writes(String path, String fields) throws InterruptedException {
        pds.clock.advance(Duration.ofMillis(10));
        String collection = path.substring(0, path.indexOf('/'));
        var record = DataJson.parse("{\"$type\":\"" + collection + "\"," + fields + "}");
        pds.store
                .repositories()
                .commit(bob, "atproto:bob", List.of(new RepoWrite.Put(RepoPath.parse(path), record)))
                .orElseThrow();
        long latest = pds.store.sequencer().latest();
        byte[] frame = pds.store.sequencer().read(latest - 1, 1).getFirst().frame();
        SyncEvent event = ((Frame.Event) FrameCodec.decode(frame)).event();
        return desk.concerns(event)
                && desk.handle(
                        event,
                        news -> {
                            stored.add(news);
                            return new Receipt.Accepted();
                        },
                        _ -> {
                            throw new AssertionError("nothing to wait for");
                        });
    }

    @Test
    void ofStrangersNothingIsHeard() throws Exception {
        assertThat(writes(DECLARATION, NO)).isFalse();
        assertThat(stored).isEmpty();
    }

    @Test
    void ofWhoIsCarriedItIsHeard() throws Exception {
        people.add(new NativeId(Network.ATPROTO, bob.value()));
        assertThat(writes(DECLARATION, NO)).isTrue();
        assertThat(stored).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(NativeEvent.Kind.PROFILE);
            assertThat(event.body().text()).contains("\"allow\":false");
        });
    }

    @Test
    void itIsReadBesideEachNewProfileAndWithoutItNowTheProfileIsHeardAllTheSame() throws Exception {
        people.add(new NativeId(Network.ATPROTO, bob.value()));
        writes(DECLARATION, NO);
        var proof = pds.store.archive().proof(bob, RepoPath.parse(DECLARATION)).orElseThrow();
        web.has(there, 200, proof);
        assertThat(writes("app.bsky.actor.profile/self", "\"displayName\":\"Bob\""))
                .isTrue();
        assertThat(stored.getLast().body().text()).contains("\"intents\":{", "\"allow\":false");
        web.fails(there, Failure.TIMEOUT);
        assertThat(writes("app.bsky.actor.profile/self", "\"displayName\":\"Rob\""))
                .isTrue();
        assertThat(stored.getLast().body().text()).doesNotContain("\"intents\"");
    }
}
