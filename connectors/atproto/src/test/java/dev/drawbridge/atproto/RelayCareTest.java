package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.RelayLimits;
import dev.drawbridge.atproto.wire.FakeWeb;
import dev.drawbridge.atproto.wire.HostClient;
import dev.drawbridge.atproto.wire.RelayStatus;
import dev.drawbridge.atproto.wire.Relays;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.Finding;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class RelayCareTest {
    private static final URI RELAY = URI.create("https://relay.test");
    private static final String HOST =
            "GET https://relay.test/xrpc/com.atproto.sync.getHostStatus?hostname=at.bridge.org";

    private final TestPds pds;
    private final FakeWeb web = new FakeWeb();
    private final RelayStatus status = new RelayStatus(List.of(RELAY), "at.bridge.org", web);
    private final RelayCare care;
    private final RelayReport report;
    private final Did alice;

    RelayCareTest(MongoDatabase database) {
        pds = new TestPds(database, new RelayLimits(Optional.empty(), Optional.of(8L), Optional.empty(), 2));
        // nobody is asked to crawl while somebody reads
        care = new RelayCare(
                pds.store,
                status,
                new Relays(List.of(RELAY), "at.bridge.org", new HostClient(web), pds.clock),
                () -> 1,
                pds.clock);
        report = new RelayReport(
                pds.store,
                status,
                care,
                new InstanceInfo(
                        URI.create("https://at.bridge.org"),
                        "bridge.org",
                        "drawbridge",
                        "1",
                        "mailto:ops@bridge.org",
                        false));
        alice = pds.account("alice");
        web.has(HOST, 200, "{\"seq\":4,\"accountCount\":1,\"status\":\"active\"}");
        status.look();
    }

    private void says(String answer) {
        says(200, answer);
    }

    private void says(int code, String answer) {
        web.has(about(alice), code, answer);
    }

    private static String about(Did did) {
        return "GET https://relay.test/xrpc/com.atproto.sync.getRepoStatus?did="
                + did.value().replace(":", "%3A");
    }

    private void exhausted() {
        for (int i = 0; pds.store.sequencer().budget().allows(); i++) {
            pds.post(alice, "p" + i, "text");
        }
    }

    private void anHourLater() {
        pds.clock.advance(Duration.ofHours(1));
        care.step();
    }

    private List<SyncEvent> said(int before) {
        return pds.store.sequencer().read(0, 1000).stream()
                .skip(before)
                .map(stored -> ((Frame.Event) FrameCodec.decode(stored.frame())).event())
                .toList();
    }

    @Test
    void whomARelayCarriesIsNoNews() {
        says("{\"did\":\"x\",\"active\":true}");
        care.step();
        assertThat(care.missing(RELAY)).isEmpty();
        assertThat(report.troubles()).isEmpty();
        assertThat(said(4)).isEmpty();
        int asked = web.requests.size();
        care.step();
        assertThat(web.requests).as("once an hour").hasSize(asked);
    }

    @Test
    void whoIsThrottledIsShownToTheOperatorAndAnnouncedOnceTheRelayTakesThem() {
        says("{\"did\":\"x\",\"active\":false,\"status\":\"throttled\"}");
        care.step();
        anHourLater();
        assertThat(care.missing(RELAY)).isEqualTo(Map.of("throttled", 1));
        assertThat(report.troubles())
                .containsExactly("the relay https://relay.test does not carry 1 account (1 throttled)");
        assertThat(said(4)).as("of no use").isEmpty();
        says("{\"did\":\"x\",\"active\":true}");
        anHourLater();
        assertThat(care.missing(RELAY)).isEmpty();
        assertThat(said(4))
                .hasExactlyElementsOfTypes(
                        dev.drawbridge.atproto.record.sync.IdentityEvent.class,
                        dev.drawbridge.atproto.record.sync.AccountEvent.class,
                        dev.drawbridge.atproto.record.sync.RepoSyncEvent.class);
    }

    @Test
    void whoWasMissedOrIsTakenForClosedIsAnnouncedOnceADay() {
        says(404, "{\"error\":\"RepoNotFound\",\"message\":\"account not found\"}");
        care.step();
        assertThat(care.missing(RELAY)).isEqualTo(Map.of("unknown", 1));
        assertThat(said(4)).hasSize(3);
        says("{\"did\":\"x\",\"active\":false,\"status\":\"deactivated\"}");
        anHourLater();
        assertThat(said(4)).hasSize(3);
        pds.clock.advance(Duration.ofHours(23));
        care.step();
        assertThat(said(4)).hasSize(6);
    }

    @Test
    void aRelayThatDoesNotAnswerOrSaysNonsenseChangesNothing() {
        web.fails(about(alice), Failure.UNREACHABLE);
        care.step();
        assertThat(care.missing(RELAY)).isEmpty();
        says("{\"active\":\"yes\",\"status\":\"<b>Call me</b>\"}");
        anHourLater();
        assertThat(care.missing(RELAY)).isEqualTo(Map.of("inactive", 1));
        assertThat(said(4)).isEmpty();
    }

    @Test
    void aRelayThatDoesNotLetUsAskIsNoReasonToAnnounceAnybody() {
        for (int code : List.of(400, 401, 403, 404, 405)) {
            says(code, code == 400 ? "{\"error\":\"InvalidRequest\"}" : "<html>no</html>");
            anHourLater();
        }
        says("not an object");
        anHourLater();
        assertThat(web.requests).filteredOn(about(alice)::equals).hasSize(6);
        assertThat(care.missing(RELAY)).isEmpty();
        assertThat(said(4)).isEmpty();
    }

    @Test
    void nobodyIsAnnouncedAnewWhileRelaysTakeNoMore() {
        says("{\"did\":\"x\",\"active\":false,\"status\":\"desynchronized\"}");
        exhausted();
        int before = said(0).size();
        care.step();
        assertThat(said(before)).isEmpty();
        says("{\"did\":\"x\",\"active\":true}");
        pds.clock.advance(Duration.ofHours(2));
        exhausted();
        int later = said(0).size();
        care.step();
        assertThat(care.missing(RELAY)).isEmpty();
        assertThat(said(later)).isEmpty();
        pds.clock.advance(Duration.ofHours(2));
        care.step();
        assertThat(said(later)).as("it is not forgotten").hasSize(3);
    }

    @Test
    void aRelayThatDidNotAnswerLatelyIsNotAskedAboutAccounts() {
        says("{\"did\":\"x\",\"active\":false,\"status\":\"throttled\"}");
        web.fails(HOST, Failure.UNREACHABLE);
        status.look();
        care.step();
        assertThat(web.requests).doesNotContain(about(alice));
        web.has(HOST, 200, "{\"seq\":4,\"accountCount\":1,\"status\":\"active\"}");
        status.look();
        anHourLater();
        assertThat(web.requests).contains(about(alice));
    }

    @Test
    void aRelayThatKnowsNothingOfThisHostIsNotAskedAboutItsAccounts() {
        web.has(HOST, 404, "");
        status.look();
        int asked = web.requests.size();
        care.step();
        assertThat(web.requests).hasSize(asked);
        assertThat(care.missing(RELAY)).isEmpty();
    }

    @Test
    void whoIsClosedHereIsNobodysConcern() {
        pds.store.repositories().close(alice, "deactivated");
        care.step();
        assertThat(web.requests).containsExactly(HOST);
    }

    @Test
    void theOperatorIsGivenTheWordsToSend() {
        web.has(HOST, 200, "{\"seq\":4,\"accountCount\":101,\"status\":\"throttled\"}");
        Finding relay = report.examine().getFirst();
        assertThat(relay.mark()).isEqualTo(Finding.Mark.BAD);
        assertThat(relay.text()).contains("throttled", "101 accounts", "event 4 of 4");
        assertThat(relay.advice())
                .contains("\"Please raise the limits of the host at.bridge.org.", "1 accounts", "ops@bridge.org");
        web.has(HOST, 200, "{\"seq\":4,\"accountCount\":1,\"status\":\"active\"}");
        assertThat(report.examine()).extracting(Finding::mark).containsOnly(Finding.Mark.GOOD);
        web.has(HOST, 400, "{\"error\":\"HostNotFound\"}");
        assertThat(report.examine().getFirst().text()).contains("knows nothing of at.bridge.org");
    }

    @Test
    void whatIsUsedUpIsSaid() {
        web.has(HOST, 200, "{\"seq\":4,\"accountCount\":1,\"status\":\"active\"}");
        pds.account("bob");
        assertThat(report.troubles())
                .singleElement()
                .asString()
                .startsWith("relays take 2 accounts, and there are 2: nobody else gets one.");
        assertThat(report.examine())
                .filteredOn(finding -> finding.mark() != Finding.Mark.GOOD)
                .extracting(Finding::subject)
                .containsExactly("accounts relays take", "events of an hour");
        pds.store
                .writer()
                .write(
                        pds.store.accounts().byDid(alice).orElseThrow(),
                        List.of(new dev.drawbridge.atproto.record.repo.RepoWrite.Put(
                                dev.drawbridge.atproto.record.syntax.RepoPath.parse("app.bsky.feed.post/a"),
                                dev.drawbridge.atproto.record.cbor.DataMap.builder()
                                        .put("$type", "app.bsky.feed.post")
                                        .build())));
        assertThat(report.troubles()).anySatisfy(trouble -> assertThat(trouble).startsWith("1 writes wait since"));
    }
}
