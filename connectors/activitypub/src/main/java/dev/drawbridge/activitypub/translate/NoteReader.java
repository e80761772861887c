package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Audience;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Article;
import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Poll;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Note becomes a post, and so does everything else that people publish: Question, Article, Page, Image, Video,
/// Audio, Event.
final class NoteReader {
    /// The types that are posts.
    static final String[] TYPES = {"Note", "Question", "Article", "Page", "Image", "Video", "Audio", "Event"};

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*");

    private static final Pattern MARKUP = Pattern.compile(
            "(?i)</?(?:p|br|a|span|div|b|strong|i|em|u|script|style)\\b[^<>]*>|&(?:amp|lt|gt|quot|apos|nbsp|#x?[0-9a-f]{1,6});");

    private final Incoming in;
    private final As2 note;
    private final List<Loss> losses = new ArrayList<>();

    private NoteReader(Incoming in, As2 note) {
        this.in = in;
        this.note = note;
        NoteTags.tooMany(note, losses);
    }

    static boolean looksLike(As2 document) {
        return document.isA(TYPES);
    }

    /// Who wrote a post: the person where there is also a channel or a group, as on PeerTube.
    static Optional<String> author(As2 post) {
        return post.objects("attributedTo").stream()
                .filter(a -> a.isA("Person", "Service"))
                .flatMap(a -> a.id().stream())
                .findFirst()
                .or(() -> post.ref("attributedTo"))
                .or(() -> post.ref("actor"));
    }

    static Translation<Post> read(Incoming in, As2 note, Resolved resolved, Instant receivedAt) {
        var id = note.id().filter(v -> Uris.sameOrigin(v, in.actor()));
        if (id.isEmpty()) {
            return Translation.malformed("object.id", "a note needs an id on its author's host");
        }
        var authors = note.has("attributedTo") ? note.refs("attributedTo") : note.refs("actor");
        if (!authors.isEmpty() && !authors.contains(in.actor())) {
            return Translation.malformed("object.attributedTo", "somebody else wrote it");
        }
        return new NoteReader(in, note).post(id.get(), resolved, receivedAt);
    }

    private Translation<Post> post(String id, Resolved resolved, Instant receivedAt) {
        Optional<ArticleBody> form = note.isA("Article") ? Optional.of(NoteText.form(note, losses)) : Optional.empty();
        RichText words =
                form.map(body -> NoteText.read(note, body.plain())).orElseGet(() -> NoteText.read(note, losses));
        QuoteReader quoted = QuoteReader.read(note, words, quotedId -> allowed(quotedId, resolved));
        if (quoted.gone()) {
            losses.add(new Loss("quote", "the quoted post is gone"));
        }
        if (quoted.denied()) {
            losses.add(new Loss("quote", "its author is not known to allow it: carried as a link"));
        }
        List<Media> media = media(form);
        Optional<Poll> poll = PollReader.read(note, receivedAt, losses);
        if (quoted.text().text().isEmpty()
                && media.isEmpty()
                && poll.isEmpty()
                && quoted.quote().isEmpty()) {
            return Translation.skipped("nothing in it");
        }
        var parent = note.ref("inReplyTo").filter(p -> Uris.isHttp(p)).map(CopyIds::id);
        Instant published = note.instant("published")
                .or(() -> in.document().instant("published"))
                .orElse(receivedAt);
        Post post = Post.builder(CopyIds.id(id), CopyIds.id(in.actor()), published)
                .text(quoted.text())
                .warning(warning())
                .inReplyTo(parent.map(ObjectRef::of))
                .threadRoot(parent.flatMap(resolved::object).flatMap(Resolved.Post::rootHere))
                .languages(languages())
                .url(url())
                .visibility(visibility(in, note))
                .media(media)
                .quote(quoted.quote())
                .poll(poll)
                .article(article(quoted.text().equals(words) ? form : form.map(NoteReader::withoutLast)))
                .emoji(EmojiTags.read(note))
                .interactions(Policies.read(note, in.actor()))
                .build();
        return Translation.of(post, losses);
    }

