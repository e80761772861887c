package dev.drawbridge.model.consent;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Visibility;
import java.util.Locale;
import java.util.Optional;

/// Decides whether something of a person may go to a network. A function of what it is given: no look-ups.
@FunctionalInterface
public interface ConsentPolicy {
    Decision decide(Question question);

    /// What is asked.
    ///
    /// @param consent what the person said about `target`, if anything
    /// @param target where it would go
    /// @param profile the person's profile, where known
    /// @param post the post, where it is about one
    record Question(Optional<Consent> consent, Network target, Optional<Profile> profile, Optional<Post> post) {}

    /// The default: nothing without an opt-in, nothing that is not public, nothing marked `#nobridge`.
    static ConsentPolicy optIn() {
        return question -> {
            if (question.profile().filter(Profile::refusesBridging).isPresent()) {
                return Decision.deny("your profile says that it must not be bridged");
            }
            if (question.consent().filter(Consent::given).isEmpty()) {
                boolean left = question.consent().isPresent();
                return left
                        ? Decision.deny("you left the bridge to " + question.target())
                        : new Decision.Ask("follow the bot for " + question.target() + " to be carried there");
            }
            return question.post().map(ConsentPolicy::ofPost).orElseGet(Decision::allow);
        };
    }

    private static Decision ofPost(Post post) {
        if (post.visibility() != Visibility.PUBLIC) {
            return Decision.deny("only public posts cross");
        }
        boolean refused = post.text().facets().stream()
                .anyMatch(f -> f instanceof dev.drawbridge.model.Facet.Hashtag h
                        && h.tag().toLowerCase(Locale.ROOT).equals("nobridge"));
        return refused ? Decision.deny("the post is tagged #nobridge") : Decision.allow();
    }
}
