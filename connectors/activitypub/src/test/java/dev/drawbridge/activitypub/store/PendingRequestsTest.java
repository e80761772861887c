package dev.drawbridge.activitypub.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.signature.Generation;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.store.PendingRequest.Waiting;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.testkit.TestMongo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class PendingRequestsTest {
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
    private PendingRequests pending;

    @BeforeEach
    void open(MongoDatabase database) {
        pending = new PendingRequests(database);
    }

    private static PendingRequest request(String id, Instant next, Optional<SignatureScheme> scheme) {
        var claim = new Claimed(
                Generation.RFC9421, "https://a.example/k", scheme, List.of(new byte[] {1}, new byte[] {2}), new byte[] {
                    3
                });
        return new PendingRequest(
                id, "lane", "a.example", claim, new byte[] {4, 5}, Optional.of("followers"), T0, 1, next);
    }

    @Test
    void whatIsKeptComesBackWhole() {
        for (var scheme : List.of(Optional.of(SignatureScheme.ED25519), Optional.<SignatureScheme>empty())) {
            pending.add(request("id" + scheme, T0, scheme));
            var found = pending.find("id" + scheme).orElseThrow();
            assertThat(found.waiting())
                    .isEqualTo(request("id" + scheme, T0, scheme).waiting());
            assertThat(found.body()).containsExactly(4, 5);
            assertThat(found.followers()).contains("followers");
            assertThat(found.claim().generation()).isEqualTo(Generation.RFC9421);
            assertThat(found.claim().keyId()).isEqualTo("https://a.example/k");
            assertThat(found.claim().scheme()).isEqualTo(scheme);
            assertThat(found.claim().messages()).containsExactly(new byte[] {1}, new byte[] {2});
            assertThat(found.claim().signature()).containsExactly(3);
        }
    }

    @Test
    void theFirstOfTwoWithOneIdStays() {
        pending.add(request("one", T0, Optional.empty()));
        pending.add(request("one", T0.plusSeconds(1), Optional.empty()));
        assertThat(pending.count()).isEqualTo(1);
        assertThat(pending.find("one").orElseThrow().next()).isEqualTo(T0);
    }

    @Test
    void anAttemptIsMadeByOneOnly() {
        pending.add(request("one", T0, Optional.empty()));
        Instant lease = T0.plus(Duration.ofMinutes(5));
        assertThat(pending.claim("one", 1, lease)).isTrue();
        assertThat(pending.claim("one", 1, lease)).isFalse();
        assertThat(pending.find("one").orElseThrow().waiting())
                .isEqualTo(new Waiting("one", "lane", "a.example", 2, T0, 2, lease));
        assertThat(pending.claim("nothing", 1, lease)).isFalse();
    }

    @Test
    void whatIsDueIsFoundOldestFirst() {
        pending.add(request("late", T0.plusSeconds(2), Optional.empty()));
        pending.add(request("early", T0.plusSeconds(1), Optional.empty()));
        pending.add(request("not yet", T0.plusSeconds(9), Optional.empty()));
        assertThat(pending.dueBefore(T0.plusSeconds(5), 10))
                .extracting(Waiting::id)
                .containsExactly("early", "late");
        assertThat(pending.dueBefore(T0.plusSeconds(5), 1))
                .extracting(Waiting::id)
                .containsExactly("early");
        pending.postpone("early", T0.plusSeconds(9));
        pending.remove("late");
        assertThat(pending.dueBefore(T0.plusSeconds(5), 10)).isEmpty();
        assertThat(pending.count()).isEqualTo(2);
    }
}
