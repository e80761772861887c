package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.wire.HostClient;
import dev.drawbridge.atproto.wire.RelayStatus;
import dev.drawbridge.atproto.wire.Relays;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpkeepTest extends AtprotoConnectorFixture {
    private static final URI RELAY = URI.create("https://relay.test");
    private static final String HOST =
            "GET https://relay.test/xrpc/com.atproto.sync.getHostStatus?hostname=at.bridge.org";

    UpkeepTest(MongoDatabase database) {
        super(database);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Timeout(30)
    void aRelayThatNeverAnswersHoldsNothingUp(boolean aboutTheHost) {
        String did = made(alice()).id().value();
        CountDownLatch never = new CountDownLatch(1);
        RelayStatus status = new RelayStatus(List.of(RELAY), "at.bridge.org", web.web);
        web.web.has(HOST, 200, "{\"seq\":4,\"accountCount\":1,\"status\":\"active\"}");
        status.look();
        web.web.hangs(
                aboutTheHost
                        ? HOST
                        : "GET https://relay.test/xrpc/com.atproto.sync.getRepoStatus?did=" + did.replace(":", "%3A"),
                never);
        Relays relays = new Relays(List.of(RELAY), "at.bridge.org", new HostClient(web.web), pds.clock);
        Upkeep upkeep = new Upkeep(
                pds.store,
                pds.blobs,
                status,
                new RelayCare(pds.store, status, relays, () -> 1, pds.clock),
                new AccountUpkeep(pds.store, pds.blobs, changes(List.of()), Duration.ofDays(30), pds.clock),
                movesOut(),
                () -> {},
                Duration.ofHours(96),
                pds.clock);
        pds.clock.advance(Duration.ofHours(2));
        try {
            upkeep.once();
            upkeep.once();
            assertThat(pds.store.sequencer().trouble()).isEmpty();
        } finally {
            upkeep.stop();
            never.countDown();
        }
    }
}
