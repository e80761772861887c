package dev.drawbridge.engine;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Absences;
import dev.drawbridge.model.port.Absences.Absence;
import dev.drawbridge.model.port.Absences.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which places are still there. Nothing new is planned for one that took nothing for two weeks, or said for a day that
/// it is gone; its followers are kept, and a word from its server makes it known again. What takes something back goes
/// there all the same.
final class Presence {
    static final Duration SILENT_FOR = Duration.ofDays(14);
    static final Duration GONE_FOR = Duration.ofDays(1);
    static final int GONE_TIMES = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private final Absences absences;
    private final Connectors connectors;

    Presence(Ports ports, Connectors connectors) {
        this.absences = ports.absences();
        this.connectors = connectors;
    }

    boolean forgotten(Destination place) {
        return absences.find(place).filter(Absence::forgotten).isPresent();
    }

    void answered(Destination place) {
        if (absences.find(place).isPresent()) {
            absences.answered(place);
        }
    }

    /// Notes that a place took nothing. Does nothing for what has no server of its own.
    ///
    /// @return whether the place has a server that can be missed
    boolean missed(Destination place, Kind kind, Instant now) {
        Optional<String> home = connectors.get(place.network()).home(place.address());
        if (home.isEmpty()) {
            return false;
        }
        Absence absence = absences.missed(place, home.get(), kind, now);
        Duration lasts = Duration.between(absence.since(), now);
        boolean enough = switch (kind) {
            case SILENT -> lasts.compareTo(SILENT_FOR) >= 0;
            case GONE -> lasts.compareTo(GONE_FOR) >= 0 && absence.times() >= GONE_TIMES;
        };
        if (enough && !absence.forgotten()) {
            LOG.info("{} is forgotten: {} since {}", place, kind, absence.since());
            absences.forget(place);
        }
        return true;
    }

    /// Somebody said something: the server they live on is there.
    void heardFrom(NativeId actor) {
        if (!connectors.has(actor.network())) {
            return;
        }
        connectors.get(actor.network()).home(actor.value()).stream()
                .flatMap(home -> absences.at(actor.network(), home).stream())
                .filter(Absence::forgotten)
                .forEach(absence -> {
                    LOG.info("{} is known again: {} said something", absence.place(), actor);
                    absences.answered(absence.place());
                });
    }
}
