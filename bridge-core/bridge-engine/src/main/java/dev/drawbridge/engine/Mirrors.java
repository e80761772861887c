package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Consents;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The accounts that the operator mirrors, as they are listed now. The list is the truth; what follows from it goes
/// through the inbox like everything else.
public final class Mirrors {
    private static final Logger LOG = LoggerFactory.getLogger(Mirrors.class);
    /// How a consent begins that the operator vouches for.
    static final String PERMITTED = "mirror: ";

    static final String ENDED = "the operator ended the mirror";

    /// Whether a consent stands on the operator's word that its owner gave permission.
    public static boolean vouchesFor(Consent consent) {
        return consent.how().startsWith(PERMITTED);
    }

    /// Whether the operator ended a mirror, and may begin it again.
    static boolean ended(Consent consent) {
        return !consent.given() && consent.how().equals(ENDED);
    }

    private volatile Map<NativeId, Mirror> mirrors = Map.of();

    /// Takes a new list and has done what it changes. Doing it again changes nothing.
    ///
    /// @param networks those of this instance
    public void take(List<Mirror> listed, Consents consents, Collection<Network> networks, Inbox inbox, Instant now) {
        mirrors = listed.stream().collect(Collectors.toUnmodifiableMap(Mirror::account, Function.identity()));
        for (Mirror mirror : listed) {
            for (Network target : mirror.targets()) {
                Optional<Consent> said = consents.find(mirror.account(), target);
                boolean ended = said.filter(Mirrors::ended).isPresent();
                if (said.isEmpty() || ended) {
                    Instant at = ended ? now : mirror.since();
                    inbox.put(event(mirror.account(), new MirrorWish(true, target, at, mirror.permission()), now));
                } else if (!said.get().given()) {
                    LOG.warn(
                            "{} is not mirrored to {}: {}",
                            mirror.account(),
                            target,
                            said.get().how());
                }
            }
        }
        for (Network network : networks) {
            consents.forEachGiven(
                    network,
                    person -> consents.of(person).stream()
                            .filter(consent -> consent.given() && vouchesFor(consent))
                            .filter(consent -> !lists(person, consent.target()))
                            .forEach(consent ->
                                    inbox.put(event(person, new MirrorWish(false, consent.target(), now, ""), now))));
        }
    }

    private boolean lists(NativeId person, Network target) {
        return of(person).filter(m -> m.targets().contains(target)).isPresent();
    }

    Collection<Mirror> listed() {
        return mirrors.values();
    }

    Optional<Mirror> of(NativeId account) {
        return Optional.ofNullable(mirrors.get(account));
    }

    /// Whether nothing comes back to an account.
    boolean broadcasts(NativeId account) {
        return of(account).filter(m -> m.mode() == Mirror.Mode.BROADCAST).isPresent();
    }

    /// The profile as it is carried: a mirror says that it is one.
    Profile shown(Profile profile) {
        if (of(profile.actor()).isEmpty()) {
            return profile;
        }
        String line = "Mirror of " + profile.handle() + ", with permission.";
        RichText bio = profile.bio();
        String text = bio.text().isBlank() ? line : bio.text() + "\n\n" + line;
        return profile.toBuilder().bio(new RichText(text, bio.facets())).build();
    }

    private static NativeEvent event(NativeId account, MirrorWish wish, Instant now) {
        String what = "mirror " + (wish.begins() ? "begins " : "ends ") + wish.target() + " "
                + wish.at().toEpochMilli();
        return new NativeEvent(
                new NativeId(account.network(), account.value() + "#" + what.replace(' ', '-')),
                account,
                NativeEvent.Kind.COMMAND,
                Set.of(),
                wish.body(),
                now);
    }
}
