package dev.drawbridge.testkit.fake;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.Claim;
import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.UnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The people of a network in memory: their profiles, and who they say they are.
public abstract class Populated extends Scripted {
    final Map<NativeId, Profile> profiles = new HashMap<>();
    private final FakeTestimonies testimonies = new FakeTestimonies(profiles);

    private final Set<NativeId> untold = new HashSet<>();
    boolean unfetchable;
    int furthest = Integer.MAX_VALUE;

    /// Whether single objects cannot be asked for.
    public synchronized void unfetchable(boolean none) {
        unfetchable = none;
    }

    /// So much of what somebody published is told at the most.
    public synchronized void furthest(int posts) {
        furthest = posts;
    }

    /// From now on nobody can tell what this object is, or what this person shows.
    public synchronized void silentAbout(NativeId object) {
        untold.add(object);
    }

    public synchronized void tellingOf(NativeId object) {
        untold.remove(object);
    }

    /// @throws UnavailableException if nobody can tell what this object is
    final Optional<NativeId> told(NativeId object) {
        if (untold.contains(object)) {
            throw nobodyAnswers();
        }
        return Optional.of(object);
    }

    static UnavailableException nobodyAnswers() {
        return new UnavailableException("nobody answers", Optional.of(Duration.ofMinutes(2)));
    }

    public synchronized void profile(Profile profile) {
        profiles.put(profile.actor(), profile);
    }

    @Override
    public synchronized Optional<Profile> profile(NativeId actor) {
        return told(actor).map(profiles::get);
    }

    /// From now on nobody can tell what this account says of others.
    public synchronized void unanswering(NativeId account) {
        testimonies.unanswering(account);
    }

    /// From now on nobody can tell how others may write this account.
    public synchronized void nameless(NativeId account) {
        testimonies.nameless(account);
    }

    /// From now on this account names others only in words.
    public synchronized void wordy(NativeId account) {
        testimonies.wordy(account);
    }

    /// What happens whenever somebody of this network is asked who they are.
    public synchronized void whenAsked(Runnable happens) {
        testimonies.meanwhile(happens);
    }

    /// Whoever lists somebody among their aliases says that they are the same.
    @Override
    public synchronized Claim claim(NativeId account, NativeId ghost) {
        return testimonies.claim(account, ghost);
    }

    /// Everybody is called by how they are listed among the aliases of others, and says that these are theirs too.
    @Override
    public synchronized Testimony testimony(NativeId account) {
        return testimonies.of(account);
    }

    /// From now on this account points to a post of another one as the proof that both are one person's: that
    /// says `I am also` and the id of this account.
    public synchronized void pointsTo(NativeId account, NativeId other, String post) {
        testimonies.pointsTo(account, other, post);
    }

    /// There is such a post from now on.
    public synchronized void posts(NativeId account, String post, String text) {
        testimonies.posts(account, post, text);
    }

    /// It is not there any more.
    public synchronized void deletes(String post) {
        testimonies.deletes(post);
    }

    /// From now on nobody can tell what it says.
    public synchronized void unreadable(String post) {
        testimonies.unreadable(post);
    }

    @Override
    public synchronized Optional<String> words(NativeId account, String post) {
        return testimonies.words(account, post);
    }

    /// From now on everybody can be asked again.
    public synchronized void answering() {
        testimonies.answering();
    }
}
