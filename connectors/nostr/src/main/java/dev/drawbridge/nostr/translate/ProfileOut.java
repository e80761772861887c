package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Inline;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Nip05;
import dev.drawbridge.nostr.event.ProfileContent;
import dev.drawbridge.nostr.event.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A profile as kind 0, which says whose it is and where the person really is.
///
/// @param instance whose name stands under every profile
record ProfileOut(InstanceInfo instance, Marks marks) {
    Translation<NativeDraft> update(Activity.ProfileUpdate update, Outbound out) {
        List<Loss> losses = new ArrayList<>();
        Optional<Nip05> name = out.resolved()
                .actor(update.author())
                .filter(a -> a.here().isPresent())
                .flatMap(Resolved.Actor::handle)
                .flatMap(Nip05::tryParse)
                .filter(n -> n.domain().equals(instance.host()));
        EventTemplate event = event(update.profile(), name, out.resolved(), out.seconds(), losses);
        return Translation.of(
                pins(update.profile(), out, losses)
                        .map(pins -> out.speaker(update).draft(Optional.empty(), event, pins))
                        .orElseGet(() -> out.speaker(update).draft(Optional.empty(), event)),
                losses);
    }

    /// What the person put first, as far as it is here ([NIP-51](https://nips.nostr.com/51)), where the profile says
    /// that.
    private Optional<EventTemplate> pins(Profile profile, Outbound out, List<Loss> losses) {
        if (profile.pins().isEmpty()) {
            return Optional.empty();
        }
        List<NativeId> pins = profile.pins().get();
        List<Tag> tags = new ArrayList<>();
        pins.stream()
                .flatMap(pin -> out.resolved().objectHere(pin).stream())
                .map(ref -> ref.id().value())
                .filter(id -> EventId.tryParse(id).isPresent())
                .distinct()
                .forEach(id -> tags.add(Tag.of("e", id)));
        if (tags.size() < pins.size()) {
            losses.add(new Loss("pins", "not here: " + (pins.size() - tags.size())));
        }
        tags.addAll(marks.of(profile.actor()));
        return Optional.of(new EventTemplate(out.seconds(), Kind.PINS, tags, ""));
    }

    /// @param name the name we vouch for
    EventTemplate event(Profile profile, Optional<Nip05> name, Resolved resolved, long seconds, List<Loss> losses) {
        boolean bot = profile.actor().network().equals(Network.BRIDGE);
        String handle = BridgedText.clean(profile.handle()).replaceFirst("^@", "");
        String bio = TextOut.write(profile.bio(), resolved, losses).content();
        Optional<Profile.Field> homepage = profile.fields().stream()
                .filter(field -> page(field).isPresent())
                .findFirst();
        Optional<URI> website = homepage.flatMap(ProfileOut::page);
        String facts = facts(profile, homepage, resolved, losses);
        String about = Stream.of(bio, facts, bot ? "" : origin(profile, handle))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining("\n\n"));
        String shown = BridgedText.clean(profile.displayName());
        var content = new ProfileContent(
                handle,
                shown.isBlank() ? handle : shown,
                about,
                profile.avatar(),
                profile.header(),
                website.or(profile::url).or(() -> bot ? Optional.<URI>of(instance.baseUrl()) : Optional.empty()),
                name,
                profile.automated() || bot);
        String json = content.json();
        List<Tag> tags = new ArrayList<>(EmojiTags.write(profile.emoji(), json, losses));
        tags.addAll(marks.of(profile.actor()));
        return new EventTemplate(seconds, Kind.PROFILE, tags, json);
    }

    /// The page of their own that a fact names.
    private static Optional<URI> page(Profile.Field field) {
        return Stream.of(field)
                .filter(fact -> fact.name().strip().equalsIgnoreCase("website"))
                .flatMap(fact -> fact.value().facets().stream())
                .flatMap(facet -> facet instanceof Facet.Link link ? Stream.of(link.target()) : Stream.empty())
                .filter(Inline::isWeb)
                .findFirst();
    }

    /// There is no table here: a line for each fact but the website.
    private static String facts(
            Profile profile, Optional<Profile.Field> website, Resolved resolved, List<Loss> losses) {
        List<String> lines = profile.fields().stream()
                .filter(field -> website.filter(field::equals).isEmpty())
                .map(field -> BridgedText.clean(field.name()).strip() + ": "
                        + TextOut.write(field.value(), resolved, losses)
                                .content()
                                .replace('\n', ' ')
                                .strip())
                .toList();
        if (!lines.isEmpty()) {
            losses.add(new Loss("fields", "lines of the self-description: " + lines.size()));
        }
        return String.join("\n", lines);
    }

    private String origin(Profile profile, String handle) {
        String where = profile.url().map(URI::toString).orElse(handle);
        return "Bridged from " + where + " by " + instance.domain();
    }
}
