package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// An actor document becomes a profile.
public final class ProfileReader {
    private ProfileReader() {}

    public static Profile read(Actor actor) {
        As2 document = actor.document();
        String host = Uris.authority(actor.id()).orElse("");
        String username = actor.username().orElse(actor.id());
        String name = document.naturalText("name").map(String::strip).orElse("");
        RichText bio = HtmlReader.read(document.naturalText("summary").orElse(""), NoteTags.of(document));
        return Profile.builder(CopyIds.id(actor.id()), "@" + username + "@" + host)
                .displayName(name.isEmpty() ? username : name)
                .bio(bio)
                .url(url(document))
                .avatar(document.object("icon").flatMap(i -> i.ref("url")).flatMap(Uris::tryHttp))
                .automated(document.isA("Service", "Application"))
                .locked(document.flag("manuallyApprovesFollowers").orElse(false))
                .refusesBridging(refuses(document, name + " " + bio.text()))
                .build();
    }

    /// `#nobridge` anywhere in name or self-description, or
    /// [FEP-0036](https://codeberg.org/fediverse/fep) `bridgeable: false`.
    private static boolean refuses(As2 document, String words) {
        return document.flag("bridgeable").filter(b -> !b).isPresent()
                || words.toLowerCase(Locale.ROOT).contains("#nobridge");
    }

    private static Optional<URI> url(As2 document) {
        return Stream.concat(document.text("url").stream(), document.refs("url").stream())
                .flatMap(u -> Uris.tryHttp(u).stream())
                .findFirst();
    }
}
