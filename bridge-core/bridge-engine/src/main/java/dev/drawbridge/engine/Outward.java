package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Phrases;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Decision;
import dev.drawbridge.model.consent.Reason;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The networks somebody is carried to, and what of theirs goes there.
final class Outward {
    private static final Logger LOG = LoggerFactory.getLogger(Outward.class);
    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Audience audience;
    private final ConsentPolicy policy;
    private final LiveRules rules;
    private final Rulings rulings;
    private final Floodgate floodgate;
    private final Secrets secrets;
    private final CrossingLog log;
    private final Phrases phrases = Phrases.load();

    Outward(
            Ports ports,
            Connectors connectors,
            Resolver resolver,
            Audience audience,
            Terms terms,
            Rulings rulings,
            Floodgate floodgate,
            Secrets secrets,
            CrossingLog log) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.audience = audience;
        this.policy = terms.policy();
        this.rules = terms.rules();
        this.rulings = rulings;
        this.floodgate = floodgate;
        this.secrets = secrets;
        this.log = log;
    }

    /// One delivery per place on every network its author is carried to, as far as the policy allows.
    ///
    /// @param post the post, where it is about one
    List<Delivery> toConsented(Activity activity, Optional<Post> post, NativeEvent event) {
        NativeId author = activity.author();
        boolean unlisted =
                post.filter(p -> p.visibility() == Visibility.UNLISTED).isPresent()
                        && ports.preferences().of(author).unlisted();
        Optional<Rule> rule = rulings.on(author).or(() -> post.flatMap(rules::onPost));
        if (Secrets.in(event)) {
            return secret(activity, event);
        }
        List<Delivery> deliveries = new ArrayList<>();
        boolean told = false;
        for (Consent consent : ports.consents().of(author)) {
            Network target = consent.target();
            if (target.equals(event.network()) || !connectors.reaches(target)) {
                continue;
            }
            if (older(activity, post, consent, event) && !awaited(activity, target) && !isBackfill(author, post)) {
                LOG.info("not carried: {} is older than the opt-in to {}", activity.id(), target);
                continue;
            }
            var question =
                    new ConsentPolicy.Question(Optional.of(consent), target, resolver.known(author), post, unlisted);
            String why = rule.map(r -> said(reason(r), target) + because(r)).orElseGet(() -> objection(question));
            if (rule.isPresent() && consent.given() && !told) {
                told = deliveries.addAll(rulings.keptBack(rule.get(), activity, event.receivedAt()));
            }
            if (why.isEmpty()) {
                Optional<Reason> flood = floodgate.refusal(activity, post);
                why = flood.map(reason -> said(reason, target)).orElse("");
                deliveries.addAll(floodgate.told(activity, target, flood, event.receivedAt()));
            }
            if (why.isEmpty()) {
                Set<Destination> places = audience.of(activity, author, target);
                deliveries.addAll(DeliveryPlanner.plan(activity, author, places, event.receivedAt()));
            } else if (consent.given()) {
                log.note(activity, target, Crossings.State.SKIPPED, why, event.receivedAt());
            }
        }
        return deliveries;
    }

    private List<Delivery> secret(Activity activity, NativeEvent event) {
        ports.consents().of(activity.author()).stream()
                .filter(Consent::given)
                .map(Consent::target)
                .forEach(target -> log.note(
                        activity,
                        target,
                        Crossings.State.SKIPPED,
                        said(Reason.PRIVATE_KEY, target),
                        event.receivedAt()));
        return new ArrayList<>(secrets.told(event));
    }

    /// Why the policy does not let it go; empty if it does.
    private String objection(ConsentPolicy.Question question) {
        return switch (policy.decide(question)) {
            case Decision.Allow _ -> "";
            case Decision.Deny(Reason reason) -> said(reason, question.target());
            case Decision.Ask(Reason reason) -> said(reason, question.target());
        };
    }

    private String said(Reason reason, Network target) {
        return phrases.reason(reason, target, Locale.ENGLISH);
    }

    private static Reason reason(Rule rule) {
        return switch (rule.subject().kind()) {
            case WORD, MEDIA -> Reason.DENIED_CONTENT;
            case DOMAIN, ACTOR -> LiveRules.reason(rule);
        };
    }

    private static String because(Rule rule) {
        return rule.reason().isBlank() ? "" : ": " + rule.reason();
    }

    /// Whether it is from before the opt-in. Asked only where we read what is there: what a network that is followed
    /// sends us was sent after it.
    private boolean older(Activity activity, Optional<Post> post, Consent consent, NativeEvent event) {
        boolean sentToUs = connectors.get(event.network()).capabilities().has(Trait.MUST_FOLLOW_TO_RECEIVE);
        Instant made = post.map(Post::published).orElse(activity.at());
        return !sentToUs && !(activity instanceof Activity.ProfileUpdate) && made.isBefore(consent.since());
    }

    private boolean isBackfill(NativeId author, Optional<Post> post) {
        return post.filter(p -> Backfill.lists(ports.cursors(), author, p.id())).isPresent();
    }

    /// Whether something that crosses refers to it and waits for it.
    private boolean awaited(Activity activity, Network target) {
        return ports.parking().holdsKey(ParkingKeys.object(ActivityNeeds.subject(activity), target));
    }

    boolean consented(NativeId person, Network target) {
        return ports.consents().find(person, target).filter(Consent::given).isPresent();
    }

    /// Whether a poll there shows what is counted while people vote.
    boolean showsRunningResults(Network target) {
        return connectors.reaches(target)
                && connectors.get(target).capabilities().has(Trait.RUNNING_RESULTS);
    }

    /// Every network but `source` that things are carried to.
    List<Network> others(Network source) {
        return connectors.reached().stream().filter(n -> !n.equals(source)).toList();
    }
}
