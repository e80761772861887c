package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.model.CustomEmoji;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.TextOnly;
import dev.drawbridge.model.spi.Resolved;
import java.util.IllformedLocaleException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes `app.bsky.feed.post` records.
final class PostWriter {
    private static final int MAX_LANGS = 3;
    private static final int MAX_TAGS = 8;

    private PostWriter() {}

    /// A post in the form of this network.
    ///
    /// @param post the post, with everything in its text that is not shown below it
    /// @param rest what goes on with the text of the record
    record Written(Post post, ObjectNode record, List<RichText> rest) {}

    /// @param threads whether a text that does not fit is divided, where that can be done
    /// @throws Uncrossable if it answers something that is not here
    static Written write(Post given, Resolved resolved, boolean threads, List<Loss> losses) {
        EmbedWriter embeds = EmbedWriter.of(given, resolved, losses);
        Post post = TextOnly.of(embeds.rest(), TextOnly.Links.BEHIND_WORDS, losses);
        PostText.Composed text = PostText.compose(post, resolved, threads, losses);
        ObjectNode record = says(text.text(), losses);
        post.inReplyTo().ifPresent(parent -> record.set("reply", reply(parent, resolved)));
        embeds.write(record, text);
        post.warning().ifPresent(warning -> SelfLabels.write(warning, record));
        langs(post, record, losses);
        if (text.cut()) {
            tags(post, text, record, losses);
        }
        unsaid(given, losses);
        record.put("createdAt", Times.text(post.published()));
        Post marked = text.rest().isEmpty()
                ? post
                : post.toBuilder().text(text.text()).build();
        Originals.mark(record, marked, text.cut(), losses);
        return new Written(post, record, text.rest());
    }

    /// The record of a part that goes on with a post; whom it answers is left to be said.
    ///
    /// @param number 2 for the first one that does
    static ObjectNode part(Written written, RichText text, int number, List<Loss> losses) {
        Post post = written.post().toBuilder().text(text).build();
        ObjectNode record = says(text, losses);
        post.warning().ifPresent(warning -> SelfLabels.write(warning, record));
        if (written.record().get("langs") instanceof ArrayNode langs) {
            record.set("langs", langs.deepCopy());
        }
        record.put("createdAt", Times.text(RecordKeys.partAt(post, number)));
        Originals.mark(record, post, false, losses);
        return record;
    }

    private static ObjectNode says(RichText text, List<Loss> losses) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("$type", Lexicons.POST);
        record.put("text", text.text());
        ArrayNode facets = FacetWriter.write(text, losses);
        if (!facets.isEmpty()) {
            record.set("facets", facets);
        }
        return record;
    }

    /// What this network has nothing for.
    private static void unsaid(Post post, List<Loss> losses) {
        List<String> pictures = post.emoji().stream()
                .map(CustomEmoji::written)
                .filter(post.text().text()::contains)
                .toList();
        if (!pictures.isEmpty()) {
            losses.add(new Loss("emoji", "stays text: " + String.join(" ", pictures)));
        }
    }

    private static ObjectNode reply(ObjectRef parent, Resolved resolved) {
        Resolved.Post known = resolved.object(parent.id())
                .filter(post -> post.here().isPresent())
                .orElseThrow(() -> new Uncrossable("answers something that is not on this network"));
        ObjectNode parentRef = StrongRefs.write(known.here().orElseThrow());
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.set("root", known.rootHere().map(StrongRefs::write).orElse(parentRef));
        reply.set("parent", parentRef);
        return reply;
    }

    private static void langs(Post post, ObjectNode record, List<Loss> losses) {
        Set<String> known = new LinkedHashSet<>();
        for (String language : post.languages()) {
            String tag = tag(language);
            if (tag.isEmpty()) {
                losses.add(new Loss("languages", "not a language tag: " + language));
            } else {
                known.add(tag);
            }
        }
        if (known.size() > MAX_LANGS) {
            losses.add(new Loss("languages", "only three languages are kept"));
        }
        if (!known.isEmpty()) {
            ArrayNode langs = record.putArray("langs");
            known.stream().limit(MAX_LANGS).forEach(langs::add);
        }
    }

    /// The language tag in its regular form; empty if it is none.
    private static String tag(String language) {
        try {
            String tag = new Locale.Builder()
                    .setLanguageTag(language.strip().replace('_', '-'))
                    .build()
                    .toLanguageTag();
            return tag.equals("und") ? "" : tag;
        } catch (IllformedLocaleException e) {
            return "";
        }
    }

    /// Hashtags that the shortened text no longer shows keep the post findable.
    private static void tags(Post post, PostText.Composed text, ObjectNode record, List<Loss> losses) {
        Set<String> shown = Hashtags.of(text.text());
        List<String> hidden = Hashtags.of(post.text()).stream()
                .filter(tag -> !shown.contains(tag))
                .map(Graphemes::storable)
                .toList();
        List<String> kept = hidden.stream()
                .filter(tag -> Graphemes.fits(tag, FacetWriter.MAX_TAG_GRAPHEMES, FacetWriter.MAX_TAG_BYTES))
                .limit(MAX_TAGS)
                .toList();
        if (!kept.isEmpty()) {
            ArrayNode tags = record.putArray("tags");
            kept.forEach(tags::add);
        }
        if (kept.size() < hidden.size()) {
            losses.add(new Loss("hashtag", "behind the cut, without room: " + (hidden.size() - kept.size())));
        }
    }
}
