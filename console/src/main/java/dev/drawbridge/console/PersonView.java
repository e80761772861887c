package dev.drawbridge.console;

import dev.drawbridge.engine.Lookup;
import dev.drawbridge.engine.notice.Phrases;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Somebody in the words of the pages.
///
/// @param name what they call themselves; the handle if they call themselves nothing
/// @param at where they are at home; for a bot, the network it reaches
/// @param page a web address, or none
record PersonView(
        String name,
        String handle,
        String network,
        String id,
        Shore at,
        Optional<String> page,
        boolean bot,
        boolean carried,
        List<Where> places) {
    private static final int LONGEST_NAME = 200;

    /// @param why a sentence if they are not carried there; empty if they are
    /// @param code the reason as a word for programs; empty if there is none
    record Where(
            Shore shore,
            String network,
            boolean carried,
            boolean mirror,
            String why,
            String code,
            Optional<String> handle,
            Optional<String> id,
            Optional<String> page,
            Optional<QrCode> qr) {}

    static PersonView of(Lookup.Person person, Locale language) {
        Network home =
                person.bot() ? new Network(person.id().value()) : person.id().network();
        String name = person.name().isBlank() ? person.handle() : person.name();
        return new PersonView(
                cut(name),
                cut(person.handle()),
                home.name(),
                person.id().value(),
                Shore.of(home),
                person.page().flatMap(PersonView::web),
                person.bot(),
                person.carried(),
                person.places().stream().map(place -> where(place, language)).toList());
    }

    private static Where where(Lookup.Place place, Locale language) {
        Optional<String> page = place.page().flatMap(PersonView::web);
        return new Where(
                Shore.of(place.network()),
                place.network().name(),
                place.objection().isEmpty(),
                place.mirror(),
                place.objection()
                        .map(reason -> Phrases.load().reasonOfOthers(reason, place.network(), language))
                        .orElse(""),
                place.objection().map(Enum::name).orElse(""),
                place.handle().map(PersonView::cut),
                place.id().map(NativeId::value),
                page,
                page.map(QrCode::of));
    }

    /// What people call themselves, as far as a page has room for it.
    static String cut(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    }

    /// A link to follow only if it can be nothing but a web page.
    static Optional<String> web(URI uri) {
        boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        return http && uri.toString().length() < 2_000 ? Optional.of(uri.toString()) : Optional.empty();
    }
}
