package dev.drawbridge.config.instance;

import dev.drawbridge.config.settings.MirrorFile;
import dev.drawbridge.config.settings.WrongSettings;
import dev.drawbridge.engine.Inbox;
import dev.drawbridge.engine.Mirror;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Consents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the list of mirrors, again when it changes, and now and then because somebody on it could not be reached.
final class MirrorDesk {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorDesk.class);
    private static final Duration ANYWAY = Duration.ofMinutes(10);

    private final Optional<Path> file;
    private final Mirrors mirrors;
    private final Consents consents;
    private final Collection<Network> networks;
    private final Collection<Network> reached;
    private final Inbox inbox;
    private final InstantSource clock;
    private String stamp = "";
    private Instant taken = Instant.EPOCH;

    /// @param file empty for no mirrors
    /// @param reached those of the networks that things are carried to
    MirrorDesk(
            Optional<Path> file,
            Mirrors mirrors,
            Consents consents,
            Collection<Network> networks,
            Collection<Network> reached,
            Inbox inbox,
            InstantSource clock) {
        this.file = file;
        this.mirrors = mirrors;
        this.consents = consents;
        this.networks = networks;
        this.reached = reached;
        this.inbox = inbox;
        this.clock = clock;
    }

    /// The first look.
    ///
    /// @throws StartFailure if the list is wrong
    void open() {
        try {
            take(file.map(f -> MirrorFile.read(f, networks, reached, clock.instant()))
                    .orElse(List.of()));
            stamp = stampNow();
        } catch (WrongSettings e) {
            throw new StartFailure("the list of mirrors " + file.orElseThrow() + " is wrong: " + e.getMessage(), e);
        }
    }

    /// Looks whether there is something to do. A list with a mistake changes nothing.
    void look() {
        String now = stampNow();
        boolean changed = !now.equals(stamp);
        if (file.isEmpty() || (!changed && clock.instant().isBefore(taken.plus(ANYWAY)))) {
            return;
        }
        stamp = now;
        try {
            take(MirrorFile.read(file.get(), networks, reached, clock.instant()));
            if (changed) {
                LOG.info("the list of mirrors was read again");
            }
        } catch (WrongSettings e) {
            taken = clock.instant();
            LOG.warn("the list of mirrors {} is wrong and changes nothing: {}", file.get(), e.getMessage());
        }
    }

    private void take(List<Mirror> listed) {
        mirrors.take(listed, consents, networks, inbox, clock.instant());
        taken = clock.instant();
    }

    private String stampNow() {
        try {
            return file.isEmpty() ? "" : Files.getLastModifiedTime(file.get()) + " " + Files.size(file.get());
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
