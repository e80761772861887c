package dev.drawbridge.activitypub.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.linkeddata.LinkedData;
import dev.drawbridge.activitypub.store.Hosts;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.NoKeys;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.activitypub.wire.Lookup.Missing;
import dev.drawbridge.activitypub.wire.Lookup.Unavailable;
import dev.drawbridge.activitypub.wire.Lookup.Unusable;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

/// The dear part of a check, the canonical form, comes after everything that can refuse for less.
@ExtendWith(TestMongo.class)
class LinkedDataCheckTest {
    private final LocalNet net = new LocalNet();
    private final VirtualClock clock = new VirtualClock();
    private final RemoteServer alice = new RemoteServer("social.example", "alice").on(net);
    private final AtomicInteger read = new AtomicInteger();
    private final LinkedDataCheck check;

    LinkedDataCheckTest(MongoDatabase database) {
        var instance = new InstanceInfo(URI.create(Bridge.BASE), "bridge.example", "drawbridge", "0.1.0", "", false);
        var addresses = Addresses.of(instance, new ConnectorSettings(Map.of()));
        var hosts = new HostMemory(new Hosts(database), clock);
        var documents = new RemoteDocuments(new SignedHttp(net, new NoKeys(), clock, hosts, "test", addresses));
        var data = new LinkedData();
        check = new LinkedDataCheck(
                new RemoteActors(documents, hosts, clock),
                Cryptography.portable(),
                document -> {
                    read.incrementAndGet();
                    return data.read(document);
                },
                clock);
    }

    @BeforeEach
    void nothingWasRead() {
        read.set(0);
    }

    private ObjectNode signed() {
        String create = alice.signedAsLinkedData(alice.create(1, "hello"), clock.instant());
        return (ObjectNode) Documents.parse(create).found().orElseThrow().node();
    }

    private Lookup<As2> check(ObjectNode document) {
        return check.signed(new As2(document), alice.actor());
    }

    private void refusedUnread(ObjectNode document) {
        assertThat(check(document)).isInstanceOf(Unusable.class);
        assertThat(read).hasValue(0);
    }

    private static ObjectNode signature(ObjectNode document) {
        return (ObjectNode) document.path("signature");
    }

    @Test
    void whatHoldsIsReadOnce() {
        assertThat(check(signed())).isInstanceOf(Found.class);
        assertThat(read).as("its options and itself").hasValue(2);
    }

    @Test
    void aKeyOfAnotherHostIsNotAskedFor() {
        ObjectNode document = signed();
        signature(document).put("creator", "https://evil.example/key");
        refusedUnread(document);
        assertThat(net.requests).isEmpty();
    }

    @Test
    void anOldSignatureEndsItBeforeAnybodyIsAsked() {
        ObjectNode document = signed();
        clock.advance(Duration.ofDays(3));
        refusedUnread(document);
        assertThat(net.requests).isEmpty();
    }

    @Test
    void whatIsNoSignatureByItsLengthEndsItBeforeAnybodyIsAsked() {
        for (String value : new String[] {"", "AAAA", "A".repeat(4_000), "%%%"}) {
            ObjectNode document = signed();
            signature(document).put("signatureValue", value);
            refusedUnread(document);
        }
        assertThat(net.requests).isEmpty();
    }

    @Test
    void aDocumentThatIsTooMuchEndsItBeforeAnybodyIsAsked() {
        ObjectNode document = signed();
        var tags = document.putArray("tag");
        for (int i = 0; i < 3_001; i++) {
            tags.add("https://t.example/" + i);
        }
        refusedUnread(document);
        ObjectNode longer = signed();
        longer.put("content", "x".repeat(100_000));
        refusedUnread(longer);
        assertThat(net.requests).isEmpty();
    }

    @Test
    void aKeyThatIsNotTheActorsEndsItUnread() {
        var bob = new RemoteServer("social.example", "bob").on(net);
        ObjectNode document = signed();
        signature(document).put("creator", bob.keyId());
        refusedUnread(document);
    }

    @Test
    void aKeyThatIsNotThereEndsItUnread() {
        net.fix(alice.actor(), HttpReply.of(404));
        assertThat(check(signed())).isInstanceOf(Missing.class);
        net.fail(alice.actor(), Failure.TIMEOUT);
        clock.advance(Duration.ofMinutes(2));
        assertThat(check(signed())).isInstanceOf(Unavailable.class);
        assertThat(read).hasValue(0);
    }
}
