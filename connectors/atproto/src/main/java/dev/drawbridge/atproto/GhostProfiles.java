package dev.drawbridge.atproto;

import dev.drawbridge.atproto.media.MediaDesk;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.FileOutcome;
import dev.drawbridge.model.spi.HostedFile;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a new ghost its profile, so that nobody meets an account without a face.
final class GhostProfiles {
    private static final Logger LOG = LoggerFactory.getLogger(GhostProfiles.class);
    private final Translator translator;
    private final RepoDelivery delivery;
    private final MediaDesk media;
    private final InstantSource clock;

    GhostProfiles(Translator translator, RepoDelivery delivery, MediaDesk media, InstantSource clock) {
        this.translator = translator;
        this.delivery = delivery;
        this.media = media;
        this.clock = clock;
    }

    void show(Ghost ghost, Profile profile) {
        Resolved.Actor owner = new Resolved.Actor(
                ghost.origin(), Optional.of(ghost.id()), Optional.of(ghost.handle()), Optional.empty());
        Resolved resolved = new Resolved(Map.of(profile.actor(), owner), Map.of(), Map.of(), Set.of())
                .withFiles(pictures(new Did(ghost.id().value()), profile));
        NativeId id =
                new NativeId(Network.BRIDGE, "profile of " + ghost.origin().key());
        Activity update = new Activity.ProfileUpdate(id, clock.instant(), profile);
        if (translator.fromCanonical(update, resolved, clock.instant())
                        instanceof Translation.Translated<NativeDraft>(NativeDraft draft, var _)
                && delivery.deliver(draft) instanceof DeliveryOutcome.Refused(String reason)) {
            LOG.warn("no profile for {}: {}", ghost.id(), reason);
        }
    }

    /// What can be had now; a picture that cannot comes with the next change of the profile.
    private Map<URI, HostedFile> pictures(Did ghost, Profile profile) {
        Map<URI, HostedFile> kept = new HashMap<>();
        Stream.of(profile.avatar(), profile.header()).flatMap(Optional::stream).forEach(picture -> {
            if (media.host(Media.of(picture, Media.Kind.IMAGE), ghost)
                    instanceof FileOutcome.Ready(HostedFile file, var _)) {
                kept.put(picture, file);
            }
        });
        return kept;
    }
}
