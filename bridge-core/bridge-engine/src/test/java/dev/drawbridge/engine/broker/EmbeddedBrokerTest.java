package dev.drawbridge.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EmbeddedBrokerTest {
    @TempDir
    Path folder;

    @Test
    void whatWasSentIsThereAfterEveryRestart() {
        for (int restart = 0; restart < 3; restart++) {
            try (var broker = EmbeddedBroker.start(folder)) {
                assertThat(broker.depth("inbox")).isEqualTo(OptionalLong.of(restart * 2L));
                Journal.send(broker.connectionFactory(), "a" + restart, "b" + restart);
            }
        }
        try (var broker = EmbeddedBroker.start(folder)) {
            assertThat(broker.trouble()).isEmpty();
            assertThat(Journal.receive(broker.connectionFactory())).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
        }
        try (var broker = EmbeddedBroker.start(folder)) {
            assertThat(broker.depth("inbox")).isEqualTo(OptionalLong.of(0));
        }
    }

    @Test
    void whatWasTakenWithoutACommitIsThereAfterARestart() {
        try (var broker = EmbeddedBroker.start(folder)) {
            Journal.send(broker.connectionFactory(), "one", "two");
            JMSContext context = broker.connectionFactory().createContext(JMSContext.SESSION_TRANSACTED);
            var consumer = context.createConsumer(context.createQueue("inbox"));
            assertThat(consumer.receiveBody(String.class, 5000)).isEqualTo("one");
            context.createProducer().send(context.createQueue("outbox"), "never committed");
        }
        try (var broker = EmbeddedBroker.start(folder)) {
            assertThat(Journal.receive(broker.connectionFactory())).containsExactly("one", "two");
            assertThat(broker.depth("outbox")).isEqualTo(OptionalLong.of(0));
        }
    }

    @Test
    void nothingThatWasAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
        List<String> sent = sentUntilKilled("send");
        assertThat(received()).startsWith(sent.toArray(String[]::new));
    }

    @Test
    void nothingThatACrowdWasToldIsDurableIsLostWhenTheProcessIsKilled() throws Exception {
        List<String> sent = sentUntilKilled("crowd");
        List<String> received = received();
        assertThat(received).containsAll(sent).doesNotHaveDuplicates();
        assertThat(received.stream().filter(s -> s.startsWith("3:")).toList())
                .isSortedAccordingTo(java.util.Comparator.comparing(s -> Integer.parseInt(s.substring(2))));
    }

    private List<String> sentUntilKilled(String how) throws Exception {
        Process sender = java(how);
        List<String> sent = new ArrayList<>();
        try (var lines = new BufferedReader(new InputStreamReader(sender.getInputStream()))) {
            String line = lines.readLine();
            while (line != null) {
                if (line.startsWith("sent ")) {
                    sent.add(line.substring("sent ".length()));
                }
                if (sent.size() == 300) {
                    sender.toHandle().destroyForcibly();
                }
                line = lines.readLine();
            }
        }
        assertThat(sender.waitFor()).isNotZero();
        assertThat(sent).hasSizeGreaterThanOrEqualTo(300);
        return sent;
    }

    private List<String> received() throws Exception {
        // In a process of its own, so that it runs without the flags of the test's.
        Process receiver = java("receive");
        List<String> output;
        try (var lines = new BufferedReader(new InputStreamReader(receiver.getInputStream()))) {
            output = lines.lines().toList();
        }
        assertThat(receiver.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).endsWith("done");
        return output.stream()
                .filter(line -> line.startsWith("received "))
                .map(line -> line.substring("received ".length()))
                .toList();
    }

    @Test
    void aFolderBelongsToOneBroker() {
        try (var _ = EmbeddedBroker.start(folder)) {
            assertThatExceptionOfType(BrokerUnavailableException.class)
                    .isThrownBy(() -> EmbeddedBroker.start(folder))
                    .withMessage("another instance is using " + folder.toAbsolutePath());
        }
        EmbeddedBroker.start(folder).close();
    }

    @Test
    void aFolderThatCannotBeUsedIsSaidInASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> EmbeddedBroker.start(file))
                .withMessageContaining("cannot be used");
    }

    @Test
    void aDamagedJournalIsNotAnEmptyOne() throws IOException {
        try (var broker = EmbeddedBroker.start(folder)) {
            Journal.send(broker.connectionFactory(), "precious");
        }
        try (var files = Files.list(folder.resolve("bindings"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".bindings")).toList()) {
                Files.write(file, new byte[(int) Files.size(file)]);
            }
        }
        try (var files = Files.list(folder.resolve("journal"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".amq")).toList()) {
                Files.write(file, "garbage garbage garbage".repeat(1000).getBytes());
            }
        }
        assertThatExceptionOfType(BrokerUnavailableException.class).isThrownBy(() -> EmbeddedBroker.start(folder));
    }

    @Test
    void aFullDiskIsToldAndNothingIsTaken() {
        try (var broker = EmbeddedBroker.start(folder, Long.MAX_VALUE)) {
            while (broker.trouble().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(broker.trouble())
                    .hasValueSatisfying(trouble -> assertThat(trouble).contains("too full"));
            assertThatExceptionOfType(JMSRuntimeException.class)
                    .isThrownBy(() -> Journal.send(broker.connectionFactory(), "no room"));
        }
        try (var broker = EmbeddedBroker.start(folder)) {
            assertThat(broker.trouble()).isEmpty();
            assertThat(Journal.receive(broker.connectionFactory())).isEmpty();
        }
    }

    @Test
    void aLargeDiskIsNotFullForTheTenthThatIsFree() {
        long gibibyte = 1L << 30;
        assertThat(EmbeddedBroker.leastFree(1024 * gibibyte)).isEqualTo(2 * gibibyte);
        assertThat(EmbeddedBroker.leastFree(10 * gibibyte)).isEqualTo(gibibyte);
        assertThat(EmbeddedBroker.leastFree(0)).isZero();
    }

    @Test
    void aStoppedBrokerIsInTrouble() {
        var broker = EmbeddedBroker.start(folder);
        broker.close();
        assertThat(broker.trouble()).isPresent();
        assertThatExceptionOfType(JMSRuntimeException.class)
                .isThrownBy(() -> Journal.send(broker.connectionFactory(), "nobody there"));
    }

    private Process java(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Journal.class.getName(),
                        what,
                        folder.toString())
                .redirectErrorStream(true)
                .start();
    }
}
