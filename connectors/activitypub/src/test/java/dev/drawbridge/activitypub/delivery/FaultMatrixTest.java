package dev.drawbridge.activitypub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.support.RudeServer;
import dev.drawbridge.activitypub.support.RudeServer.Manner;
import dev.drawbridge.engine.RetryPolicy;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Crossings.State;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever an inbox answers or does not answer, and what becomes of the post.
@ExtendWith(TestMongo.class)
class FaultMatrixTest {
    private static final String INBOX = "https://social.example/inbox";
    private static final Duration STEP = Duration.ofSeconds(5);
    private Shores shores;
    private NativeId nora;
    private final List<RudeServer> servers = new ArrayList<>();

    @BeforeEach
    void start(MongoDatabase database) {
        shores = new Shores(database);
        nora = shores.author("nora");
        shores.follower(nora, "https://social.example/users/alice", INBOX);
        shores.net.fix(INBOX, HttpReply.of(202));
    }

    @AfterEach
    void closeServers() {
        servers.forEach(RudeServer::close);
    }

    private void fault(String fault) {
        if (fault.equals("reset") || fault.equals("timed_out")) {
            var server = fault.equals("reset")
                    ? new RudeServer(Manner.RESET, Duration.ofSeconds(30))
                    : new RudeServer(Manner.SILENT, Duration.ofMillis(20));
            servers.add(server);
            shores.net.forget(INBOX);
            shores.net.serve("social.example", server);
        } else if (fault.matches("\\d+")) {
            shores.net.fix(INBOX, HttpReply.text(Integer.parseInt(fault), "because"));
        } else {
            shores.net.fail(INBOX, Failure.valueOf(fault.toUpperCase(Locale.ROOT)));
        }
    }

    /// Lets time pass and notes when the inbox was asked.
    private List<Instant> attempts(Duration time) {
        List<Instant> times = new ArrayList<>();
        long seen = shores.net.asked(INBOX);
        for (Instant end = shores.clock.instant().plus(time);
                shores.clock.instant().isBefore(end); ) {
            shores.engine.after(STEP);
            for (long now = shores.net.asked(INBOX); seen < now; seen++) {
                times.add(shores.clock.instant());
            }
        }
        return times;
    }

    private List<Crossings.Crossing> toInbox() {
        return shores.ports.crossings().newest(1000).stream()
                .filter(c -> c.id().endsWith(INBOX) && c.activity().equals("Publish"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "401",
                "408",
                "425",
                "429",
                "500",
                "502",
                "503",
                "504",
                "unreachable",
                "timeout",
                "tls",
                "unknown_host",
                // on real sockets
                "reset",
                "timed_out"
            })
    void whatMayGetBetterIsTriedForDaysAndThenKept(String fault) {
        fault(fault);
        Instant begin = shores.clock.instant();
        shores.post(nora, "hello");
        shores.engine.settle();
        assertThat(toInbox()).extracting(Crossings.Crossing::state).containsExactly(State.WAITING);

        // A refusal is answered at once by a knock with the other kind of signature, not every time.
        List<Instant> times =
                attempts(Shores.PATIENCE.plusHours(2)).stream().distinct().toList();

        assertThat(times.getFirst())
                .isBetween(begin.plusSeconds(8), begin.plusSeconds(12).plus(STEP));
        assertThat(times.getLast()).isAfterOrEqualTo(begin.plus(Shores.PATIENCE));
        assertThat(times).as("doubling to an hour, then hourly for three days").hasSizeBetween(70, 105);
        for (int i = 4; i < times.size(); i++) {
            Duration gap = Duration.between(times.get(i - 1), times.get(i));
            Duration before = Duration.between(times.get(i - 2), times.get(i - 1));
            assertThat(gap)
                    .isLessThanOrEqualTo(
                            Shores.LONGEST.multipliedBy(6).dividedBy(5).plus(STEP));
            assertThat(gap).isLessThanOrEqualTo(before.multipliedBy(4));
        }
        assertThat(shores.ports.parking().count()).isZero();
        assertThat(shores.ports.deadLetters().newest(9))
                .extracting(DeadLetters.DeadLetter::destination)
                .containsExactly("activitypub|" + INBOX);
        assertThat(toInbox()).extracting(Crossings.Crossing::state).containsExactly(State.GIVEN_UP);
        assertThat(toInbox().getFirst().reason()).containsIgnoringCase(fault.equals("timed_out") ? "TIMEOUT" : fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "301",
                "400",
                "403",
                "404",
                "405",
                "406",
                "410",
                "413",
                "415",
                "422",
                "501",
                "forbidden_address",
                "too_large"
            })
    void whatWillNotGetBetterIsDroppedWithItsReason(String fault) {
        fault(fault);
        shores.post(nora, "hello");
        shores.engine.settle();
        assertThat(attempts(Duration.ofDays(4))).isEmpty();
        // What may be a word about the signature is answered by one with the other kind.
        assertThat(shores.net.asked(INBOX)).isEqualTo(fault.matches("400|403") ? 2 : 1);
        assertThat(toInbox()).extracting(Crossings.Crossing::state).containsExactly(State.REFUSED);
        assertThat(toInbox().getFirst().reason()).contains(INBOX).containsIgnoringCase(fault);
        assertThat(shores.ports.deadLetters().count()).isZero();
        shores.net.fix(INBOX, HttpReply.of(202));
        shores.post(nora, "next");
        shores.engine.settle();
        assertThat(shores.sentTo(INBOX).stream().distinct()).containsExactly("Create hello", "Create next");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | 7200 | PT2H",
                "503 | Sun, 01 Mar 2026 13:30:00 GMT | PT1H30M",
                "503 | 1 | PT8S",
                "503 | 99999999 | PT24H",
                "503 | Sat, 01 Mar 2036 13:30:00 GMT | PT24H",
            })
    void aPauseThatIsAskedForIsKept(int status, String retryAfter, Duration pause) {
        assertThat(shores.clock.instant()).isEqualTo("2026-03-01T12:00:00Z");
        shores.net.fix(INBOX, HttpReply.of(status).with("Retry-After", retryAfter));
        Instant begin = shores.clock.instant();
        shores.post(nora, "hello");
        shores.engine.settle();
        shores.net.fix(INBOX, HttpReply.of(202));
        List<Instant> times = attempts(Duration.ofDays(2));
        assertThat(times).hasSize(1);
        assertThat(Duration.between(begin, times.getFirst()))
                .isBetween(pause, pause.plusSeconds(4).plus(STEP));
    }

