package dev.drawbridge.it.peers;

import dev.drawbridge.it.ProjectTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A peer's scripts with everything they need, installed from its registry on first use by `peers/install`.
///
/// @param scripts outside the source tree
record PeerInstallation(Path scripts) {
    private static final long MINUTES = 25;

    /// Installs the peer `name` unless it is there.
    ///
    /// Without npm the test is skipped, unless this is CI (`CI=true`): there, a missing part is a failure.
    static PeerInstallation of(String name) {
        Path install = ProjectTree.find().root().resolve("integration-tests/peers/install");
        try {
            Path error = Files.createTempFile("peer-install", ".log");
            Process process = new ProcessBuilder("bash", install.toString(), name)
                    .redirectError(error.toFile())
                    .start();
            process.getOutputStream().close();
            // the answer is one short line, so it fits the pipe and can be read at the end
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("installing the peer " + name + " took more than " + MINUTES + " min");
            }
            String answer = new String(process.getInputStream().readAllBytes()).strip();
            String complaint = Files.readString(error).strip();
            Files.delete(error);
            if (process.exitValue() == 3) {
                Assumptions.assumeTrue("true".equals(System.getenv("CI")), complaint);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("cannot install the peer " + name + ": " + complaint);
            }
            return new PeerInstallation(Path.of(answer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while installing the peer " + name, e);
        }
    }

    /// The command that runs one of the scripts.
    List<String> command(String script, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(scripts.resolveSibling("node").toString());
        command.add(scripts.resolve(script).toString());
        command.addAll(arguments);
        return command;
    }
}
