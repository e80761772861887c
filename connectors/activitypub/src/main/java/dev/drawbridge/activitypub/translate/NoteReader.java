package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Audience;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A Note becomes a post.
final class NoteReader {
    private static final List<String> QUOTES = List.of("quote", "_misskey_quote", "quoteUrl", "quoteUri");

    private NoteReader() {}

    static Translation<Post> read(Incoming in, As2 note, Resolved resolved, Instant receivedAt) {
        var id = note.id().filter(v -> Uris.sameOrigin(v, in.actor()));
        if (id.isEmpty()) {
            return Translation.malformed("object.id", "a note needs an id on its author's host");
        }
        var authors = note.has("attributedTo") ? note.refs("attributedTo") : note.refs("actor");
        if (!authors.isEmpty() && !authors.contains(in.actor())) {
            return Translation.malformed("object.attributedTo", "somebody else wrote it");
        }
        Visibility visibility = switch (Audience.of(in.document(), note).reach(in.actor())) {
            case PUBLIC -> Visibility.PUBLIC;
            case UNLISTED -> Visibility.UNLISTED;
            case FOLLOWERS -> Visibility.FOLLOWERS;
            case DIRECT -> Visibility.DIRECT;
        };
        var losses = new ArrayList<Loss>();
        RichText text = text(note, losses);
        if (text.text().isEmpty()) {
            return Translation.skipped(
                    note.has("attachment") ? "nothing but media, which does not cross yet" : "nothing in it");
        }
        var parent = note.ref("inReplyTo").map(CopyIds::id);
        return Translation.of(
                Post.builder(
                                CopyIds.id(id.get()),
                                CopyIds.id(in.actor()),
                                note.instant("published")
                                        .or(() -> in.document().instant("published"))
                                        .orElse(receivedAt))
                        .text(text)
                        .warning(warning(note))
                        .inReplyTo(parent.map(ObjectRef::of))
                        .threadRoot(parent.flatMap(resolved::object).flatMap(Resolved.Post::rootHere))
                        .languages(languages(note))
                        .url(url(note))
                        .visibility(visibility)
                        .build(),
                losses);
    }

    private static RichText text(As2 note, List<Loss> losses) {
        RichText text = HtmlReader.read(note.naturalText("content").orElse(""), NoteTags.of(note));
        int media = note.objects("attachment").size();
        if (media > 0) {
            losses.add(new Loss(
                    "media", media + (media == 1 ? " attachment does" : " attachments do") + " not cross yet"));
        }
        var quoted =
                QUOTES.stream().flatMap(q -> note.ref(q).stream()).findFirst().flatMap(Uris::tryHttp);
        if (quoted.isEmpty() || text.text().isEmpty()) {
            return text;
        }
        losses.add(new Loss("quote", "carried as a link"));
        return withQuote(text, quoted.get());
    }

    /// The text with the quoted post as a link at its end, unless the author put it there.
    private static RichText withQuote(RichText text, URI quoted) {
        boolean there = text.facets().stream()
                .anyMatch(f -> f instanceof Facet.Link l && l.target().equals(quoted));
        if (there) {
            return text;
        }
        String before = text.text() + "\n\nRE: ";
        var facets = new ArrayList<>(text.facets());
        facets.add(new Facet.Link(
                before.length(), before.length() + quoted.toString().length(), quoted));
        return new RichText(before + quoted, facets);
    }

    private static Optional<ContentWarning> warning(As2 note) {
        String reason = note.naturalText("summary").map(HtmlReader::plain).orElse("");
        boolean sensitive = note.flag("sensitive").orElse(false);
        return reason.isEmpty() && !sensitive ? Optional.empty() : Optional.of(new ContentWarning(reason));
    }

    private static List<String> languages(As2 note) {
        return note.languages("content").keySet().stream()
                .filter(tag -> tag.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"))
                .filter(tag -> !tag.toLowerCase(Locale.ROOT).equals("und"))
                .toList();
    }

    /// A page a person can open: the first address that does not say it is something else.
    private static Optional<URI> url(As2 note) {
        var pages = note.objects("url").stream()
                .filter(l -> l.text("mediaType").orElse("text/html").startsWith("text/html"))
                .flatMap(l -> l.text("href").stream());
        return java.util.stream.Stream.concat(note.text("url").stream(), pages)
                .flatMap(u -> Uris.tryHttp(u).stream())
                .findFirst();
    }
}
