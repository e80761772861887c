package dev.drawbridge.model.consent;

import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Visibility;
import java.util.Locale;
import java.util.Map;
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
    /// @param unlisted whether the person wants posts carried that are not in public timelines
    record Question(
            Optional<Consent> consent,
            Network target,
            Optional<Profile> profile,
            Optional<Post> post,
            boolean unlisted) {}

    /// The default: nothing without an opt-in, nothing that is not public, nothing marked `#nobridge`. Soft signals of
    /// a profile count until its owner opts in: who asks in so many words knows what they ask for.
    static ConsentPolicy optIn() {
        return question -> {
            Optional<Reason> refusal = question.profile().flatMap(ConsentPolicy::refusal);
            if (refusal.isPresent()) {
                return Decision.deny(refusal.get());
            }
            if (question.consent().filter(Consent::given).isEmpty()) {
                return question.consent().isPresent() ? Decision.deny(Reason.LEFT) : ask(question);
            }
            return question.post()
                    .map(post -> ofPost(post, question.unlisted()))
                    .orElseGet(Decision::allow);
        };
    }

    /// The explicit refusal that somebody shows; empty if there is none.
    static Optional<Reason> refusal(Profile profile) {
        if (!profile.refusesBridging()) {
            return Optional.empty();
        }
        return Optional.of(
                profile.signals().contains(ConsentSignal.DECLARES_NO_BRIDGING)
                        ? Reason.DECLARED_AGAINST
                        : Reason.PROFILE_REFUSES);
    }

    private static Decision ask(Question question) {
        Map<ConsentSignal, Reason> soft = Map.of(
                ConsentSignal.NOT_DISCOVERABLE, Reason.NOT_DISCOVERABLE,
                ConsentSignal.NOT_INDEXABLE, Reason.NOT_INDEXABLE,
                ConsentSignal.NO_BOTS, Reason.NO_BOTS,
                ConsentSignal.SIGN_IN_TO_READ, Reason.SIGN_IN_TO_READ);
        Optional<Profile> profile = question.profile();
        if (profile.filter(Profile::locked).isPresent()) {
            return new Decision.Ask(Reason.LOCKED);
        }
        return new Decision.Ask(profile.stream()
                .flatMap(p -> p.signals().stream())
                .filter(soft::containsKey)
                .findFirst()
                .map(signal -> soft.getOrDefault(signal, Reason.NOT_ASKED))
                .orElse(Reason.NOT_ASKED));
    }

    private static Decision ofPost(Post post, boolean unlisted) {
        if (post.visibility() == Visibility.UNLISTED && !unlisted) {
            return Decision.deny(Reason.UNLISTED);
        }
        if (post.visibility() != Visibility.PUBLIC && post.visibility() != Visibility.UNLISTED) {
            return Decision.deny(Reason.NOT_PUBLIC);
        }
        boolean refused = post.text().facets().stream()
                .anyMatch(f -> f instanceof Facet.Hashtag h
                        && h.tag().toLowerCase(Locale.ROOT).equals("nobridge"));
        return refused ? Decision.deny(Reason.TAGGED) : Decision.allow();
    }
}
