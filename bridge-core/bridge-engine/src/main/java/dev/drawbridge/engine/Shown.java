package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.Preferences;
import java.util.List;
import java.util.Optional;

/// What is told of profiles and pins where they are one, and where they are two (ADR 0056). Made when it is delivered,
/// so that the last word is what is there now.
final class Shown {
    private final Preferences preferences;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Mirrors mirrors;

    Shown(Preferences preferences, Connectors connectors, Resolver resolver, Mirrors mirrors) {
        this.preferences = preferences;
        this.connectors = connectors;
        this.resolver = resolver;
        this.mirrors = mirrors;
    }

    /// How it is said on a network: a pin as a profile, a profile with what is put first, or without.
    ///
    /// @return empty if it takes the profile of the author, and they do not answer
    Optional<Activity> on(Activity activity, Network target) {
        return switch (activity) {
            case Activity.Pin pin
            when inProfile(target) ->
                resolver.profile(pin.author()).map(mirrors::shown).map(profile -> listing(pin, profile));
            case Activity.ProfileUpdate update when inProfile(target) -> Optional.of(listing(update, update.profile()));
            case Activity.ProfileUpdate update ->
                Optional.of(new Activity.ProfileUpdate(
                        update.id(),
                        update.at(),
                        update.profile().toBuilder().pins(Optional.empty()).build()));
            default -> Optional.of(activity);
        };
    }

    private Activity listing(Activity cause, Profile profile) {
        List<NativeId> known = preferences.of(cause.author()).pins();
        return new Activity.ProfileUpdate(
                cause.id(),
                cause.at(),
                profile.toBuilder().pins(Optional.of(known)).build());
    }

    private boolean inProfile(Network target) {
        return connectors.get(target).capabilities().pinsInProfile();
    }
}
