package dev.drawbridge.feed.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// An element with what is in it. Made by [XmlTree].
///
/// @param space the namespace; empty for none
/// @param attributes by their name, `xml:base` and `xml:lang` among them; of others in a namespace the local name
/// @param content elements and texts, in order
record XmlElement(String space, String name, Map<String, String> attributes, List<Content> content) {
    /// Elements of HTML that have no end tag: of `<br></br>` a reader of HTML makes two.
    private static final Set<String> VOID = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    /// What can stand in an element.
    sealed interface Content {}

    record Child(XmlElement element) implements Content {}

    record Words(String text) implements Content {}

    XmlElement(String space, String name, Map<String, String> attributes) {
        this(space, name, Map.copyOf(attributes), new ArrayList<>());
    }

    Optional<String> attribute(String called) {
        return Optional.ofNullable(attributes.get(called)).map(String::strip).filter(v -> !v.isEmpty());
    }

    Stream<XmlElement> children() {
        return content.stream().filter(Child.class::isInstance).map(c -> ((Child) c).element());
    }

    Stream<XmlElement> children(String inSpace, String called) {
        return children().filter(e -> e.space.equals(inSpace) && e.name.equals(called));
    }

    /// The text of the first such child; empty if there is none or it says nothing.
    Optional<String> text(String inSpace, String called) {
        return children(inSpace, called)
                .map(XmlElement::text)
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .findFirst();
    }

    /// All text in it.
    String text() {
        if (content.size() == 1 && content.getFirst() instanceof Words(String only)) {
            return only;
        }
        var all = new StringBuilder();
        for (Content part : content) {
            all.append(
                    switch (part) {
                        case Child(XmlElement element) -> element.text();
                        case Words(String words) -> words;
                    });
        }
        return all.toString();
    }

    /// What is in it as HTML: the form of XHTML in Atom (RFC 4287 §3.1.1.3).
    String markup() {
        var all = new StringBuilder();
        for (Content part : content) {
            switch (part) {
                case Words(String words) -> all.append(Html.escaped(words));
                case Child(XmlElement element) -> {
                    all.append('<').append(element.name);
                    element.attributes.forEach((key, value) -> all.append(' ')
                            .append(key)
                            .append("=\"")
                            .append(Html.escaped(value).replace("\"", "&quot;"))
                            .append('"'));
                    all.append('>').append(element.markup());
                    if (!VOID.contains(element.name.toLowerCase(Locale.ROOT))) {
                        all.append("</").append(element.name).append('>');
                    }
                }
            }
        }
        return all.toString();
    }
}
