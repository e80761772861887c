package dev.drawbridge.activitypub.object;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A WebFinger answer, [RFC 7033](https://www.rfc-editor.org/rfc/rfc7033).
///
/// @param subject the account, `acct:user@host`
/// @param aliases other addresses of the same
/// @param links where to find what
public record Jrd(String subject, List<String> aliases, List<Link> links) {
    /// @param rel the kind of link
    /// @param type its media type; may be empty
    /// @param href where it leads; empty if `template` says it
    /// @param template an address with `{uri}` in it; may be empty
    public record Link(String rel, String type, String href, String template) {
        public Link(String rel, String type, String href) {
            this(rel, type, href, "");
        }

        public static Link template(String rel, String template) {
            return new Link(rel, "", "", template);
        }
    }

    public Jrd {
        aliases = List.copyOf(aliases);
        links = List.copyOf(links);
    }

    /// Reads an answer; empty if it names no subject.
    public static Optional<Jrd> read(As2 document) {
        return document.text("subject")
                .map(subject -> new Jrd(
                        subject,
                        document.refs("aliases"),
                        document.objects("links").stream()
                                .filter(l -> l.text("rel").isPresent()
                                        && l.text("href").isPresent())
                                .map(l -> new Link(
                                        l.text("rel").orElseThrow(),
                                        l.text("type").orElse(""),
                                        l.text("href").orElseThrow()))
                                .toList()));
    }

    /// The actor the account stands for.
    public Optional<String> self() {
        return links.stream()
                .filter(l -> l.rel().equals("self") && Vocabulary.isActivityJson(l.type()))
                .map(Link::href)
                .findFirst();
    }

    public String write() {
        ObjectNode json = Documents.object().put("subject", subject);
        var also = json.putArray("aliases");
        aliases.forEach(also::add);
        var all = json.putArray("links");
        links.forEach(l -> {
            ObjectNode link = all.addObject().put("rel", l.rel());
            if (!l.type().isEmpty()) {
                link.put("type", l.type());
            }
            if (!l.href().isEmpty()) {
                link.put("href", l.href());
            }
            if (!l.template().isEmpty()) {
                link.put("template", l.template());
            }
        });
        return Documents.write(json);
    }
}
