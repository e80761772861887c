package dev.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.InstanceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InstanceStatusTest {
    private final VirtualClock clock = new VirtualClock();
    private final AtomicInteger looks = new AtomicInteger();
    private Runnable meanwhile = () -> {};
    private final InstanceStatus status = new InstanceStatus(
            Watched.ports(new InMemoryConsents(), new InMemoryCrossings()),
            new Connectors(List.of()),
            () -> {
                if (looks.incrementAndGet() == 2) {
                    meanwhile.run();
                }
                return Map.of();
            },
            clock);

    @Test
    void whileOneLooksTheOthersGetWhatWasSeenLast() {
        InstanceStatus.Snapshot before = status.now();
        clock.advance(Duration.ofSeconds(6));
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            meanwhile = () -> assertThat(CompletableFuture.supplyAsync(status::now, others)
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join())
                    .isEqualTo(before);
            assertThat(status.now().at()).isEqualTo(clock.instant());
        }
        assertThat(looks).hasValue(2);
    }

    @Test
    void aLookThatFailedIsTriedAgain() {
        status.now();
        clock.advance(Duration.ofSeconds(6));
        meanwhile = () -> {
            throw new IllegalStateException("no answer");
        };
        assertThatThrownBy(status::now).hasMessage("no answer");
        assertThat(status.now().at()).isEqualTo(clock.instant());
    }
}
