package dev.drawbridge.atproto;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a new ghost its profile, so that nobody meets an account without a face.
final class GhostProfiles {
    private static final Logger LOG = LoggerFactory.getLogger(GhostProfiles.class);
    private final Translator translator;
    private final RepoDelivery delivery;
    private final InstantSource clock;

    GhostProfiles(Translator translator, RepoDelivery delivery, InstantSource clock) {
        this.translator = translator;
        this.delivery = delivery;
        this.clock = clock;
    }

    void show(Ghost ghost, Profile profile) {
        Resolved.Actor owner = new Resolved.Actor(
                ghost.origin(), Optional.of(ghost.id()), Optional.of(ghost.handle()), Optional.empty());
        Resolved resolved = new Resolved(Map.of(profile.actor(), owner), Map.of(), Map.of(), Set.of());
        NativeId id =
                new NativeId(Network.BRIDGE, "profile of " + ghost.origin().key());
        Activity update = new Activity.ProfileUpdate(id, clock.instant(), profile);
        if (translator.fromCanonical(update, resolved, clock.instant())
                        instanceof Translation.Translated<NativeDraft>(NativeDraft draft, var _)
                && delivery.deliver(draft) instanceof DeliveryOutcome.Refused(String reason)) {
            LOG.warn("no profile for {}: {}", ghost.id(), reason);
        }
    }
}
