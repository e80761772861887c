package dev.drawbridge.model.port;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Network;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Places that take nothing, since when, and which of them were given up. A place that takes what it is brought is not
/// among them. There are few of them, and looking them up costs no trip to the store: what another instance noted may
/// be seen a minute later.
public interface Absences {
    /// How a place is missed.
    enum Kind {
        /// It does not answer, or not with anything that helps.
        SILENT,
        /// It says that it is no more.
        GONE
    }

    /// @param home the server behind the place
    /// @param since the first time, with nothing else in between
    /// @param times how often
    /// @param forgotten whether nothing is sent there any more
    record Absence(Destination place, String home, Kind kind, Instant since, long times, boolean forgotten) {}

    /// Counts one more time. The first one begins the absence, and so does one of another kind.
    ///
    /// @return as it is now
    Absence missed(Destination place, String home, Kind kind, Instant at);

    /// Nothing is sent there any more until it is heard of. Does nothing if it is not missed.
    void forget(Destination place);

    /// The place is there. Does nothing if it was not missed.
    void answered(Destination place);

    Optional<Absence> find(Destination place);

    /// What is missed of one server.
    List<Absence> at(Network network, String home);
}
