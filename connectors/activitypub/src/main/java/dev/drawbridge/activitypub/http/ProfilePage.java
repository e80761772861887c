package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
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
    Page of(Presentation shown, As2 document) {
        String name = document.text("name").filter(n -> !n.isBlank()).orElse(shown.username());
        Optional<String> original = ActorEndpoint.originalPage(document);
        var page = new Page(
                        name + " (" + shown.handle() + ")",
                        shown.origin().network().name())
                .about(addresses.actor(shown), original)
                .indexed(document.flag("indexable").orElse(false));
        document.object("icon")
                .flatMap(icon -> icon.ref("url"))
                .filter(url -> Uris.isHttp(url))
                .ifPresent(url -> page.html("<img class=\"picture\" alt=\"\" src=\"" + Page.escape(url) + "\">"));
        page.html("<h1>" + Page.escape(name) + "</h1>");
        page.html("<p class=\"soft\">" + Page.escape(shown.handle()) + "</p>");
        page.html(Page.clean(document.text("summary").orElse("")));
        fields(page, document);
        return page.html("<footer><p>" + origin(addresses, shown) + "</p>" + link(original) + "</footer>");
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
    static String origin(Addresses addresses, Presentation shown) {
        Network from = shown.origin().network();
        return from.equals(Network.BRIDGE)
                ? "A bot of the bridge " + Page.escape(addresses.host()) + "."
                : "Bridged from " + Page.escape(Page.network(from)) + " by " + Page.escape(addresses.host()) + ".";
    }

    static String link(Optional<String> original) {
        return original.map(page -> "<p>" + Page.link(page, "See the original") + "</p>")
                .orElse("");
    }
}
