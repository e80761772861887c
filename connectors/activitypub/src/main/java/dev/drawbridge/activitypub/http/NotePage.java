package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.activitypub.store.Utterance;
import dev.drawbridge.activitypub.wire.Addresses;
import java.util.Optional;

/// The page of something that one of our actors said.
final class NotePage {
    private static final int NOTABLE = 80;
    private final Addresses addresses;

    NotePage(Addresses addresses) {
        this.addresses = addresses;
    }

    Page of(PageWords words, Utterance said, As2 document, Optional<Presentation> author) {
        var card = author.flatMap(a -> Documents.parse(a.card()).found());
        String name = author.map(a -> card.flatMap(c -> c.text("name")).orElse(a.username()))
                .orElseGet(() -> words.say("somebody"));
        var original = ActorEndpoint.originalPage(document);
        var page = new Page(
                        words,
                        title(name, said),
                        author.map(a -> a.origin().network().name()).orElse(Page.BRIDGE))
                .about(said.id(), original)
                .indexed(card.flatMap(c -> c.flag("indexable")).orElse(false));
        page.html("<h1>" + Page.link(said.actor(), name) + "</h1>");
        author.ifPresent(a -> page.html("<p class=\"who\">" + Page.escape(a.handle()) + " · <time>"
                + Page.escape(said.at().toString()) + "</time></p>"));
        switch (said.role()) {
            case REPLY -> note(page, document);
            case LIKE -> about(page, "likes", document);
            case SHARE -> about(page, "shares", document);
            case OTHER -> about(page, "follows", document);
        }
        String origin = author.map(a -> ProfilePage.origin(page, addresses, a)).orElse("");
        return page.html(
                "<footer><p class=\"who\">" + origin + "</p>" + ProfilePage.link(page, original) + "</footer>");
    }

    private static String title(String name, Utterance said) {
        String shown = name.length() > NOTABLE ? name.substring(0, NOTABLE) + "…" : name;
        return shown + ", " + said.at().toString().substring(0, 10);
    }

    private static void note(Page page, As2 document) {
        document.ref("inReplyTo")
                .ifPresent(parent ->
                        page.html("<p>" + Page.escape(page.say("answers")) + " " + Page.link(parent, parent) + "</p>"));
        document.text("name").ifPresent(title -> page.html("<h2>" + Page.escape(title) + "</h2>"));
        var warning = document.text("summary").filter(w -> !w.isBlank());
        warning.ifPresent(w -> page.html("<details><summary>" + Page.escape(w) + "</summary>"));
        page.html(Page.clean(document.naturalText("content").orElse("")));
        media(page, document);
        warning.ifPresent(_ -> page.html("</details>"));
    }

    /// Media as links: what they show is often not ours to load for whoever looks at a page.
    private static void media(Page page, As2 document) {
        var media = document.objects("attachment");
        if (media.isEmpty()) {
            return;
        }
        page.html("<ul>");
        media.forEach(m -> {
            String address = m.ref("url").orElse("");
            String alt = m.text("name")
                    .or(() -> m.text("summary"))
                    .filter(a -> !a.isBlank())
                    .orElse(address);
            page.html("<li>" + Page.link(address, alt) + "</li>");
        });
        page.html("</ul>");
    }

    private static void about(Page page, String does, As2 document) {
        String what = document.ref("object").orElseGet(() -> page.say("something"));
        page.html("<p>" + Page.escape(page.say(does)) + " " + Page.link(what, what) + "</p>");
    }
}
