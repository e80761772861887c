package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.model.Article;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.InteractionPolicy;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A post becomes a Note, a Question if it asks something, an Article if it is long and has a title.
final class NoteWriter {
    /// Code units: what most servers let people write in one post.
    private static final int SHORT = 500;

    private final Post post;
    private final Speaker speaker;
    private final String author;
    private final List<Loss> losses = new ArrayList<>();
    /// People named, by their id here, with their handle.
    private final Map<String, String> mentions = new LinkedHashMap<>();
    /// People who are told without being named.
    private final Set<String> copied = new LinkedHashSet<>();

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
        String content = content();
        ObjectNode note = Documents.object().put("id", id()).put("type", type()).put("attributedTo", author);
        parent(note);
        Optional<String> quoted = quoted();
        address(note);
        String whole = content + quoteLine(quoted);
        note.put("content", whole);
        language(note, whole);
        warning(note);
        note.put("published", post.published().toString());
        edited.ifPresent(at -> note.put("updated", at.toString()));
        ArrayNode url = CanonicalLink.ofNote(post.id(), post.url());
        if (!url.isEmpty() && !isLetter()) {
            note.set("url", url);
        }
        if (type().equals("Article")) {
            post.article().ifPresent(a -> article(a, note));
        }
        post.poll().ifPresent(poll -> AttachmentWriter.poll(poll, note));
        AttachmentWriter.media(post.media(), note);
        tags(note);
        quoted.ifPresent(q -> quote(q, note));
        terms(note);
        return note;
    }

    private String id() {
        return speaker.ids().note(post.id());
    }

    /// An article that fits into one post of most servers is a Note: more of them show it whole.
    private String type() {
        if (post.poll().isPresent()) {
            return "Question";
        }
        return post.article().isPresent() && post.text().text().length() > SHORT ? "Article" : "Note";
    }

    private String content() {
        String content = post.article()
                .flatMap(Article::body)
                .map(body -> ArticleHtml.write(body, this::mention, speaker.ids()))
                .orElseGet(() -> HtmlWriter.write(post.text(), this::mention, speaker.ids()));
        boolean titled = post.article().isPresent() && !type().equals("Article");
        return titled ? title(post.article().get()) + content : content;
    }

    private static String title(Article article) {
        return "<p><strong>" + HtmlWriter.escape(article.title()) + "</strong></p>";
    }

    /// An article, and what to show of it where there are none,
    /// [FEP-b2b8](https://codeberg.org/fediverse/fep/src/branch/main/fep/b2b8/fep-b2b8.md).
    private void article(Article article, ObjectNode note) {
        note.put("name", article.title()).put("mediaType", "text/html");
        String excerpt = article.summary().isBlank() ? excerpt() : article.summary();
        if (post.warning().map(ContentWarning::reason).filter(r -> !r.isBlank()).isEmpty()) {
            note.put("summary", HtmlWriter.escape(excerpt));
        } else {
            losses.add(new Loss("warning", "stands where articles are summed up"));
        }
        String link =
                post.url().map(u -> "<p>" + anchored(u.toString()) + "</p>").orElse("");
        note.putObject("preview")
                .put("type", "Note")
                .put("content", title(article) + "<p>" + HtmlWriter.escape(excerpt) + "</p>" + link);
    }

    private String excerpt() {
        String text = post.text().text().strip();
        int paragraph = text.indexOf("\n\n");
        String first = paragraph > 0 ? text.substring(0, paragraph) : text;
        if (first.length() <= SHORT) {
            return first;
        }
        int end = Character.isHighSurrogate(first.charAt(SHORT - 1)) ? SHORT - 1 : SHORT;
        return first.substring(0, end) + "…";
    }

    /// The id here of the quoted post, whose author hears of it.
    private Optional<String> quoted() {
        Optional<NativeId> target = post.quote().map(q -> q.target().id());
        target.flatMap(speaker.resolved()::object)
                .flatMap(Resolved.Post::authorHere)
                .map(NativeId::value)
                .filter(a -> !a.equals(author))
                .ifPresent(copied::add);
        return target.flatMap(speaker::object);
    }

    /// What servers show that know no quotes; the others hide it by its class.
    private String quoteLine(Optional<String> quoted) {
        if (post.quote().isEmpty()) {
            return "";
        }
        if (quoted.isPresent()) {
            return "<p class=\"quote-inline\">RE: " + anchored(quoted.get()) + "</p>";
        }
        Optional<URI> page = post.quote().get().url();
        losses.add(new Loss("quote", "what it quotes is not on ActivityPub" + (page.isPresent() ? ": a link" : "")));
        return page.map(p -> "<p>RE: " + anchored(p.toString()) + "</p>").orElse("");
    }

    private static String anchored(String href) {
        return HtmlWriter.anchor(href) + HtmlWriter.escape(href) + "</a>";
    }

    private static void quote(String quoted, ObjectNode note) {
        note.put("quote", quoted)
                .put("_misskey_quote", quoted)
                .put("quoteUrl", quoted)
                .put("quoteUri", quoted);
        note.withArray("tag")
                .addObject()
                .put("type", "Link")
                .put("mediaType", "application/ld+json; profile=\"" + Vocabulary.CONTEXT + "\"")
                .put("rel", "https://misskey-hub.net/ns#_misskey_quote")
                .put("name", "RE: " + quoted)
                .put("href", quoted);
    }

    /// Who may do what with it: servers take silence about quotes for a no, so everybody is welcome unless the author
    /// said otherwise. That no other bridge shall carry it on (FEP-0036). And its thread (FEP-7888), if it is ours.
    private void terms(ObjectNode note) {
        if (isLetter()) {
            note.put("bridgeable", false);
            return;
        }
        InteractionPolicy said = post.interactions().orElse(InteractionPolicy.UNSAID);
        var everybody = new InteractionPolicy.Rule(InteractionPolicy.People.EVERYBODY, InteractionPolicy.People.NOBODY);
        var whole = new InteractionPolicy(
                said.reply(), said.like(), said.repost(), said.quote().or(() -> Optional.of(everybody)));
        note.set("interactionPolicy", Policies.write(whole, author, mentions.keySet(), speaker));
        note.put("bridgeable", false);
        root().filter(speaker.ids()::ours)
                .map(r -> r + "#thread")
                .ifPresent(thread -> note.put("context", thread).put("conversation", thread));
    }

    /// What is for one reader has no terms, no thread and no other place.
    private boolean isLetter() {
        return post.visibility() == Visibility.DIRECT;
    }

    private Optional<String> root() {
        if (post.inReplyTo().isEmpty()) {
            return Optional.of(id());
        }
        return speaker.resolved()
                .object(post.inReplyTo().get().id())
                .flatMap(Resolved.Post::rootHere)
                .map(ref -> ref.id().value());
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
        var named = new LinkedHashSet<>(mentions.keySet());
        named.addAll(copied);
        Addressing.of(post.visibility(), author, named).writeTo(note);
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
        if (post.warning().filter(w -> !w.labels().isEmpty()).isPresent()) {
            losses.add(new Loss("warning", "its labels are words"));
        }
    }

    private void tags(ObjectNode note) {
        ArrayNode tags = note.putArray("tag");
        mentions.forEach((href, name) ->
                tags.addObject().put("type", "Mention").put("href", href).put("name", name));
        post.emoji().forEach(emoji -> AttachmentWriter.emoji(emoji, tags));
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
            // Readers' programs know whom a link means by the person's page; servers by the id in the tag.
            String shown = speaker.resolved()
                    .actor(mention.actor())
                    .flatMap(Resolved.Actor::url)
                    .map(URI::toString)
                    .orElse(here.get());
            return HtmlWriter.mention(shown, handle);
        }
        losses.add(new Loss("mention", span + " is not on ActivityPub"));
        Optional<URI> page = speaker.resolved().actor(mention.actor()).flatMap(Resolved.Actor::url);
        return page.map(p -> HtmlWriter.anchor(p.toString()) + HtmlWriter.escape(span) + "</a>")
                .orElseGet(() -> HtmlWriter.escape(span));
    }

    /// `to` and `cc` of something an author says to everybody, or only to those who are named.
    record Addressing(List<String> to, List<String> cc) {
        static Addressing of(Visibility visibility, String author, Iterable<String> named) {
            if (visibility == Visibility.DIRECT) {
                var people = new ArrayList<String>();
                named.forEach(people::add);
                return new Addressing(people, List.of());
            }
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
