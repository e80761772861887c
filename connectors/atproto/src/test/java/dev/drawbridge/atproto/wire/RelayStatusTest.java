package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.OutboundHttp.Failure;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayStatusTest {
    private static final String ONE = "GET https://one.test/xrpc/com.atproto.sync.getHostStatus?hostname=at.bridge.org";
    private static final String TWO = "GET https://two.test/xrpc/com.atproto.sync.getHostStatus?hostname=at.bridge.org";
    private final FakeWeb web = new FakeWeb();
    private final RelayStatus status = new RelayStatus(
            List.of(URI.create("https://one.test"), URI.create("https://two.test/")), "at.bridge.org", web);

    @Test
    void theHighestNumberOfAllRelaysCounts() {
        web.has(ONE, 200, "{\"hostname\":\"at.bridge.org\",\"seq\":17,\"status\":\"active\"}");
        web.has(TWO, 200, "{\"hostname\":\"at.bridge.org\",\"seq\":23,\"accountCount\":4,\"status\":\"idle\"}");
        assertThat(status.highestSeen()).hasValue(23);
        assertThat(status.troubles(23)).isEmpty();
        assertThat(status.troubles(22))
                .singleElement()
                .asString()
                .contains("https://two.test", "23", "22", "not the newest");
    }

    @Test
    void whoDoesNotKnowUsOrDoesNotAnswerSaysNothing() {
        web.has(ONE, 400, "{\"error\":\"HostNotFound\",\"message\":\"no\"}");
        web.fails(TWO, Failure.UNREACHABLE);
        assertThat(status.highestSeen()).isEmpty();
        assertThat(status.silent()).containsExactly(URI.create("https://two.test/"));
        web.has(TWO, 200, "{\"seq\":-5,\"status\":7}");
        assertThat(status.highestSeen()).isEmpty();
        assertThat(status.silent()).isEmpty();
        assertThat(status.troubles(0)).isEmpty();
    }

    @Test
    void theOperatorLearnsWhoDoesNotCarryUs() {
        web.has(ONE, 200, "{\"seq\":1,\"accountCount\":101,\"status\":\"throttled\"}");
        web.has(TWO, 200, "{\"seq\":1,\"status\":\"banned\"}");
        status.look();
        assertThat(status.troubles(1))
                .satisfiesExactly(
                        one -> assertThat(one).contains("throttled", "101 accounts", "at.bridge.org"),
                        two -> assertThat(two).contains("banned"));
    }
}
