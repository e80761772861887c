package dev.drawbridge.model.consent;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Profile;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the operator asks of those who want to be carried. Pure.
///
/// @param accountAge how old an account has to be; zero for any. One whose age is not known passes
/// @param picture whether a profile needs a picture. That keeps blind people out: no by default
/// @param description whether a profile has to say something
/// @param denied who is not carried: domains with everything below them, handles, ids; in lower case. One
/// that begins with `@` is a handle
public record Gates(Duration accountAge, boolean picture, boolean description, List<String> denied) {
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

    /// Asks nothing.
    public static final Gates OPEN = new Gates(Duration.ZERO, false, false, List.of());

    public Gates {
        denied = denied.stream().map(d -> d.strip().toLowerCase(Locale.ROOT)).toList();
    }

    /// Why somebody who asks to be carried is not; empty if nothing speaks against it.
    ///
    /// @param profile where it is known: what is not known speaks against nobody
    public Optional<Reason> objection(NativeId person, Optional<Profile> profile, Instant now) {
        if (denies(person, profile)) {
            return Optional.of(Reason.DENIED_BY_OPERATOR);
        }
        return profile.flatMap(p -> objection(p, now));
    }

    private Optional<Reason> objection(Profile profile, Instant now) {
        if (profile.since().filter(s -> s.plus(accountAge).isAfter(now)).isPresent()) {
            return Optional.of(Reason.ACCOUNT_TOO_YOUNG);
        }
        if (picture && profile.avatar().isEmpty()) {
            return Optional.of(Reason.NO_PICTURE);
        }
        return description && profile.bio().text().isBlank() ? Optional.of(Reason.NO_DESCRIPTION) : Optional.empty();
    }

    /// Whether the operator has nothing to do with somebody, also if they are carried already.
    public boolean denies(NativeId person, Optional<Profile> profile) {
        if (denied.isEmpty()) {
            return false;
        }
        String id = bare(person.value());
        Optional<String> handle = profile.map(Profile::handle).map(Gates::bare);
        Stream<String> names = Stream.concat(Stream.of(id), handle.stream());
        Stream<String> hosts = Stream.concat(
                host(person.value()).stream(), handle.map(h -> h.substring(h.lastIndexOf('@') + 1)).stream());
        List<String> entries = denied.stream().map(Gates::bare).toList();
        return names.anyMatch(entries::contains)
                || hosts.anyMatch(host -> entries.stream().anyMatch(d -> host.equals(d) || host.endsWith("." + d)));
    }

    /// The domains among those who are not carried. People are not listed for everybody to read: nothing that was
    /// written with an `@`, although a handle can look like a domain.
    public List<String> deniedDomains() {
        return denied.stream().filter(DOMAIN.asMatchPredicate()).toList();
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("^@+", "");
    }

    private static Optional<String> host(String id) {
        try {
            return Optional.ofNullable(new URI(id).getHost()).map(h -> h.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