    @Test
    void thePauseAlsoCountsForALaterAttempt() {
        fault("503");
        shores.post(nora, "hello");
        shores.engine.settle();
        shores.net.fix(INBOX, HttpReply.of(429).with("Retry-After", "7200"));
        assertThat(attempts(Duration.ofMinutes(119))).hasSize(1);
        shores.net.fix(INBOX, HttpReply.of(202));
        assertThat(attempts(Duration.ofMinutes(3))).hasSize(1);
    }

    @Test
    void everythingKeepsItsOrderWhileAServerIsDown() {
        fault("503");
        shores.post(nora, "one");
        NativeId two = shores.post(nora, "two");
        shores.engine.settle();
        shores.edit(nora, two, "two, better");
        shores.post(nora, "three");
        shores.engine.settle();
        shores.net.fix(INBOX, HttpReply.of(202));
        shores.net.requests.clear();
        attempts(Duration.ofMinutes(5));
        assertThat(shores.sentTo(INBOX))
                .containsExactly("Create one", "Create two", "Update two, better", "Create three");
    }

    @Test
    void aDeleteFollowsAPostThatMayHaveArrivedAndNothingComesAfterIt() {
        fault("timeout");
        NativeId post = shores.post(nora, "oops");
        shores.engine.settle();
        shores.delete(nora, post);
        shores.engine.settle();
        assertThat(shores.sentTo(INBOX)).containsExactly("Create oops");
        shores.net.fix(INBOX, HttpReply.of(202));
        attempts(Duration.ofMinutes(5));
        assertThat(shores.sentTo(INBOX)).containsExactly("Create oops", "Delete");
    }

    @Test
    void aServerThatIsDownIsAskedOncePerTurnHoweverMuchWaits() {
        fault("unreachable");
        for (int i = 0; i < 200; i++) {
            shores.post(nora, "post " + i);
            shores.engine.settle();
        }
        assertThat(shores.net.asked(INBOX)).isEqualTo(1);
        assertThat(attempts(Duration.ofHours(1))).hasSizeLessThan(12);
        shores.net.fix(INBOX, HttpReply.of(202));
        shores.net.requests.clear();
        attempts(Duration.ofMinutes(80));
        assertThat(shores.sentTo(INBOX)).hasSize(200).startsWith("Create post 0", "Create post 1");
    }

    @Test
    void whatIsOutOfTimeIsGivenUpUnasked() {
        fault("unreachable");
        for (int i = 0; i < 50; i++) {
            shores.post(nora, "post " + i);
            shores.engine.settle();
        }
        int asked = attempts(Shores.PATIENCE.plusHours(2)).size();
        assertThat(asked).isLessThan(105);
        assertThat(shores.ports.deadLetters().count()).isEqualTo(50);
        assertThat(shores.ports.parking().count()).isZero();
    }

    @Test
    void otherServersAreNotHeldUp() {
        String other = "https://other.example/inbox";
        shores.follower(nora, "https://other.example/users/bob", other);
        shores.net.fix(other, HttpReply.of(202));
        fault("timeout");
        shores.post(nora, "one");
        shores.post(nora, "two");
        shores.engine.settle();
        assertThat(shores.sentTo(other)).containsExactly("Create one", "Create two");
        assertThat(shores.net.asked(INBOX)).isEqualTo(1);
    }

    @Test
    void delaysAreSpreadByTheGivenRandomness() {
        RetryPolicy one = RetryPolicy.exponential(Shores.FIRST, Shores.LONGEST, Shores.PATIENCE, new Random(1));
        RetryPolicy same = RetryPolicy.exponential(Shores.FIRST, Shores.LONGEST, Shores.PATIENCE, new Random(1));
        RetryPolicy other = RetryPolicy.exponential(Shores.FIRST, Shores.LONGEST, Shores.PATIENCE, new Random(2));
        List<Duration> delays = new ArrayList<>();
        for (int attempt = 1; attempt <= 200; attempt++) {
            Duration delay = one.next(attempt, Duration.ZERO).orElseThrow();
            assertThat(same.next(attempt, Duration.ZERO)).contains(delay);
            delays.add(delay);
        }
        assertThat(other.next(1, Duration.ZERO)).isNotEqualTo(delays.getFirst());
        assertThat(delays.getFirst()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
        assertThat(delays.subList(10, 200))
                .allSatisfy(d -> assertThat(d).isBetween(Duration.ofMinutes(48), Duration.ofMinutes(72)));
        assertThat(delays).doesNotHaveDuplicates();
        assertThat(one.next(1, Shores.PATIENCE)).isEmpty();
    }
}
