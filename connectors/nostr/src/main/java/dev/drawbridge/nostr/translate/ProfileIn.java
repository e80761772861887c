package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Nip05;
import dev.drawbridge.nostr.event.ProfileContent;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Kind 0. A name that a web server vouches for counts only once somebody asked that server, so it comes from what was
/// resolved, never from the event.
public final class ProfileIn implements Inbound {
    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        Set<NativeId> actors = new HashSet<>();
        actors.add(Inbound.author(event));
        ProfileContent.read(event.content()).ifPresent(p -> actors.addAll(TextIn.people(p.about())));
        return new Needs(actors, Set.of(), Set.of(), false);
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        Optional<String> handle = resolved.actor(Inbound.author(event)).flatMap(Resolved.Actor::handle);
        List<Loss> losses = new ArrayList<>();
        return profile(event, handle, resolved, losses)
                .<Translation<List<Activity>>>map(p -> Translation.of(
                        List.of(new Activity.ProfileUpdate(NativeEvents.id(event.id()), Inbound.at(event), p)), losses))
                .orElseGet(() -> Translation.malformed("content", "not a JSON object"));
    }

    /// The profile in a kind 0 event.
    ///
    /// @param name the name its server confirmed
    /// @return empty if the content is not a JSON object
    public static Optional<Profile> profile(Event event, Optional<Nip05> name) {
        return profile(event, name.map(Nip05::shown), Resolved.NOTHING, new ArrayList<>());
    }

    private static Optional<Profile> profile(
            Event event, Optional<String> handle, Resolved resolved, List<Loss> losses) {
        return ProfileContent.read(event.content())
                .map(content -> Profile.builder(
                                Inbound.author(event),
                                handle.orElseGet(() -> event.pubkey().npub()))
                        .displayName(content.shownName())
                        .alsoSaying(List.of(content.name()))
                        .bio(TextIn.read(content.about(), Set.of(), resolved).text())
                        .url(Optional.of(Viewer.page(event.pubkey())))
                        .avatar(content.picture().filter(ProfileIn::isWeb))
                        .header(content.banner().filter(ProfileIn::isWeb))
                        .fields(content.website().filter(ProfileIn::isWeb).map(ProfileIn::website).stream()
                                .toList())
                        .automated(content.bot())
                        .refusesBridging(BridgeMarks.mark(event).isPresent())
                        .emoji(EmojiTags.read(event, losses))
                        .build());
    }

    private static Profile.Field website(URI page) {
        String shown = page.toString();
        return new Profile.Field("Website", new RichText(shown, List.of(new Facet.Link(0, shown.length(), page))));
    }

    private static boolean isWeb(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
    }
}
