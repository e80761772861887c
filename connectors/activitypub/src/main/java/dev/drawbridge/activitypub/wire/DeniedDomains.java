package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Uris;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Domains the operator has nothing to do with, each with everything below it.
///
/// @param domains in lower case
public record DeniedDomains(Set<String> domains) {
    public static DeniedDomains of(Iterable<String> names) {
        var all = new HashSet<String>();
        names.forEach(n -> all.add(n.strip().toLowerCase(Locale.ROOT)));
        return new DeniedDomains(all.stream().filter(n -> !n.isEmpty()).collect(Collectors.toUnmodifiableSet()));
    }

    /// @param id an http address, of an actor or a key; anything else is on no domain
    public boolean contain(String id) {
        if (domains.isEmpty()) {
            return false;
        }
        String host = Uris.tryHttp(id)
                .map(uri -> uri.getHost().toLowerCase(Locale.ROOT))
                .orElse("");
        // A dot at the end means the same host.
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        while (!name.isEmpty()) {
            if (domains.contains(name)) {
                return true;
            }
            int dot = name.indexOf('.');
            name = dot < 0 ? "" : name.substring(dot + 1);
        }
        return false;
    }
}
