package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.Testimony.Weight;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/// What an actor document says about who its actor is: what it lists in `alsoKnownAs`, what the fields of its profile
/// link with [`rel="me"`](https://microformats.org/wiki/rel-me), and fields that are one name and nothing else.
public final class IdentityReader {
    private static final int MOST_FIELDS = 50;
    private static final int MOST_ALIASES = 256;

    private IdentityReader() {}

    public static Testimony.Said read(Actor actor) {
        return new Testimony.Said(called(actor), claims(actor.document()));
    }

    /// A page on another host could be anybody's.
    private static Set<String> called(Actor actor) {
        Set<String> called = new LinkedHashSet<>(Set.of(actor.id()));
        As2 document = actor.document();
        Stream.concat(document.text("url").stream(), document.refs("url").stream())
                .filter(page -> Uris.sameOrigin(page, actor.id()))
                .forEach(called::add);
        Uris.authority(actor.id())
                .ifPresent(host -> actor.username().ifPresent(name -> called.add("@" + name + "@" + host)));
        return called;
    }

    private static Map<String, Weight> claims(As2 document) {
        Map<String, Weight> claims = new LinkedHashMap<>();
        document.refs("alsoKnownAs").stream().limit(MOST_ALIASES).forEach(alias -> claims.put(alias, Weight.FIRM));
        document.objects("attachment").stream()
                .filter(field -> field.isA("PropertyValue"))
                .limit(MOST_FIELDS)
                .map(field -> named(field.text("value").orElse("")))
                .forEach(named -> named.forEach((name, weight) -> claims.merge(name, weight, Weight::firmer)));
        return claims;
    }

    /// @param value HTML
    private static Map<String, Weight> named(String value) {
        Element body = Jsoup.parseBodyFragment(value).body();
        List<Element> links = body.select("a[href]");
        if (links.isEmpty()) {
            String text = body.text().strip();
            return text.isEmpty() || text.contains(" ") ? Map.of() : Map.of(text, Weight.WORD);
        }
        return Testimony.Said.weighing(
                Weight.FIRM,
                links.stream()
                        .filter(IdentityReader::isTheirs)
                        .map(link -> link.attr("href"))
                        .toList());
    }

    private static boolean isTheirs(Element link) {
        return Stream.of(link.attr("rel").split("\\s+")).anyMatch("me"::equalsIgnoreCase);
    }
}
