package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.model.Network;
import java.util.Optional;

/// The page of one of our actors: who it is, where they really are, and that this is a bridge.
final class ProfilePage {
    private final Addresses addresses;

    ProfilePage(Addresses addresses) {
        this.addresses = addresses;
    }

    /// @param document the actor's document
    Page of(PageWords words, Presentation shown, As2 document) {
        String name = document.text("name").filter(n -> !n.isBlank()).orElse(shown.username());
        Optional<String> original = ActorEndpoint.originalPage(document);
        var page = new Page(
                        words,
                        name + " (" + shown.handle() + ")",
                        shown.origin().network().name())
                .about(addresses.actor(shown), original)
                .indexed(document.flag("indexable").orElse(false));
        page.html("<h1>" + Page.escape(name) + "</h1>");
        page.html("<p class=\"who\">" + Page.escape(shown.handle()) + "</p>");
        page.html(Page.clean(document.text("summary").orElse("")));
        fields(page, document);
        return page.html("<footer><p class=\"who\">" + origin(page, addresses, shown) + "</p>" + link(page, original)
                + "</footer>");
    }

    private static void fields(Page page, As2 document) {
        var fields = document.objects("attachment").stream()
                .filter(f -> f.isA("PropertyValue") && f.text("name").isPresent())
                .toList();
        if (fields.isEmpty()) {
            return;
        }
        page.html("<dl>");
        fields.forEach(f -> page.html("<dt>" + Page.escape(f.text("name").orElse("")) + "</dt><dd>"
                + Page.clean(f.text("value").orElse("")) + "</dd>"));
        page.html("</dl>");
    }

    /// Says that this is not the original, and who carried it here.
    static String origin(Page page, Addresses addresses, Presentation shown) {
        Network from = shown.origin().network();
        return Page.escape(
                from.equals(Network.BRIDGE)
                        ? page.say("from.bot", addresses.host())
                        : page.say("from.elsewhere", page.network(from), addresses.host()));
    }

    static String link(Page page, Optional<String> original) {
        return original.map(address -> "<p>" + Page.link(address, page.say("original")) + "</p>")
                .orElse("");
    }
}
