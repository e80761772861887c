package dev.drawbridge.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jms.connection.CachingConnectionFactory;

@Timeout(180)
class InboxQueueTest {
    @TempDir
    Path folder;

    @Test
    void whatWasPutIsThereAfterARestartInOrder() {
        try (var broker = EmbeddedBroker.start(folder);
                var queue = new InboxQueue(new CachingConnectionFactory(broker.connectionFactory()))) {
            for (int i = 10; i < 60; i++) {
                Journal.put(queue, "a group", "number " + i);
            }
        }
        try (var broker = EmbeddedBroker.start(folder)) {
            assertThat(Journal.receive(broker.connectionFactory())).hasSize(50).isSorted();
        }
    }

    @Test
    void whatTheBrokerDoesNotTakeIsTold() {
        try (var broker = EmbeddedBroker.start(folder, Long.MAX_VALUE);
                var queue = new InboxQueue(new CachingConnectionFactory(broker.connectionFactory()))) {
            while (broker.trouble().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> Journal.put(queue, "a group", "no room"))
                    // By this the stages know that it is nobody's fault but the broker's.
                    .satisfies(e -> assertThat(Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause))
                            .anyMatch(JMSException.class::isInstance));
        }
        try (var broker = EmbeddedBroker.start(folder)) {
            assertThat(Journal.receive(broker.connectionFactory())).isEmpty();
        }
    }

    @Test
    void aBrokerThatIsGoneIsToldAndNobodyWaitsForIt() {
        var broker = EmbeddedBroker.start(folder);
        try (var queue = new InboxQueue(new CachingConnectionFactory(broker.connectionFactory()))) {
            Journal.put(queue, "a group", "in time");
            broker.close();
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> Journal.put(queue, "a group", "too late"));
        }
    }
}