    /// Their own posts, what shows a permission (whoever takes notes in has asked whether it holds), and what stands
    /// here for a post of another network, whose author's terms the engine keeps.
    private boolean allowed(String quoted, Resolved resolved) {
        Optional<Resolved.Post> known = resolved.object(CopyIds.id(quoted));
        boolean own = known.flatMap(Resolved.Post::author)
                .filter(CopyIds.id(in.actor())::equals)
                .isPresent();
        boolean copy =
                known.filter(post -> !post.original().value().equals(quoted)).isPresent();
        return own || copy || note.has("quoteAuthorization");
    }

    static Visibility visibility(Incoming in, As2 note) {
        return switch (Audience.of(in.document(), note).reach(in.actor())) {
            case PUBLIC -> Visibility.PUBLIC;
            case UNLISTED -> Visibility.UNLISTED;
            case FOLLOWERS -> Visibility.FOLLOWERS;
            case DIRECT -> Visibility.DIRECT;
        };
    }

    /// The post that a post without anything of its own passes on: Misskey's other way to write a repost.
    static Optional<ObjectRef> passedOn(Post post) {
        boolean empty = post.text().text().isBlank()
                && post.media().isEmpty()
                && post.poll().isEmpty()
                && post.warning().isEmpty()
                && post.inReplyTo().isEmpty();
        return empty ? post.quote().map(q -> q.target()) : Optional.empty();
    }

    /// The summary of a Note warns; that of an Article sums up.
    private Optional<ContentWarning> warning() {
        boolean warns = note.isA("Note", "Question");
        String reason =
                warns ? note.naturalText("summary").map(NoteReader::words).orElse("") : "";
        boolean sensitive = note.flag("sensitive").orElse(false);
        return reason.isEmpty() && !sensitive ? Optional.empty() : Optional.of(new ContentWarning(reason));
    }

    /// Most write plain text, in which less-than signs are just that; some write markup.
    private static String words(String summary) {
        return MARKUP.matcher(summary).find() ? HtmlReader.plain(summary) : summary.strip();
    }

    /// Without the paragraph that named what is quoted.
    private static ArticleBody withoutLast(ArticleBody body) {
        return new ArticleBody(
                body.blocks().subList(0, Math.max(0, body.blocks().size() - 1)));
    }

    /// What is attached, and the pictures in the text of an article.
    private List<Media> media(Optional<ArticleBody> form) {
        var media = new ArrayList<>(AttachmentReader.read(note, losses));
        form.ifPresent(body -> media.addAll(body.files(media)));
        return Cut.list(
                media,
                AttachmentReader.MAX,
                left -> new Loss("media", left + " files more than fit into one post"),
                losses);
    }

    private Optional<Article> article(Optional<ArticleBody> form) {
        var title = NoteText.name(note);
        if (!note.isA("Article") || title.isEmpty()) {
            return Optional.empty();
        }
        // FEP-b2b8: what a server without articles should show.
        String summary = note.naturalText("summary")
                .or(() -> note.object("preview").flatMap(p -> p.naturalText("content")))
                .map(HtmlReader::plain)
                .orElse("");
        return Optional.of(new Article(title.get(), summary, form.filter(ArticleBody::hasForm)));
    }

    private List<String> languages() {
        var named = note.languages("content").keySet().stream();
        var lemmys = note.object("language").flatMap(l -> l.text("identifier")).stream();
        return Stream.concat(named, lemmys)
                .filter(tag -> LANGUAGE.matcher(tag).matches())
                .filter(tag -> !tag.toLowerCase(Locale.ROOT).equals("und"))
                .distinct()
                .toList();
    }

    /// A page a person can open: the first address that does not say it is something else.
    private Optional<URI> url() {
        var pages = note.objects("url").stream()
                .filter(l -> l.text("mediaType").orElse("text/html").startsWith("text/html"))
                .flatMap(l -> l.text("href").stream());
        return Stream.concat(note.text("url").stream(), pages)
                .flatMap(u -> Uris.tryHttp(u).stream())
                .findFirst();
    }
}
