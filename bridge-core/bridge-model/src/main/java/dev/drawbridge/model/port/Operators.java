package dev.drawbridge.model.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who may run the instance from its pages, and what they did there. Unique by name.
public interface Operators {
    /// @param name 1 to 64 lower-case letters, digits, `.`, `-` and `_`
    /// @param password what is kept of it
    record Operator(String name, String password, Instant since) {}

    /// One line of the audit.
    ///
    /// @param who the operator's name
    /// @param what a word: `signed in`, `removed`, …
    /// @param about whom or what; may be empty
    record Deed(Instant at, String who, String what, String about) {}

    /// Stores the first operator. Of several at once one wins.
    ///
    /// @return false if there was one already
    boolean first(Operator operator);

    boolean any();

    Optional<Operator> find(String name);

    /// Adds to the audit; nothing takes anything out of it.
    void note(Deed deed);

    /// The newest first.
    List<Deed> deeds(int limit);
}
