package dev.drawbridge.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ExternalBrokerTest {
    @TempDir
    Path folder;

    private String url;

    @BeforeEach
    void chooseAPort() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            url = "tcp://127.0.0.1:" + free.getLocalPort();
        }
    }

    @Test
    void sendsToAndReceivesFromABrokerOfSomebodyElse() throws Exception {
        EmbeddedActiveMQ theirs = start();
        try (var broker = ExternalBroker.connect(url)) {
            Journal.send(broker.connectionFactory(), "one", "two");
            assertThat(Journal.receive(broker.connectionFactory())).containsExactly("one", "two");
            assertThat(broker.trouble()).isEmpty();
            assertThat(broker.depth("inbox")).isEqualTo(OptionalLong.empty());
        } finally {
            theirs.stop();
        }
    }

    @Test
    void noticesThatTheBrokerIsGoneAndThatItIsBack() throws Exception {
        EmbeddedActiveMQ theirs = start();
        try (var broker = ExternalBroker.connect(url)) {
            Journal.send(broker.connectionFactory(), "kept");
            theirs.stop();
            assertThat(broker.trouble())
                    .hasValueSatisfying(
                            trouble -> assertThat(trouble).contains(url).contains("does not answer"));
            theirs = start();
            assertThat(broker.trouble()).isEmpty();
            assertThat(Journal.receive(broker.connectionFactory())).containsExactly("kept");
        } finally {
            theirs.stop();
        }
    }

    @Test
    void nobodyThereIsSaidInASentence() {
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> ExternalBroker.connect(url))
                .withMessageStartingWith("the broker at " + url + " does not answer");
    }

    private EmbeddedActiveMQ start() throws Exception {
        System.setProperty("io.netty.noUnsafe", System.getProperty("io.netty.noUnsafe", "false"));
        var server = new EmbeddedActiveMQ();
        server.setConfiguration(new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .addAcceptorConfiguration("tcp", url));
        return server.start();
    }
}
