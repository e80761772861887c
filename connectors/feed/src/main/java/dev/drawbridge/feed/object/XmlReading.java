package dev.drawbridge.feed.object;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What RSS and Atom have in common.
final class XmlReading {
    /// What is further back is not news.
    static final int MOST_ENTRIES = 1_000;

    private XmlReading() {}

    /// What relative addresses in an element count from (XML Base).
    static URI base(XmlElement element, URI outer) {
        return element.attribute("xml:base")
                .flatMap(b -> Addresses.http(outer, b))
                .orElse(outer);
    }

    static String language(XmlElement element, String outer) {
        return element.attribute("xml:lang").orElse(outer);
    }

    /// The first Atom link of that relation. Without one it is `alternate` (RFC 4287 §4.2.7.2).
    static Optional<URI> link(XmlElement element, String relation, URI base) {
        return element.children(Spaces.ATOM, "link")
                .filter(e -> e.attribute("rel").orElse("alternate").equals(relation))
                .flatMap(e -> e.attribute("href").stream())
                .flatMap(href -> Addresses.http(base, href).stream())
                .findFirst();
    }

    /// Each id once: the first is the newest.
    static <T> List<Entry> entries(List<T> written, Function<T, Draft> reader) {
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (T one : written) {
            if (entries.size() == MOST_ENTRIES) {
                break;
            }
            reader.apply(one).entry().filter(entry -> seen.add(entry.id())).ifPresent(entries::add);
        }
        return entries;
    }

    static int pixels(XmlElement element, String name) {
        return element.attribute(name)
                .filter(v -> v.matches("[1-9]\\d{0,4}"))
                .map(Integer::parseInt)
                .orElse(0);
    }
}
