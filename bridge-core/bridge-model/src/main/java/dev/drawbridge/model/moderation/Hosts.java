package dev.drawbridge.model.moderation;

import java.util.Locale;
import java.util.Optional;

/// The host in an address, read without allocating what nobody asks for: this is on the way of every event.
final class Hosts {
    private static final String AUTHORITY = "://";

    private Hosts() {}

    /// @return empty if it is no address with a host
    static Optional<String> of(String address) {
        int start = address.indexOf(AUTHORITY);
        if (start <= 0) {
            return Optional.empty();
        }
        start += AUTHORITY.length();
        int end = start;
        while (end < address.length() && "/?#".indexOf(address.charAt(end)) < 0) {
            end++;
        }
        String authority = address.substring(start, end);
        String host = bare(authority.substring(authority.lastIndexOf('@') + 1));
        return host.isEmpty() ? Optional.empty() : Optional.of(host);
    }

    /// In lower case, without a port, and without the dot at the end.
    static String bare(String authority) {
        String host = authority.toLowerCase(Locale.ROOT);
        int colon = host.lastIndexOf(':');
        if (colon >= 0 && host.chars().skip(colon + 1L).allMatch(Character::isDigit)) {
            host = host.substring(0, colon);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
