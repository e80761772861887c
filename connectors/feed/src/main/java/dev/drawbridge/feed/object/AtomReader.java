package dev.drawbridge.feed.object;

import java.net.URI;
import java.util.Optional;

/// Atom: [RFC 4287](https://www.rfc-editor.org/rfc/rfc4287).
final class AtomReader {
    private final XmlElement root;
    private final URI base;
    private final String language;

    private AtomReader(XmlElement root, URI address) {
        this.root = root;
        this.base = XmlReading.base(root, address);
        this.language = XmlReading.language(root, "");
    }

    static Feed read(XmlElement root, URI address) {
        return new AtomReader(root, address).feed();
    }

    private Feed feed() {
        return new Feed(
                line(root, "title"),
                line(root, "subtitle"),
                XmlReading.link(root, "alternate", base),
                root.text(Spaces.ATOM, "icon")
                        .or(() -> root.text(Spaces.ATOM, "logo"))
                        .flatMap(a -> Addresses.http(base, a)),
                language,
                Optional.empty(),
                XmlReading.link(root, "hub", base),
                XmlReading.link(root, "self", base),
                XmlReading.entries(root.children(Spaces.ATOM, "entry").toList(), this::draft));
    }

    private Draft draft(XmlElement entry) {
        URI here = XmlReading.base(entry, base);
        var draft = new Draft(here);
        draft.id = entry.text(Spaces.ATOM, "id");
        XmlReading.link(entry, "alternate", here).ifPresent(l -> draft.link(l.toString()));
        draft.title = Draft.cut(line(entry, "title"), Entry.LONGEST_TITLE);
        draft.summary(markup(entry, "summary"));
        Optional<XmlElement> content = entry.children(Spaces.ATOM, "content").findFirst();
        URI inside = content.map(c -> XmlReading.base(c, here)).orElse(here);
        draft.html(content.map(AtomReader::markup).filter(m -> !m.isBlank()).orElseGet(() -> mediaText(entry)), inside);
        // What stands elsewhere is a link (§4.1.3.2).
        content.flatMap(c -> c.attribute("src")).ifPresent(draft::link);
        if (draft.html.isEmpty()) {
            draft.html(markup(entry, "summary"), here);
            draft.summary = "";
        }
        draft.language = XmlReading.language(entry, language);
        draft.updated = entry.text(Spaces.ATOM, "updated").flatMap(FeedTimes::read);
        draft.published =
                entry.text(Spaces.ATOM, "published").flatMap(FeedTimes::read).or(() -> draft.updated);
        draft.time = entry.text(Spaces.ATOM, "published")
                .or(() -> entry.text(Spaces.ATOM, "updated"))
                .orElse("");
        entry.children(Spaces.ATOM, "category")
                .forEach(c -> c.attribute("label").or(() -> c.attribute("term")).ifPresent(draft::tag));
        files(entry, draft);
        return draft;
    }

    private static void files(XmlElement entry, Draft draft) {
        entry.children(Spaces.ATOM, "link")
                .filter(e -> e.attribute("rel").orElse("").equals("enclosure"))
                .forEach(e -> e.attribute("href")
                        .flatMap(draft::address)
                        .ifPresent(url -> draft.file(new Enclosure(
                                url,
                                e.attribute("type"),
                                Html.line(e.attribute("title").orElse("")),
                                0,
                                0,
                                Optional.empty()))));
        entry.children(Spaces.MEDIA, "group")
                .flatMap(g -> g.children(Spaces.MEDIA, "thumbnail"))
                .limit(1)
                .forEach(e -> e.attribute("url")
                        .flatMap(draft::address)
                        .ifPresent(url ->
                                draft.file(new Enclosure(url, Optional.of("image"), "", 0, 0, Optional.empty()))));
    }

    /// What sites that show films write instead of content.
    private static String mediaText(XmlElement entry) {
        return entry.children(Spaces.MEDIA, "group")
                .flatMap(g -> g.text(Spaces.MEDIA, "description").stream())
                .map(Html::escaped)
                .map(text -> text.replace("\n", "<br>"))
                .findFirst()
                .orElse("");
    }

    private static String line(XmlElement in, String name) {
        return Html.line(Html.plain(markup(in, name)));
    }

    private static String markup(XmlElement in, String name) {
        return in.children(Spaces.ATOM, name)
                .findFirst()
                .map(AtomReader::markup)
                .orElse("");
    }

    /// Text constructs and content as HTML (§3.1, §4.1.3).
    private static String markup(XmlElement construct) {
        return switch (construct.attribute("type").orElse("text")) {
            case "html", "text/html" -> construct.text();
            case "xhtml", "application/xhtml+xml" -> construct.markup();
            case "text", "text/plain" -> Html.escaped(construct.text().strip()).replace("\n", "<br>");
            default -> "";
        };
    }
}
