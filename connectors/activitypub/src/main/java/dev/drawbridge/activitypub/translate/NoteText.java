package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
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
        var parts = new ArrayList<RichText>();
        RichText content = content(note, losses);
        title(note, content).map(RichText::plain).ifPresent(parts::add);
        if (note.isA("Event")) {
            when(note).map(RichText::plain).ifPresent(parts::add);
        }
        parts.add(content);
        links(note, content).forEach(parts::add);
        return joined(parts);
    }

    private static RichText content(As2 note, List<Loss> losses) {
        String text = note.naturalText("content").orElse("");
        String type = note.text("mediaType").orElse("text/html").toLowerCase(Locale.ROOT);
        return switch (type.split(";", 2)[0].strip()) {
            case "text/markdown" -> MarkdownReader.read(text);
            case "text/plain" -> MarkdownReader.plain(text);
            default -> HtmlReader.read(text, NoteTags.of(note), losses);
        };
    }

    /// The name of everything but an Article, which keeps it, and a Question, whose content says it.
    private static Optional<String> title(As2 note, RichText content) {
        return note.isA("Article", "Question")
                ? Optional.empty()
                : note.naturalText("name")
                        .map(HtmlReader::plain)
                        .filter(name -> !name.isBlank() && !content.text().startsWith(name));
    }

    /// When and where an event takes place.
    private static Optional<String> when(As2 event) {
        String time = Stream.of("startTime", "endTime")
                .flatMap(t -> event.text(t).stream())
                .collect(Collectors.joining(" – "));
        var place = event.object("location").flatMap(l -> l.naturalText("name"));
        String line = Stream.of(Optional.of(time), place.map(HtmlReader::plain))
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
