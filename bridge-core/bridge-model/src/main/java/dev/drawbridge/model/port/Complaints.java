package dev.drawbridge.model.port;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is complained about, for the operator to decide: one for each thing and network, however many people complain.
/// Who complained is not kept. Unique by id.
public interface Complaints {
    /// What became of it.
    enum State {
        OPEN,
        /// Nothing was done.
        DISMISSED,
        /// Who it is about is not carried any more.
        REMOVED
    }

    /// @param id the same for everybody who complains about the same from one network
    /// @param from the network it comes from
    /// @param person who it is about, on their own network
    /// @param about what of theirs
    /// @param reason what was said last, one line; may be empty
    /// @param first when it was heard first
    /// @param last when it was heard last
    /// @param decision why it was decided so; empty while it is open
    record Complaint(
            String id,
            Network from,
            NativeId person,
            Optional<NativeId> about,
            String reason,
            Instant first,
            Instant last,
            State state,
            String decision) {}

    /// Keeps a new complaint. Of one that is known only the reason and when it was heard last change: what was decided
    /// stays decided.
    void heard(Complaint complaint);

    /// @return false if there is none
    boolean decide(String id, State state, String decision);

    Optional<Complaint> find(String id);

    /// Those that were heard last come first.
    ///
    /// @param openOnly whether those that were decided are left out
    List<Complaint> newest(boolean openOnly, int limit);
}
