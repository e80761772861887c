package dev.drawbridge.atproto.record.syntax;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A domain name used as the changeable, human name of an account. Kept in lower case, as comparison ignores case.
///
/// Spec: [Handle](https://atproto.com/specs/handle)
///
/// @param value e.g. `alice.example.com`, at most 253 characters
public record Handle(String value) implements AtIdentifier, Comparable<Handle> {
    private static final int MAX_LENGTH = 253;
    private static final Set<String> RESERVED =
            Set.of("alt", "arpa", "example", "internal", "invalid", "local", "localhost", "onion");

    /// @throws IllegalArgumentException if `value` is not a handle
    public Handle {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a handle: " + Ascii.shown(value));
        }
        value = value.toLowerCase(Locale.ROOT);
    }

    public static Optional<Handle> tryParse(String text) {
        return isValid(text) ? Optional.of(new Handle(text)) : Optional.empty();
    }

    /// False for top-level domains that never resolve on the public network. `test` is left out: it is for tests.
    public boolean isResolvable() {
        return !RESERVED.contains(value.substring(value.lastIndexOf('.') + 1));
    }

    /// The handle as `alsoKnownAs` of a DID document names it.
    public String uri() {
        return "at://" + value;
    }

    @Override
    public int compareTo(Handle other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isValid(String text) {
        if (text.length() > MAX_LENGTH) {
            return false;
        }
        String[] labels = text.split("\\.", -1);
        for (String label : labels) {
            if (!Ascii.isLabel(label)) {
                return false;
            }
        }
        return labels.length >= 2 && Ascii.isLetter(labels[labels.length - 1].charAt(0));
    }
}
