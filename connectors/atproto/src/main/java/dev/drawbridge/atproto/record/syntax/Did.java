package dev.drawbridge.atproto.record.syntax;

import java.util.Optional;

/// A decentralized identifier: the permanent name of an account.
///
/// Spec: [DID](https://atproto.com/specs/did). The grammar is checked for every method; [#isSupported()] tells whether
/// the network resolves it.
///
/// @param value as written, e.g. `did:plc:…` or `did:web:example.com`
public record Did(String value) implements AtIdentifier, Comparable<Did> {
    /// What a DID begins with that is the name of a host.
    public static final String WEB = "did:web:";

    private static final int MAX_LENGTH = 2048;

    /// @throws IllegalArgumentException if `value` is not a DID
    public Did {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a DID: " + Ascii.shown(value));
        }
    }

    public static Optional<Did> tryParse(String text) {
        return isValid(text) ? Optional.of(new Did(text)) : Optional.empty();
    }

    /// The method name, e.g. `plc`.
    public String method() {
        return value.substring(4, value.indexOf(':', 4));
    }

    /// What follows the method name.
    public String identifier() {
        return value.substring(value.indexOf(':', 4) + 1);
    }

    /// Whether it is the name of a host, which says itself what it is.
    public boolean isWeb() {
        return value.startsWith(WEB);
    }

    /// True for the two methods that the network accepts: `plc` and `web`.
    public boolean isSupported() {
        return switch (method()) {
            case "plc" -> identifier().length() == 24 && Ascii.all(identifier(), Did::isBase32);
            case "web" -> !identifier().contains(":");
            default -> false;
        };
    }

    @Override
    public int compareTo(Did other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isValid(String text) {
        if (text.length() > MAX_LENGTH || !text.startsWith("did:")) {
            return false;
        }
        int colon = text.indexOf(':', 4);
        if (colon <= 4 || colon == text.length() - 1) {
            return false;
        }
        char last = text.charAt(text.length() - 1);
        return Ascii.all(text.substring(4, colon), c -> c >= 'a' && c <= 'z')
                && Ascii.all(text.substring(colon + 1), c -> Ascii.isAlphanumeric(c) || "._:%-".indexOf(c) >= 0)
                && last != ':'
                && last != '%';
    }

    private static boolean isBase32(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
    }
}
