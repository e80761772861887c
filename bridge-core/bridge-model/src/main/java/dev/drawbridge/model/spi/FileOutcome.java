package dev.drawbridge.model.spi;

import java.time.Duration;
import java.util.Optional;

/// What became of a file that a network was asked to keep.
public sealed interface FileOutcome {
    /// The network has it.
    ///
    /// @param note what of the file is lost, for a person to read; empty if nothing is
    record Ready(HostedFile file, Optional<String> note) implements FileOutcome {}

    /// This network shows files where they are: nobody has to keep them.
    record Linked() implements FileOutcome {}

    /// Its source does not answer now.
    ///
    /// @param after how long it asked to be left alone
    record Retry(Optional<Duration> after, String reason) implements FileOutcome {}

    /// It never will: too large, unreadable, gone.
    record Refused(String reason) implements FileOutcome {}
}
