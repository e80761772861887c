package dev.drawbridge.model.consent;

import dev.drawbridge.model.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the operator asks of those who want to be carried. Pure.
///
/// @param accountAge how old an account has to be; zero for any. One whose age is not known passes
/// @param picture whether a profile needs a picture. That keeps blind people out: no by default
/// @param description whether a profile has to say something
/// @param denied who is not carried: domains with everything below them, handles, ids; in lower case. One
/// that begins with `@` is a handle
/// @param limits how much is let through of those who are
/// @param vouches for how many people whose profile shows too little somebody who is carried can vouch; 0 for none
public record Gates(
        Duration accountAge, boolean picture, boolean description, List<String> denied, Limits limits, int vouches) {
    /// For so many people one who is carried can vouch, unless the operator says otherwise.
    public static final int USUAL_VOUCHES = 5;

    /// Asks nothing.
    public static final Gates OPEN = new Gates(Duration.ZERO, false, false, List.of());

    /// Those through which as much goes as there is.
    public Gates(Duration accountAge, boolean picture, boolean description, List<String> denied) {
        this(accountAge, picture, description, denied, Limits.NONE);
    }

    /// Those through which people come in on as many words as usual.
    public Gates(Duration accountAge, boolean picture, boolean description, List<String> denied, Limits limits) {
        this(accountAge, picture, description, denied, limits, USUAL_VOUCHES);
    }

    /// @throws IllegalArgumentException if `vouches` is negative
    public Gates {
        if (vouches < 0) {
            throw new IllegalArgumentException("less than nobody: " + vouches);
        }
        denied = denied.stream().map(d -> d.strip().toLowerCase(Locale.ROOT)).toList();
    }

    /// Why somebody who asks to be carried is not; empty if nothing speaks against it.
    ///
    /// @param profile where it is known: what is not known speaks against nobody
    public Optional<Reason> objection(Optional<Profile> profile, Instant now) {
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
}
