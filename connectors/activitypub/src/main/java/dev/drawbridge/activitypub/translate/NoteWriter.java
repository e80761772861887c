package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A post becomes a Note.
final class NoteWriter {
    private final Post post;
    private final Speaker speaker;
    private final String author;
    private final List<Loss> losses = new ArrayList<>();
    /// People named, by their id here, with their handle.
    private final Map<String, String> mentions = new LinkedHashMap<>();

    NoteWriter(Post post, Speaker speaker) {
        this.post = post;
        this.speaker = speaker;
        this.author = speaker.author(post.author());
    }

    List<Loss> losses() {
        return losses;
    }

    /// @param edited when this version was made, if it is not the first
    ObjectNode write(Optional<Instant> edited) {
        String content = HtmlWriter.write(post.text(), this::mention, speaker.ids());
        ObjectNode note = Documents.object()
                .put("id", speaker.ids().note(post.id()))
                .put("type", "Note")
                .put("attributedTo", author);
        parent(note);
        address(note);
        note.put("content", content);
        language(note, content);
        warning(note);
        note.put("published", post.published().toString());
        edited.ifPresent(at -> note.put("updated", at.toString()));
        ArrayNode url = CanonicalLink.ofNote(post.id(), post.url());
        if (!url.isEmpty()) {
            note.set("url", url);
        }
        tags(note);
        return note;
    }

    private void parent(ObjectNode note) {
        if (post.inReplyTo().isEmpty()) {
            return;
        }
        NativeId parent = post.inReplyTo().map(ObjectRef::id).orElseThrow();
        var here = speaker.object(parent);
        if (here.isEmpty()) {
            losses.add(new Loss("reply", "what it answers is not on ActivityPub"));
            return;
        }
        note.put("inReplyTo", here.get());
        // Servers show an answer to the person answered only if it mentions them.
        speaker.resolved()
                .object(parent)
                .flatMap(Resolved.Post::authorHere)
                .filter(a -> !a.value().equals(author))
                .ifPresent(a -> mentions.putIfAbsent(a.value(), speaker.handle(a, a.value())));
    }

    private void address(ObjectNode note) {
        Addressing.of(post.visibility(), author, mentions.keySet()).writeTo(note);
    }

    private void language(ObjectNode note, String content) {
        if (post.languages().isEmpty()) {
            return;
        }
        note.putObject("contentMap").put(post.languages().getFirst(), content);
        if (post.languages().size() > 1) {
            losses.add(new Loss("languages", "only the first of " + post.languages() + " is named"));
        }
    }

    private void warning(ObjectNode note) {
        note.put("sensitive", post.warning().isPresent());
        post.warning().map(ContentWarning::reason).filter(r -> !r.isBlank()).ifPresent(r -> note.put("summary", r));
    }

    private void tags(ObjectNode note) {
        ArrayNode tags = note.putArray("tag");
        mentions.forEach((href, name) ->
                tags.addObject().put("type", "Mention").put("href", href).put("name", name));
        post.text().facets().stream()
                .filter(Facet.Hashtag.class::isInstance)
                .map(f -> ((Facet.Hashtag) f).tag())
                .collect(java.util.stream.Collectors.toMap(
                        t -> t.toLowerCase(Locale.ROOT), t -> t, (first, _) -> first, LinkedHashMap::new))
                .values()
                .forEach(tag -> tags.addObject()
                        .put("type", "Hashtag")
                        .put("name", "#" + tag)
                        .put("href", speaker.ids().hashtag(tag)));
    }

    private String mention(Facet.Mention mention, String span) {
        var here = speaker.person(mention.actor());
        if (here.isPresent()) {
            String handle = speaker.handle(mention.actor(), here.get());
            mentions.putIfAbsent(here.get(), handle);
            return HtmlWriter.mention(here.get(), handle);
        }
        losses.add(new Loss("mention", span + " is not on ActivityPub"));
        Optional<URI> page = speaker.resolved().actor(mention.actor()).flatMap(Resolved.Actor::url);
        return page.map(p -> HtmlWriter.anchor(p.toString()) + HtmlWriter.escape(span) + "</a>")
                .orElseGet(() -> HtmlWriter.escape(span));
    }

    /// `to` and `cc` of something an author says to everybody.
    record Addressing(List<String> to, List<String> cc) {
        static Addressing of(Visibility visibility, String author, Iterable<String> named) {
            boolean open = visibility == Visibility.PUBLIC;
            String followers = CopyIds.followers(author);
            var cc = new ArrayList<>(List.of(open ? followers : Vocabulary.PUBLIC));
            named.forEach(cc::add);
            return new Addressing(List.of(open ? Vocabulary.PUBLIC : followers), cc);
        }

        void writeTo(ObjectNode document) {
            ArrayNode primary = document.putArray("to");
            to.forEach(primary::add);
            ArrayNode secondary = document.putArray("cc");
            cc.forEach(secondary::add);
        }
    }
}
