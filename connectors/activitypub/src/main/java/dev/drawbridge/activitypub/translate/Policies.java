package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.model.InteractionPolicy;
import dev.drawbridge.model.InteractionPolicy.Group;
import dev.drawbridge.model.InteractionPolicy.Kind;
import dev.drawbridge.model.InteractionPolicy.People;
import dev.drawbridge.model.InteractionPolicy.Rule;
import dev.drawbridge.model.NativeId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `interactionPolicy` in both directions, as
/// [FEP-044f](https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md) and
/// [GoToSocial](https://docs.gotosocial.org/en/latest/federation/interaction_policy/) write it: per kind of interaction
/// who may (`automaticApproval`, before GoToSocial 0.21 `always`) and who has to ask (`manualApproval`,
/// `approvalRequired`). Collections are told apart by their names, because who writes them is not asked.
final class Policies {
    private static final Map<Kind, String> NAMES =
            Map.of(Kind.REPLY, "canReply", Kind.LIKE, "canLike", Kind.REPOST, "canAnnounce", Kind.QUOTE, "canQuote");

    private Policies() {}

    /// @param author the actor who wrote the post
    static Optional<InteractionPolicy> read(As2 post, String author) {
        return post.object("interactionPolicy")
                .map(policy -> new InteractionPolicy(
                        rule(policy, Kind.REPLY, author),
                        rule(policy, Kind.LIKE, author),
                        rule(policy, Kind.REPOST, author),
                        rule(policy, Kind.QUOTE, author)))
                .filter(policy -> !policy.equals(InteractionPolicy.UNSAID));
    }

    private static Optional<Rule> rule(As2 policy, Kind kind, String author) {
        return policy.object(NAMES.getOrDefault(kind, ""))
                .map(rule -> new Rule(
                        people(rule, author, "automaticApproval", "always"),
                        people(rule, author, "manualApproval", "approvalRequired")));
    }

    private static People people(As2 rule, String author, String... properties) {
        var groups = new HashSet<Group>();
        var named = new HashSet<NativeId>();
        Stream.of(properties).flatMap(p -> rule.refs(p).stream()).forEach(who -> {
            if (Vocabulary.isPublic(who)) {
                groups.add(Group.EVERYBODY);
            } else if (Uris.sameOrigin(who, author) && who.replaceAll("/$", "").endsWith("/followers")) {
                groups.add(Group.FOLLOWERS);
            } else if (Uris.sameOrigin(who, author) && who.replaceAll("/$", "").endsWith("/following")) {
                groups.add(Group.FOLLOWING);
            } else if (!who.equals(author) && Uris.isHttp(who)) {
                named.add(CopyIds.id(who));
            }
        });
        return new People(groups, named);
    }

    /// @param author the author's id here
    /// @param mentioned the ids here of whom the post mentions
    static ObjectNode write(InteractionPolicy policy, String author, Iterable<String> mentioned, Speaker speaker) {
        ObjectNode written = Documents.object();
        for (Kind kind : Kind.values()) {
            policy.rule(kind).ifPresent(rule -> {
                ObjectNode said = written.putObject(NAMES.getOrDefault(kind, ""));
                ArrayNode automatic = said.putArray("automaticApproval");
                people(rule.automatic(), author, mentioned, speaker).forEach(automatic::add);
                if (automatic.isEmpty()) {
                    // An empty list is read as everybody by some: nobody is the author alone.
                    automatic.add(author);
                }
                List<String> asked = people(rule.manual(), author, mentioned, speaker);
                if (!asked.isEmpty()) {
                    asked.forEach(said.putArray("manualApproval")::add);
                }
            });
        }
        return written;
    }

    private static List<String> people(People people, String author, Iterable<String> mentioned, Speaker speaker) {
        if (people.groups().contains(Group.EVERYBODY)) {
            return List.of(Vocabulary.PUBLIC);
        }
        var who = new java.util.LinkedHashSet<String>();
        for (Group group : people.groups()) {
            switch (group) {
                case FOLLOWERS -> who.add(CopyIds.followers(author));
                case FOLLOWING -> who.add(author + "/following");
                case MENTIONED -> mentioned.forEach(who::add);
                case EVERYBODY -> {}
            }
        }
        people.named().forEach(p -> speaker.person(p).ifPresent(who::add));
        return List.copyOf(who);
    }
}
