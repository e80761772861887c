package dev.drawbridge.testkit.fake;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.Claim;
import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.UnavailableException;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What accounts of a network in memory say about who they are: that whoever is among their aliases is theirs too.
final class FakeTestimonies {
    static final String WORDS = "I am also ";

    private final Map<NativeId, Profile> profiles;
    private final Set<NativeId> unanswering = new HashSet<>();
    private final Set<NativeId> nameless = new HashSet<>();
    private final Set<String> unreadable = new HashSet<>();
    private final Set<NativeId> wordy = new HashSet<>();
    private final Map<NativeId, Map<String, String>> proofs = new HashMap<>();
    private final Map<String, Map<NativeId, String>> posts = new HashMap<>();
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

    void pointsTo(NativeId account, NativeId other, String post) {
        proofs.put(account, Map.of(FakeNetwork.alias(other).toString(), post));
    }

    void posts(NativeId account, String post, String text) {
        posts.put(post, Map.of(account, text));
    }

    void deletes(String post) {
        posts.remove(post);
    }

    void unreadable(String post) {
        unreadable.add(post);
    }

    Optional<String> words(NativeId account, String post) {
        if (unanswering.contains(account) || unreadable.contains(post)) {
            throw new UnavailableException("nobody answers", Optional.empty());
        }
        return Optional.ofNullable(posts.getOrDefault(post, Map.of()).get(account));
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
                        whole,
                        new Testimony.Proofs(proofs.getOrDefault(account, Map.of()), WORDS + account.value())))
                .orElseGet(Testimony.Nobody::new);
    }
}
