package dev.drawbridge.config.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DoctorCommandTest {
    @TempDir
    private Path folder;

    private Path settings(String more) throws IOException {
        return Files.writeString(folder.resolve("bridge.yml"), """
            drawbridge:
              domain: localhost:%1$d
              dev.loopback: true
              data-dir: %2$s/data
            server.port: %1$d
            """.formatted(freePort(), folder) + more);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void everythingWellIsExitCodeZero() throws IOException {
        var done = TypedCommand.of("", "doctor", "--config", settings("").toString());
        assertThat(done.out())
                .contains("✓ settings", "✓ java", "✓ data folder", "✓ port", "✓ store: embedded", "✓ broker: embedded")
                .contains("✓ keys", "✓ dove: ready", "✓ pigeon: ready")
                .doesNotContain("✗");
        assertThat(done.err()).isEmpty();
        assertThat(done.exit()).isZero();
    }

    @Test
    void wrongSettingsAreFindings() throws IOException {
        var done = TypedCommand.of(
                "",
                "doctor",
                "--config",
                settings("drawbridge.consumers: many\ncolour: green\n").toString());
        assertThat(done.out()).contains("✗ drawbridge.consumers: ", "✗ colour: ", "→ for example: 16");
        assertThat(done.exit()).isEqualTo(1);
    }

    @Test
    void aStoreThatIsDownIsAFindingWithAdvice() throws IOException {
        var done = TypedCommand.of(
                "",
                "doctor",
                "--config",
                settings("drawbridge.store.uri: mongodb://127.0.0.1:" + freePort() + "/x\n")
                        .toString());
        assertThat(done.out()).contains("✗ start: MongoDB at mongodb://127.0.0.1", "→ start what is named here");
        assertThat(done.exit()).isEqualTo(1);
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsAFinding() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        var done = TypedCommand.of(
                "", "doctor", "--config", settings("").toString().replace("bridge.yml", other(file)));
        assertThat(done.out()).contains("✗ data folder: ");
        assertThat(done.exit()).isEqualTo(1);
    }

    private String other(Path dataDir) throws IOException {
        Files.writeString(
                folder.resolve("other.yml"),
                Files.readString(folder.resolve("bridge.yml")).replace(folder + "/data", dataDir + "/data"));
        return "other.yml";
    }

    @Test
    void aPortInUseIsAFinding() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = settings("");
            Files.writeString(
                    file,
                    Files.readString(file).replaceFirst("server.port: \\d+", "server.port: " + taken.getLocalPort()));
            taken.setSoTimeout(1);
            var done = TypedCommand.of("", "doctor", "--config", file.toString());
            assertThat(done.out()).contains("✗ port: " + taken.getLocalPort() + " is taken by another program");
            assertThat(done.exit()).isEqualTo(1);
        }
    }
}
