package dev.drawbridge.testkit.fake;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.Claim;
import dev.drawbridge.model.spi.Testimony;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What accounts of a network in memory say about who they are: that whoever is among their aliases is theirs too.
final class FakeTestimonies {
    private final Map<NativeId, Profile> profiles;
    private final Set<NativeId> unanswering = new HashSet<>();
    private final Set<NativeId> nameless = new HashSet<>();
    private final Set<NativeId> wordy = new HashSet<>();
    private Runnable meanwhile = () -> {};

    FakeTestimonies(Map<NativeId, Profile> profiles) {
        this.profiles = profiles;
    }

    void unanswering(NativeId account) {
        unanswering.add(account);
    }

    void nameless(NativeId account) {
        nameless.add(account);
    }

    void wordy(NativeId account) {
        wordy.add(account);
    }

    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    void answering() {
        unanswering.clear();
        nameless.clear();
    }

    Claim claim(NativeId account, NativeId ghost) {
        if (unanswering.contains(account)) {
            return Claim.SILENT;
        }
        return Optional.ofNullable(profiles.get(account))
                        .filter(profile -> profile.aliases().contains(FakeNetwork.alias(ghost)))
                        .isPresent()
                ? Claim.MADE
                : Claim.MISSING;
    }

    /// Everybody is called by how others list them.
    Testimony of(NativeId account) {
        meanwhile.run();
        if (unanswering.contains(account)) {
            return new Testimony.Silent();
        }
        boolean whole = !nameless.contains(account);
        return Optional.ofNullable(profiles.get(account))
                .<Testimony>map(profile -> new Testimony.Said(
                        whole ? Set.of(FakeNetwork.alias(account).toString()) : Set.of(),
                        Testimony.Said.weighing(
                                wordy.contains(account) ? Testimony.Weight.WORD : Testimony.Weight.FIRM,
                                profile.aliases().stream().map(URI::toString).toList()),
                        whole))
                .orElseGet(Testimony.Nobody::new);
    }
}
