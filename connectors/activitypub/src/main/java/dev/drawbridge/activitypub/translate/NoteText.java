package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.RichText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The words of a post: its content, and what types other than Note say in properties of their own.
final class NoteText {
    private NoteText() {}

    /// @param losses takes what could not be kept
    static RichText read(As2 note, List<Loss> losses) {
        return read(note, content(note, losses));
    }

    /// @param content the words of its content
    static RichText read(As2 note, RichText content) {
        var parts = new ArrayList<RichText>();
        title(note, content).map(RichText::plain).ifPresent(parts::add);
        if (note.isA("Event")) {
            when(note).map(RichText::plain).ifPresent(parts::add);
        }
        parts.add(content);
        links(note, content).forEach(parts::add);
        return joined(parts);
    }

    private static RichText content(As2 note, List<Loss> losses) {
        return switch (type(note)) {
            case "text/markdown" -> MarkdownText.read(source(note), losses).plain();
            case "text/plain" -> MarkdownText.linked(source(note), losses);
            default -> HtmlReader.read(source(note), NoteTags.of(note), losses);
        };
    }

    /// The text of an article with its form.
    static ArticleBody form(As2 article, List<Loss> losses) {
        return switch (type(article)) {
            case "text/markdown" -> MarkdownText.read(source(article), losses);
            case "text/plain" -> ArticleBody.of(MarkdownText.linked(source(article), losses));
            default -> ArticleReader.read(source(article), NoteTags.of(article), losses);
        };
    }

    private static String source(As2 note) {
        return note.naturalText("content").orElse("");
    }

    private static String type(As2 note) {
        String type = note.text("mediaType").orElse("text/html").toLowerCase(Locale.ROOT);
        return type.split(";", 2)[0].strip();
    }

    /// The name of everything but an Article, which keeps it, and a Question, whose content says it.
    private static Optional<String> title(As2 note, RichText content) {
        return note.isA("Article", "Question")
                ? Optional.empty()
                : name(note).filter(name -> !content.text().startsWith(name));
    }

    /// The `name` of anything: one line of [plain text](https://www.w3.org/TR/activitystreams-vocabulary/#dfn-name).
    static Optional<String> name(As2 object) {
        return object.naturalText("name")
                .map(name -> name.replaceAll("\\s+", " ").strip())
                .filter(name -> !name.isEmpty());
    }

    /// When and where an event takes place.
    private static Optional<String> when(As2 event) {
        String time = Stream.of("startTime", "endTime")
                .flatMap(t -> event.text(t).stream())
                .collect(Collectors.joining(" – "));
        var place = event.object("location").flatMap(NoteText::name);
        String line = Stream.of(Optional.of(time), place)
                .flatMap(Optional::stream)
                .filter(t -> !t.isBlank())
                .collect(Collectors.joining("\n"));
        return line.isEmpty() ? Optional.empty() : Optional.of(line);
    }

    /// The pages a Lemmy Page is about.
    private static List<RichText> links(As2 note, RichText content) {
        return note.objects("attachment").stream()
                .filter(a -> a.isA("Link"))
                .filter(a -> !a.text("mediaType").orElse("").matches("(image|video|audio)/.*"))
                .flatMap(a -> a.refs("href").stream())
                .flatMap(h -> Uris.tryHttp(h).stream())
                .filter(h -> content.facets().stream()
                        .noneMatch(f -> f instanceof Facet.Link l && l.target().equals(h)))
                .map(h -> new RichText(
                        h.toString(), List.of(new Facet.Link(0, h.toString().length(), h))))
                .toList();
    }

    private static RichText joined(List<RichText> parts) {
        var text = new StringBuilder();
        var facets = new ArrayList<Facet>();
        for (RichText part : parts) {
            if (!part.text().isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n\n");
                int at = text.length();
                text.append(part.text());
                part.facets().forEach(f -> facets.add(f.shifted(at)));
            }
        }
        return new RichText(text.toString(), facets);
    }
}
