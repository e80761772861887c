package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An actor document becomes a profile.
public final class ProfileReader {
    private static final int MAX_FIELDS = 50;
    private static final int MAX_ALIASES = 256;
    /// `acct:`, `at:`, `did:`, `http:`, `nostr:` and what else there will be, of nothing but what a URI is made of.
    private static final Pattern ALIAS =
            Pattern.compile("[a-z][a-z0-9+.-]{0,31}:[A-Za-z0-9._~:/?@!$&'()*+,;=-]{1,2000}");

    private ProfileReader() {}

    public static Profile read(Actor actor) {
        return read(actor, new ArrayList<>());
    }

    /// @param losses takes what is beyond measure
    static Profile read(Actor actor, List<Loss> losses) {
        NoteTags.tooMany(actor.document(), losses);
        As2 document = actor.document();
        String host = Uris.authority(actor.id()).orElse("");
        String username = actor.username().orElse(actor.id());
        String name = document.naturalText("name").map(String::strip).orElse("");
        RichText bio = HtmlReader.read(document.naturalText("summary").orElse(""), NoteTags.of(document));
        return Profile.builder(CopyIds.id(actor.id()), "@" + username + "@" + host)
                .displayName(name.isEmpty() ? username : name)
                .bio(bio)
                .url(url(document))
                .avatar(picture(document, "icon"))
                .header(picture(document, "image"))
                .fields(fields(document, losses))
                .alsoSaying(facts(document))
                .emoji(EmojiTags.read(document))
                .signals(signals(document))
                .movedTo(document.ref("movedTo").filter(m -> Uris.isHttp(m)).map(CopyIds::id))
                .aliases(aliases(document))
                .since(document.instant("published"))
                .automated(document.isA("Service", "Application"))
                .locked(document.flag("manuallyApprovesFollowers").orElse(false))
                // FEP-0036; words that refuse are found by the profile itself.
                .refusesBridging(document.flag("bridgeable").filter(b -> !b).isPresent())
                .build();
    }

    private static Optional<URI> picture(As2 document, String property) {
        return document.object(property)
                .flatMap(i -> i.ref("url"))
                .or(() -> document.text(property))
                .flatMap(Uris::tryHttp);
    }

    /// What all facts say, also those that are not shown.
    private static List<String> facts(As2 document) {
        return document.objects("attachment").stream()
                .filter(a -> a.isA("PropertyValue"))
                .flatMap(a -> Stream.concat(a.text("name").stream(), a.text("value").stream()))
                .map(HtmlReader::plain)
                .toList();
    }

    private static List<Profile.Field> fields(As2 document, List<Loss> losses) {
        List<Profile.Field> fields = document.objects("attachment").stream()
                .filter(a -> a.isA("PropertyValue"))
                .flatMap(a -> a
                        .text("name")
                        .map(HtmlReader::plain)
                        .filter(name -> !name.isBlank())
                        .map(name -> new Profile.Field(
                                name, HtmlReader.read(a.text("value").orElse(""), NoteTags.of(document))))
                        .stream())
                .toList();
        return Cut.list(fields, MAX_FIELDS, left -> new Loss("fields", left + " more than fit"), losses);
    }

    /// What counts against or for being carried, short of a refusal; what is missing was not said.
    private static Set<ConsentSignal> signals(As2 document) {
        Set<ConsentSignal> signals = EnumSet.noneOf(ConsentSignal.class);
        document.flag("discoverable")
                .map(yes -> yes ? ConsentSignal.DISCOVERABLE : ConsentSignal.NOT_DISCOVERABLE)
                .ifPresent(signals::add);
        document.flag("indexable")
                .map(yes -> yes ? ConsentSignal.INDEXABLE : ConsentSignal.NOT_INDEXABLE)
                .ifPresent(signals::add);
        document.flag("bridgeable").filter(b -> b).ifPresent(_ -> signals.add(ConsentSignal.BRIDGEABLE));
        boolean signIn = Stream.of("_misskey_requireSigninToViewContents", "hidesToPublicFromUnauthedWeb")
                .anyMatch(name -> document.flag(name).filter(b -> b).isPresent());
        if (signIn) {
            signals.add(ConsentSignal.SIGN_IN_TO_READ);
        }
        // What a group is told, it tells everybody in it. Mastodon says of whom it closed, and of who died.
        boolean closed = Stream.of("memorial", "suspended")
                .anyMatch(name -> document.flag(name).filter(b -> b).isPresent());
        if (closed
                || document.isA("Group", "Service", "Application")
                || BridgeMarks.ofObject(document).isPresent()) {
            signals.add(ConsentSignal.NOBODY);
        }
        return signals;
    }

    private static List<URI> aliases(As2 document) {
        return document.refs("alsoKnownAs").stream()
                .limit(MAX_ALIASES)
                .flatMap(alias -> ALIAS.matcher(alias).matches() ? Stream.of(URI.create(alias)) : Stream.empty())
                .toList();
    }

    private static Optional<URI> url(As2 document) {
        return Stream.concat(document.text("url").stream(), document.refs("url").stream())
                .flatMap(u -> Uris.tryHttp(u).stream())
                .findFirst();
    }
}
