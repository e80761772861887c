package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.DailyQuotas;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/// Counts who opts in, by the registrable domain they come from: the part of a host's name that somebody bought, by the
/// [Public Suffix List](https://publicsuffix.org/). Hosts below one domain are one source, however many there are. Who
/// has no domain is not counted: their number would be that of a whole network. All instances on one store count
/// together.
final class Newcomers {
    /// Of a host without a name.
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]|.*:.*");

    private final int most;
    private final DailyQuotas quotas;
    private final InstantSource clock;

    /// @param most how many of one domain in a day; 0 for any number
    Newcomers(int most, DailyQuotas quotas, InstantSource clock) {
        this.most = most;
        this.quotas = quotas;
        this.clock = clock;
    }

    /// Whether somebody is one too many today. Asked again about the same person, it says the same.
    boolean tooMany(NativeId person, Optional<Profile> profile) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return most > 0
                && source(person, profile)
                        .filter(source ->
                                !quotas.admits("newcomers " + person.network() + " " + source, person.key(), most, day))
                        .isPresent();
    }

    /// The registrable domain that somebody comes from; empty if they have none.
    static Optional<String> source(NativeId person, Optional<Profile> profile) {
        return host(person, profile).map(Newcomers::registrable);
    }

    /// The host that an id, or else a handle names; empty if neither does.
    static Optional<String> host(NativeId person, Optional<Profile> profile) {
        return host(person.value()).or(() -> profile.map(Profile::handle).flatMap(Newcomers::domain));
    }

    /// The domain that somebody registered; the name itself where nobody can.
    static String registrable(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (ADDRESS.matcher(name).matches()) {
            return name;
        }
        return Optional.ofNullable(PublicSuffixMatcherLoader.getDefault().getDomainRoot(name))
                .orElse(name);
    }

    private static Optional<String> domain(String handle) {
        String name = handle.substring(handle.lastIndexOf('@') + 1);
        return name.contains(".") ? Optional.of(name) : Optional.empty();
    }

    private static Optional<String> host(String id) {
        try {
            return Optional.ofNullable(new URI(id).getHost());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
