package dev.drawbridge.atproto.translate;

import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.InteractionPolicy.Group;
import dev.drawbridge.model.InteractionPolicy.People;
import dev.drawbridge.model.InteractionPolicy.Rule;
import dev.drawbridge.model.Loss;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads who may answer and quote a post from the gates beside it.
///
/// Spec: lexicons `app.bsky.feed.threadgate`, `app.bsky.feed.postgate`
final class GateReader {
    private GateReader() {}

    /// What an author decided; empty if they said nothing.
    static Optional<InteractionPolicy> policy(RepoDocument.Write write, List<Loss> losses) {
        Optional<Rule> reply = write.threadgate()
                .filter(gate -> isOf(gate, write))
                .filter(gate -> gate.has("allow"))
                .flatMap(gate -> answers(gate, losses));
        Optional<Rule> quote = write.postgate()
                .filter(gate -> isOf(gate, write))
                .filter(gate -> types(gate, "embeddingRules").contains(Lexicons.POSTGATE + "#disableRule"))
                .map(_ -> Rule.NOBODY);
        return reply.isEmpty() && quote.isEmpty()
                ? Optional.empty()
                : Optional.of(new InteractionPolicy(reply, Optional.empty(), Optional.empty(), quote));
    }

    /// A gate says which post it is for.
    private static boolean isOf(ObjectNode gate, RepoDocument.Write write) {
        return gate.path("post").asString("").equals(write.uri().value());
    }

    private static Optional<Rule> answers(ObjectNode gate, List<Loss> losses) {
        Set<Group> groups = EnumSet.noneOf(Group.class);
        for (String type : types(gate, "allow")) {
            switch (type) {
                case Lexicons.THREADGATE + "#mentionRule" -> groups.add(Group.MENTIONED);
                case Lexicons.THREADGATE + "#followerRule" -> groups.add(Group.FOLLOWERS);
                case Lexicons.THREADGATE + "#followingRule" -> groups.add(Group.FOLLOWING);
                default -> {
                    // The gate itself is asked before an answer goes there.
                    losses.add(new Loss("interactions", "people on a list may answer, and who they are is not told"));
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Rule(new People(groups, Set.of()), People.NOBODY));
    }

    private static List<String> types(ObjectNode gate, String field) {
        return gate.path(field)
                .valueStream()
                .map(rule -> rule.path("$type"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }
}
