package dev.drawbridge.model.spi;

import java.net.URI;

/// What became of somebody's wish to be shown under another handle.
public sealed interface Renaming {
    /// It is so now.
    ///
    /// @param handle as the network writes it
    record Renamed(String handle) implements Renaming {}

    /// Nothing shows that the name is theirs. Either of two things does.
    ///
    /// @param name what was wished for
    /// @param record the name of a TXT record
    /// @param text what that record has to say
    /// @param address where the same can be said without DNS
    /// @param body what has to be found there, as plain text
    record Unproven(String name, String record, String text, URI address, String body) implements Renaming {}

    /// No name of this network, or one that is given by the bridge.
    record NoName() implements Renaming {}

    /// Somebody else here has it.
    record Taken() implements Renaming {}

    /// It is begun, and done by itself as soon as that is possible.
    ///
    /// @param handle as the network writes it
    record Coming(String handle) implements Renaming {}

    /// They wished for it too often lately.
    record TooOften() implements Renaming {}

    /// It cannot be done, and nothing was, for a reason of the network's.
    ///
    /// @param reason for the operator
    record Failed(String reason) implements Renaming {}
}
