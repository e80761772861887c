package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes beside a post who may answer and quote it. A gate lies under the key of its post.
///
/// Spec: lexicons `app.bsky.feed.threadgate`, `app.bsky.feed.postgate`
final class GateWriter {
    private GateWriter() {}

    /// A gate, or that there is none any more.
    record Gate(RepoPath path, Optional<ObjectNode> record) {}

    /// The gates of a post: of those it does not need, that they go, if it may have had some before.
    static List<Gate> write(Post post, NativeId ghost, RepoPath path, boolean edit, List<Loss> losses) {
        String uri = Writes.uri(ghost, path).value();
        Optional<InteractionPolicy.Rule> reply = rule(post, InteractionPolicy.Kind.REPLY);
        // What is an answer itself has the gate of its thread.
        boolean root = post.inReplyTo().isEmpty();
        Optional<ArrayNode> allow = reply.filter(_ -> root).map(rule -> allow(rule, losses));
        Optional<ArrayNode> embedding = rule(post, InteractionPolicy.Kind.QUOTE).map(rule -> closed(rule, losses));
        if ((reply.isPresent() && !root)
                || rule(post, InteractionPolicy.Kind.LIKE).isPresent()
                || rule(post, InteractionPolicy.Kind.REPOST).isPresent()) {
            losses.add(
                    new Loss("interactions", "the network is not told all of who may do what; the bridge sees to it"));
        }
        boolean changed = edit && post.interactions().isPresent();
        List<Gate> gates = new ArrayList<>();
        gate(
                        Lexicons.THREADGATE,
                        path,
                        allow.map(rules -> record(Lexicons.THREADGATE, uri, post, "allow", rules)),
                        changed)
                .ifPresent(gates::add);
        gate(
                        Lexicons.POSTGATE,
                        path,
                        embedding.map(rules -> record(Lexicons.POSTGATE, uri, post, "embeddingRules", rules)),
                        changed)
                .ifPresent(gates::add);
        return gates;
    }

    private static Optional<Gate> gate(String collection, RepoPath post, Optional<ObjectNode> record, boolean edit) {
        return record.isPresent() || edit ? Optional.of(new Gate(beside(collection, post), record)) : Optional.empty();
    }

    private static RepoPath beside(String collection, RepoPath post) {
        return new RepoPath(new Nsid(collection), post.rkey());
    }

    /// A rule that keeps somebody out.
    private static Optional<InteractionPolicy.Rule> rule(Post post, InteractionPolicy.Kind kind) {
        return post.interactions()
                .flatMap(policy -> policy.rule(kind))
                .filter(rule -> !rule.automatic().groups().contains(InteractionPolicy.Group.EVERYBODY));
    }

    private static ArrayNode allow(InteractionPolicy.Rule rule, List<Loss> losses) {
        // Whoever is mentioned may answer, here as everywhere.
        ArrayNode allow = JsonNodeFactory.instance.arrayNode().add(typed(Lexicons.THREADGATE + "#mentionRule"));
        if (rule.automatic().groups().contains(InteractionPolicy.Group.FOLLOWERS)) {
            allow.add(typed(Lexicons.THREADGATE + "#followerRule"));
        }
        if (rule.automatic().groups().contains(InteractionPolicy.Group.FOLLOWING)) {
            allow.add(typed(Lexicons.THREADGATE + "#followingRule"));
        }
        if (asks(rule) || !rule.automatic().named().isEmpty()) {
            losses.add(new Loss("interactions", "who may answer once the author is asked may not answer here"));
        }
        return allow;
    }

    private static ArrayNode closed(InteractionPolicy.Rule rule, List<Loss> losses) {
        if (asks(rule) || !rule.automatic().equals(InteractionPolicy.People.NOBODY)) {
            losses.add(new Loss("interactions", "nobody may quote it here, since not everybody may"));
        }
        return JsonNodeFactory.instance.arrayNode().add(typed(Lexicons.POSTGATE + "#disableRule"));
    }

    private static boolean asks(InteractionPolicy.Rule rule) {
        return !rule.manual().equals(InteractionPolicy.People.NOBODY);
    }

    private static ObjectNode record(String type, String uri, Post post, String field, ArrayNode rules) {
        ObjectNode record = typed(type).put("post", uri).put("createdAt", Times.text(post.published()));
        record.set(field, rules);
        return record;
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("$type", type);
    }
}
