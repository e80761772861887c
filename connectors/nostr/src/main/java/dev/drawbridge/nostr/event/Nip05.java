package dev.drawbridge.nostr.event;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A name that a web server vouches for ([NIP-05](https://nips.nostr.com/5)).
///
/// @param local lower-case letters, digits and `-_.`; `_` where the domain itself is the name
/// @param domain the server, in lower case, with a port only in tests
public record Nip05(String local, String domain) {
    private static final Pattern LOCAL = Pattern.compile("[a-z0-9._-]{1,128}");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?");

    public Nip05 {
        if (!LOCAL.matcher(local).matches() || !DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("not a NIP-05 name: " + local + "@" + domain);
        }
    }

    /// Reads `local@domain`, or a domain alone.
    public static Optional<Nip05> tryParse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        int at = lower.indexOf('@');
        String local = at < 0 ? "_" : lower.substring(0, at);
        String domain = lower.substring(at + 1);
        boolean right = LOCAL.matcher(local).matches() && DOMAIN.matcher(domain).matches();
        return right ? Optional.of(new Nip05(local, domain)) : Optional.empty();
    }

    /// As people write it: a domain alone where the domain is the name.
    public String shown() {
        return local.equals("_") ? domain : toString();
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }
}
