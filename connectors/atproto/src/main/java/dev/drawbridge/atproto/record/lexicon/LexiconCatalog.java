package dev.drawbridge.atproto.record.lexicon;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Schemas by name, and the question whether a record keeps to its own. Immutable.
///
/// Consumers of the network drop a record that does not, without a word to its author: what is not asked here is lost
/// there.
public final class LexiconCatalog {
    private static final String FOLDER = "/lexicons/";
    private static final List<String> BUNDLED = List.of(
            "app.bsky.actor.profile",
            "app.bsky.embed.defs",
            "app.bsky.embed.external",
            "app.bsky.embed.gallery",
            "app.bsky.embed.images",
            "app.bsky.embed.record",
            "app.bsky.embed.recordWithMedia",
            "app.bsky.embed.video",
            "app.bsky.feed.like",
            "app.bsky.feed.post",
            "app.bsky.feed.postgate",
            "app.bsky.feed.repost",
            "app.bsky.feed.threadgate",
            "app.bsky.graph.block",
            "app.bsky.graph.follow",
            "app.bsky.richtext.facet",
            "chat.bsky.actor.declaration",
            "com.atproto.label.defs",
            "com.atproto.repo.strongRef");

    private final Map<String, Schema> schemas;

    private LexiconCatalog(Map<String, Schema> schemas) {
        this.schemas = Map.copyOf(schemas);
    }

    /// Those of the records that the bridge writes. Read once.
    public static LexiconCatalog bundled() {
        return Bundled.CATALOG;
    }

    private static final class Bundled {
        private static final LexiconCatalog CATALOG =
                of(BUNDLED.stream().map(LexiconCatalog::resource).toList());
    }

    /// @param documents lexicons as JSON
    /// @throws MalformedData if one is none
    public static LexiconCatalog of(Collection<String> documents) {
        Map<String, Schema> schemas = new HashMap<>();
        documents.forEach(document -> schemas.putAll(LexiconReader.read(document)));
        return new LexiconCatalog(schemas);
    }

    /// Everything that is wrong with a record; empty if consumers will take it. A record of a kind that no lexicon here
    /// describes is wrong.
    ///
    /// @param path where it is to lie
    public List<Finding> check(RepoPath path, DataMap record) {
        String collection = path.collection().value();
        if (!(schemas.get(collection) instanceof Schema.Rec(String key, Schema.Obj body))) {
            return List.of(new Finding(List.of("$type"), Finding.Rule.UNKNOWN, "is a record no lexicon describes"));
        }
        var check = new RecordCheck(schemas);
        check.key(key, path.rkey());
        check.type(collection, record);
        check.value(body, record);
        return check.findings();
    }

    private static String resource(String name) {
        try (InputStream in = LexiconCatalog.class.getResourceAsStream(FOLDER + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("the lexicon " + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
