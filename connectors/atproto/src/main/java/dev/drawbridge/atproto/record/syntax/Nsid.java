package dev.drawbridge.atproto.record.syntax;

import java.util.Optional;

/// A namespaced identifier: a domain in reverse order and a name. Names collections, methods and record types.
///
/// Spec: [NSID](https://atproto.com/specs/nsid)
///
/// @param value e.g. `app.bsky.feed.post`, at most 317 characters
public record Nsid(String value) implements Comparable<Nsid> {
    private static final int MAX_LENGTH = 317;
    private static final int MAX_NAME = 63;

    /// @throws IllegalArgumentException if `value` is not an NSID
    public Nsid {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an NSID: " + Ascii.shown(value));
        }
    }

    public static Optional<Nsid> tryParse(String text) {
        return isValid(text) ? Optional.of(new Nsid(text)) : Optional.empty();
    }

    /// The last segment, e.g. `post`.
    public String name() {
        return value.substring(value.lastIndexOf('.') + 1);
    }

    @Override
    public int compareTo(Nsid other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isValid(String text) {
        int dot = text.lastIndexOf('.');
        if (text.length() > MAX_LENGTH || dot < 0) {
            return false;
        }
        String name = text.substring(dot + 1);
        if (name.isEmpty() || name.length() > MAX_NAME || !Ascii.isLetter(name.charAt(0))) {
            return false;
        }
        String[] labels = text.substring(0, dot).split("\\.", -1);
        for (String label : labels) {
            if (!Ascii.isLabel(label)) {
                return false;
            }
        }
        return labels.length >= 2 && Ascii.isLetter(labels[0].charAt(0)) && Ascii.all(name, Ascii::isAlphanumeric);
    }
}
