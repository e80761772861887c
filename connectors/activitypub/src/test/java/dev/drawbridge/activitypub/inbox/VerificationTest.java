package dev.drawbridge.activitypub.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.signature.Generation;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.store.PendingRequest;
import dev.drawbridge.activitypub.store.PendingRequests;
import dev.drawbridge.activitypub.support.CaptiveBackground;
import dev.drawbridge.model.port.StoreUnavailableException;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What happens to requests that cannot be judged at all.
@ExtendWith(TestMongo.class)
class VerificationTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private final VirtualClock clock = new VirtualClock(NOON);
    private final CaptiveBackground background = new CaptiveBackground();

    private PendingRequests failing(MongoDatabase database, RuntimeException failure) {
        var store = new PendingRequests(database);
        var verification = new Verification(
                store,
                () -> background,
                clock,
                _ -> {
                    throw failure;
                },
                Lanes.Bounds.USUAL);
        verification.start();
        var claim = new Claimed(
                Generation.CAVAGE, "https://a.example/key", Optional.empty(), List.of(new byte[1]), new byte[1]);
        assertThat(verification.take(new PendingRequest(
                        "1", "lane", "a.example", claim, new byte[3], Optional.empty(), NOON, 0, NOON)))
                .isTrue();
        background.run();
        for (int hour = 0; hour < 22; hour++) {
            clock.advance(Duration.ofHours(1));
            background.pulse();
        }
        assertThat(store.find("1")).as("for a day it is tried").isPresent();
        for (int hour = 0; hour < 5; hour++) {
            clock.advance(Duration.ofHours(1));
            background.pulse();
        }
        assertThat(verification.waits("lane")).isEqualTo(store.find("1").isPresent());
        return store;
    }

    @Test
    void whatCannotBeJudgedIsGivenUpAfterADay(MongoDatabase database) {
        assertThat(failing(database, new IllegalStateException("a bug")).find("1"))
                .isEmpty();
    }

    @Test
    void whatWaitsForTheStoreIsNotGivenUp(MongoDatabase database) {
        assertThat(failing(database, new StoreUnavailableException("down", new IllegalStateException()))
                        .find("1"))
                .isPresent();
    }
}
