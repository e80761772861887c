package dev.drawbridge.config.instance;

import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.Finding;
import dev.drawbridge.model.spi.NetworkConnector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Looks at everything an instance needs, without starting it.
public final class Examination {
    private static final int JAVA = 25;
    private static final long LOW_SPACE = 1L << 30;
    private final Settings settings;
    private final List<ConnectorFactory> networks;
    private final Consumer<Finding> report;
    private final Outside outside;

    /// @param report gets each finding as it is made
    public Examination(Settings settings, List<ConnectorFactory> networks, Consumer<Finding> report) {
        this.settings = settings;
        this.networks = networks;
        this.report = report;
        this.outside = new Outside(settings);
    }

    public void run() {
        java();
        boolean folder = folder();
        Optional<Finding> running = port();
        if (running.isPresent()) {
            report.accept(running.get());
            if (running.get().mark() == Finding.Mark.GOOD) {
                SelfExamination.ask(local(), settings.dataDir()).forEach(report);
            }
        } else if (folder) {
            parts();
        }
        outside.clock().forEach(report);
        outside.hosts().forEach(report);
    }

    private void java() {
        var version = Runtime.version();
        report.accept(
                version.feature() >= JAVA
                        ? Finding.good("java", "version " + version)
                        : Finding.bad("java", "version " + version, "install a JDK " + JAVA + " or newer"));
        var cryptography = Cryptography.start();
        report.accept(
                cryptography.secp256k1Name().contains("native")
                        ? Finding.good("signatures", "secp256k1 by " + cryptography.secp256k1Name())
                        : Finding.note(
                                "signatures",
                                "secp256k1 by " + cryptography.secp256k1Name() + ", about five times slower",
                                "start with --enable-native-access=ALL-UNNAMED on a system with libsecp256k1's"
                                        + " native part"));
    }

    private boolean folder() {
        try {
            Path folder = DataFolder.open(settings.dataDir());
            long space = Files.getFileStore(folder).getUsableSpace();
            report.accept(
                    space > LOW_SPACE
                            ? Finding.good("data folder", folder + ", " + (space >> 30) + " GiB free")
                            : Finding.bad(
                                    "data folder",
                                    folder + " has only " + (space >> 20) + " MiB left",
                                    "make room, or name another folder in drawbridge.data-dir"));
            return true;
        } catch (StartFailure | IOException e) {
            report.accept(Finding.bad(
                    "data folder",
                    String.valueOf(e.getMessage()),
                    "let the user that runs drawbridge write there, or change drawbridge.data-dir"));
            return false;
        }
    }

    /// Whether the port is free.
    ///
    /// @return what is there instead
    private Optional<Finding> port() {
        var address = settings.address()
                .map(a -> new InetSocketAddress(a, settings.port()))
                .orElseGet(() -> new InetSocketAddress(settings.port()));
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            report.accept(Finding.good("port", socket.getLocalPort() + " is free"));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(outside.whoAnswers(local()));
        }
    }

    private URI local() {
        return URI.create("http://" + settings.address().orElse("127.0.0.1") + ":" + settings.port());
    }

    /// Opens store, keys, broker and networks the way a start does, and closes them again.
    private void parts() {
        try (Parts parts = Parts.open(settings, networks)) {
            report.accept(Finding.good("store", parts.store().description()));
            report.accept(Finding.good("broker", parts.broker().description()));
            report.accept(Finding.good("keys", parts.keyFile().toString()));
            for (NetworkConnector connector : parts.connectors().all()) {
                List<String> troubles = connector.troubles();
                String name = connector.network().name();
                troubles.forEach(trouble -> report.accept(Finding.bad(name, trouble, "see drawbridge." + name + ".*")));
                if (troubles.isEmpty()) {
                    report.accept(Finding.good(name, "ready"));
                }
            }
        } catch (StartFailure e) {
            report.accept(Finding.bad(
                    "start",
                    String.valueOf(e.getMessage()),
                    "start what is named here, or correct its address in the settings"));
        }
    }
}
