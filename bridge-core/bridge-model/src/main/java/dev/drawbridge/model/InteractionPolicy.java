package dev.drawbridge.model;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who may answer, like, repost and quote a post, as its author decided. A rule that is not there was not made, and
/// forbids nothing.
///
/// On ActivityPub `interactionPolicy`
/// ([FEP-044f](https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md), GoToSocial), on AT Protocol
/// thread gates and post gates.
public record InteractionPolicy(
        Optional<Rule> reply, Optional<Rule> like, Optional<Rule> repost, Optional<Rule> quote) {
    public static final InteractionPolicy UNSAID =
            new InteractionPolicy(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// Something people do with a post.
    public enum Kind {
        REPLY,
        LIKE,
        REPOST,
        QUOTE
    }

    /// People who have something in common.
    public enum Group {
        EVERYBODY,
        /// Who follows the author.
        FOLLOWERS,
        /// Whom the author follows.
        FOLLOWING,
        /// Whom the post mentions.
        MENTIONED
    }

    /// Some people: all that are in one of the groups, and some by name. Empty for nobody but the author.
    public record People(Set<Group> groups, Set<NativeId> named) {
        public static final People NOBODY = new People(Set.of(), Set.of());
        public static final People EVERYBODY = new People(Set.of(Group.EVERYBODY), Set.of());

        public People {
            // In order, so that it is written the same every time.
            groups = Collections.unmodifiableSet(new TreeSet<>(groups));
            named = Collections.unmodifiableSet(new TreeSet<>(named));
        }

        boolean include(Relation who) {
            return groups.contains(Group.EVERYBODY)
                    || (who.follower() && groups.contains(Group.FOLLOWERS))
                    || (who.followed() && groups.contains(Group.FOLLOWING))
                    || (who.mentioned() && groups.contains(Group.MENTIONED))
                    || who.names().stream().anyMatch(named::contains);
        }
    }

    /// @param automatic who may without being asked
    /// @param manual who may once the author said yes
    public record Rule(People automatic, People manual) {
        public static final Rule NOBODY = new Rule(People.NOBODY, People.NOBODY);

        public static Rule only(Group group) {
            return new Rule(new People(Set.of(group), Set.of()), People.NOBODY);
        }
    }

    /// What somebody is to the author of a post.
    ///
    /// @param names every id they go by
    /// @param author whether they wrote the post themselves
    /// @param follower whether they follow the author
    /// @param followed whether the author follows them
    /// @param mentioned whether the post mentions them
    public record Relation(Set<NativeId> names, boolean author, boolean follower, boolean followed, boolean mentioned) {
        public Relation {
            names = Set.copyOf(names);
        }
    }

    /// The answer of a policy.
    public sealed interface Ruling {}

    public record Allowed() implements Ruling {}

    /// The author has to be asked first.
    ///
    /// @param reason for a person to read
    public record Ask(String reason) implements Ruling {}

    /// @param reason for a person to read
    public record Refused(String reason) implements Ruling {}

    /// Whether somebody may do something. Whoever a post mentions may answer it, and authors may do what they like with
    /// what is theirs.
    public Ruling of(Kind kind, Relation who) {
        Optional<Rule> rule = rule(kind);
        if (who.author() || rule.isEmpty() || (kind == Kind.REPLY && who.mentioned())) {
            return new Allowed();
        }
        if (rule.get().automatic().include(who)) {
            return new Allowed();
        }
        return rule.get().manual().include(who)
                ? new Ask("the author wants to be asked before it is " + done(kind))
                : new Refused("the author does not want it to be " + done(kind) + " by everybody");
    }

    public Optional<Rule> rule(Kind kind) {
        return switch (kind) {
            case REPLY -> reply;
            case LIKE -> like;
            case REPOST -> repost;
            case QUOTE -> quote;
        };
    }

    private static String done(Kind kind) {
        return switch (kind) {
            case REPLY -> "answered";
            case LIKE -> "liked";
            case REPOST -> "reposted";
            case QUOTE -> "quoted";
        };
    }
}
