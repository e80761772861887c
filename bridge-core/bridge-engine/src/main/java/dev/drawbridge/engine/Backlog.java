package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Cursors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The posts from before a mirror that are carried all the same, and how far that is done. Kept as a cursor.
///
/// @param wanted how many the operator asked for
/// @param posts what was found, oldest first
/// @param done how many of them were handed over
/// @param missed how many of those were passed over: gone by then, or nobody could tell of them
/// @param tries how often nobody could tell of the next one
record Backlog(int wanted, List<NativeId> posts, int done, int missed, int tries) {
    private static final JsonMapper JSON = JsonMapper.shared();

    Backlog {
        posts = List.copyOf(posts);
    }

    private static String stream(NativeId account) {
        return "backfill:" + account.key();
    }

    static Optional<Backlog> of(Cursors cursors, NativeId account) {
        return cursors.get(stream(account)).map(text -> read(text, account));
    }

    private static Backlog read(String text, NativeId account) {
        try {
            JsonNode root = JSON.readTree(text);
            List<NativeId> posts = new ArrayList<>();
            root.path("posts").forEach(post -> posts.add(new NativeId(account.network(), post.asString())));
            return new Backlog(
                    root.path("wanted").asInt(0),
                    posts,
                    root.path("done").asInt(0),
                    root.path("missed").asInt(0),
                    root.path("tries").asInt(0));
        } catch (JacksonException e) {
            throw new IllegalStateException("the backlog of " + account + " is not what was written", e);
        }
    }

    void save(Cursors cursors, NativeId account) {
        ObjectNode root = JSON.createObjectNode()
                .put("wanted", wanted)
                .put("done", done)
                .put("missed", missed)
                .put("tries", tries);
        ArrayNode ids = root.putArray("posts");
        posts.forEach(post -> ids.add(post.value()));
        cursors.put(stream(account), JSON.writeValueAsString(root));
    }

    static void forget(Cursors cursors, NativeId account) {
        cursors.remove(stream(account));
    }

    /// The next one was handed over.
    Backlog next() {
        return new Backlog(wanted, posts, done + 1, missed, 0);
    }

    /// The next one is passed over.
    Backlog without() {
        return new Backlog(wanted, posts, done + 1, missed + 1, 0);
    }

    /// Nobody could tell of the next one.
    Backlog failed() {
        return new Backlog(wanted, posts, done, missed, tries + 1);
    }

    /// Those that were not handed over yet.
    List<NativeId> left() {
        return posts.subList(done, posts.size());
    }
}
