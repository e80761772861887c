package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A profile becomes what an actor document shows of a person. Where the actor is reached and what it signs with is
/// added by who knows it.
public final class PersonWriter {
    private PersonWriter() {}

    /// @param actor the actor's id here
    static ObjectNode write(Profile profile, String actor, Speaker speaker) {
        boolean bot = profile.automated() || profile.actor().network().equals(Network.BRIDGE);
        ObjectNode person = Documents.object()
                .put("id", actor)
                .put("type", bot ? "Service" : "Person")
                .put("name", profile.displayName().isBlank() ? profile.handle() : profile.displayName())
                .put("summary", summary(profile, speaker));
        var url = CanonicalLink.ofActor(profile.actor(), profile.url());
        if (!url.isEmpty()) {
            person.set("url", url);
        }
        profile.avatar()
                .ifPresent(a -> person.putObject("icon").put("type", "Image").put("url", a.toString()));
        profile.header()
                .ifPresent(h -> person.putObject("image").put("type", "Image").put("url", h.toString()));
        elsewhere(profile, person, speaker);
        signals(profile, person);
        person.put("manuallyApprovesFollowers", profile.locked());
        ArrayNode fields = person.putArray("attachment");
        profile.fields()
                .forEach(field -> fields.addObject()
                        .put("type", "PropertyValue")
                        .put("name", field.name())
                        .put("value", inline(field.value(), speaker)));
        if (!profile.emoji().isEmpty()) {
            ArrayNode tags = person.putArray("tag");
            profile.emoji().forEach(emoji -> AttachmentWriter.emoji(emoji, tags));
        }
        if (!profile.actor().network().equals(Network.BRIDGE)) {
            person.put("bridgeable", false);
            fields.addObject()
                    .put("type", "PropertyValue")
                    .put("name", "Bridged from")
                    .put("value", original(profile));
        }
        return person;
    }

    private static void elsewhere(Profile profile, ObjectNode person, Speaker speaker) {
        if (!profile.aliases().isEmpty()) {
            ArrayNode aliases = person.putArray("alsoKnownAs");
            profile.aliases().forEach(alias -> aliases.add(alias.toString()));
        }
        profile.movedTo().flatMap(speaker::person).ifPresent(there -> person.put("movedTo", there));
    }

    /// Whether the owner wants to be found and searched, as far as they said so; a no wins.
    private static void signals(Profile profile, ObjectNode person) {
        var said = profile.signals();
        if (said.contains(ConsentSignal.DISCOVERABLE) || said.contains(ConsentSignal.NOT_DISCOVERABLE)) {
            person.put("discoverable", !said.contains(ConsentSignal.NOT_DISCOVERABLE));
        }
        if (said.contains(ConsentSignal.INDEXABLE) || said.contains(ConsentSignal.NOT_INDEXABLE)) {
            person.put("indexable", !said.contains(ConsentSignal.NOT_INDEXABLE));
        }
    }

    /// What a new actor shows, when nothing else is known yet.
    public static ObjectNode card(Profile profile, String actor, CopyIds ids) {
        return write(profile, actor, new Speaker(dev.drawbridge.model.spi.Resolved.NOTHING, ids));
    }

    private static String summary(Profile profile, Speaker speaker) {
        return HtmlWriter.write(profile.bio(), (mention, span) -> mention(mention, span, speaker), speaker.ids());
    }

    private static String mention(Facet.Mention mention, String span, Speaker speaker) {
        return speaker.person(mention.actor())
                .map(here -> HtmlWriter.mention(here, speaker.handle(mention.actor(), here)))
                .orElseGet(() -> HtmlWriter.escape(span));
    }

    /// The value of a field: one line, without the paragraph around it.
    private static String inline(RichText value, Speaker speaker) {
        String html = HtmlWriter.write(value, (mention, span) -> mention(mention, span, speaker), speaker.ids());
        return html.replaceAll("^<p>|</p>$", "").replace("</p><p>", "<br />");
    }

    private static String original(Profile profile) {
        String name = HtmlWriter.escape(profile.handle());
        return profile.url()
                .map(page -> HtmlWriter.anchor(page.toString()) + name + "</a>")
                .orElse(name);
    }
}
