package dev.drawbridge.model.spi;

import dev.drawbridge.model.moderation.Entry;
import java.util.List;

/// What a network makes of the address of a list of people, domains or words, or of such a list itself.
public sealed interface Listing {
    /// Lists are not called or written like this on this network.
    record Foreign() implements Listing {}

    /// Everything on it, each thing once; lines that nobody can read are left out.
    record Entries(List<Entry> entries) implements Listing {
        public Entries {
            entries = List.copyOf(entries);
        }
    }

    /// It may be one, and who could tell does not answer now.
    ///
    /// @param reason what happened, for the operator
    record Silent(String reason) implements Listing {}

    /// Something is there, and it is no list.
    ///
    /// @param reason what is wrong, for the operator
    record Unreadable(String reason) implements Listing {}
}
