package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.Translator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The second stage: from what a network said to what the others will be told.
public final class Bridge {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Audience audience;
    private final OptIns optIns;
    private final FollowGraph followGraph;
    private final Interactions interactions;
    private final Reports reports;
    private final Pins pins;
    private final Posts posts;
    private final Moves moves;
    private final Outward outward;
    private final Secrets secrets;
    private final Desk desk;
    private final Errands errands;
    private final Rulings rulings;
    private final Boundaries boundaries;
    private final Signals signals;
    private final Mirrors mirrors;
    private final InstantSource clock;

    /// One that carries whoever opts in.
    ///
    /// @param inbox for what is too much to be planned at once
    public Bridge(
            Ports ports,
            Inbox inbox,
            Connectors connectors,
            Resolver resolver,
            LiveWatchlist watchlist,
            ConsentPolicy policy,
            InstantSource clock) {
        this(ports, inbox, connectors, resolver, watchlist, Terms.of(policy), clock);
    }

    /// @param inbox for what is too much to be planned at once
    public Bridge(
            Ports ports,
            Inbox inbox,
            Connectors connectors,
            Resolver resolver,
            LiveWatchlist watchlist,
            Terms terms,
            InstantSource clock) {
        this(ports, inbox, connectors, resolver, watchlist, terms, Optional.empty(), clock);
    }

    /// @param signIns codes for the account page, if there is one
    public Bridge(
            Ports ports,
            Inbox inbox,
            Connectors connectors,
            Resolver resolver,
            LiveWatchlist watchlist,
            Terms terms,
            Optional<SignIns> signIns,
            InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.clock = clock;
        var log = new CrossingLog(ports.crossings(), clock);
        this.mirrors = terms.mirrors();
        this.audience = new Audience(ports, connectors, resolver, mirrors);
        var letters = new Letters(ports, connectors, resolver, clock);
        this.rulings = new Rulings(ports, connectors, resolver, letters, terms.rules(), clock);
        var floodgate = new Floodgate(terms, letters, clock);
        this.optIns = new OptIns(ports, connectors, resolver, audience, watchlist, letters, terms, clock);
        this.signals = new Signals(ports.notices());
        this.interactions = new Interactions(ports, connectors, resolver, audience);
        this.reports = new Reports(ports, connectors, resolver, audience, log, clock);
        this.followGraph = new FollowGraph(ports, connectors, resolver, audience, optIns, letters);
        this.boundaries = new Boundaries(ports, connectors, audience, followGraph, new Namesakes(connectors, resolver));
        this.secrets = new Secrets(ports, letters);
        this.outward = new Outward(ports, connectors, resolver, audience, terms, rulings, floodgate, secrets, log);
        this.pins = new Pins(ports, connectors, outward);
        this.posts = new Posts(ports, resolver, audience, interactions, outward, pins);
        this.moves = new Moves(ports, inbox, resolver, followGraph, outward, clock);
        var vouches = new Vouches(ports, connectors, resolver, terms, clock);
        var standing = new Standing(
                ports, resolver, followGraph, rulings, floodgate, new Objections(ports.consents(), terms, vouches));
        this.errands = Errands.of(ports, inbox, connectors, resolver, audience, optIns, letters, rulings, terms, clock);
        this.desk = new Desk(
                ports, connectors, optIns, followGraph, letters, standing, rulings, boundaries, errands, signIns);
    }

    /// Translates, stores what must be known later, and plans. Doing it twice stores and plans the same.
    public List<Delivery> bridge(NativeEvent event) {
        return (inWords(event) ? words(event) : Optional.<List<Delivery>>empty()).orElseGet(() -> translated(event));
    }

    /// What somebody told a bot, or the operator decided; empty if it is said as networks say things.
    private Optional<List<Delivery>> words(NativeEvent event) {
        String body = event.body().text();
        return Told.of(body)
                .map(told -> desk.obey(told, event))
                .or(() -> Secrets.isSeen(body) ? Optional.of(secrets.told(event)) : Optional.empty())
                .or(() -> MirrorWish.of(body).map(wish -> optIns.mirror(wish, event)))
                .or(() -> TakeBack.of(body).map(back -> posts.delete(back.delete(event), event)))
                .or(() -> ShownRefusal.of(body).map(shown -> refused(shown, event)))
                .or(() -> Sanction.of(body).map(sanction -> optIns.sanction(sanction, event)))
                .or(() -> DigestDue.of(body).map(due -> errands.unheard().due(due, event)))
                .or(() -> LinkDue.of(body).map(due -> errands.linking().look(due, event)))
                .or(() -> Arrival.of(body).map(arrival -> errands.awaited().follow(arrival, event)))
                .or(() -> Ruling.of(body).map(ruling -> rulings.follow(ruling, event)));
    }

    /// What is read of somebody although the door could not tell whether the operator denies them.
    private boolean isDenied(NativeEvent event) {
        return switch (event.kind()) {
            case REPORT, REQUEST, MOVE, OTHER -> rulings.shutsOut(event.author());
            default -> false;
        };
    }

    private List<Delivery> translated(NativeEvent event) {
        if (isDenied(event)) {
            LOG.info("not carried: {} {}: denied by the operator", event.kind(), event.id());
            return List.of();
        }
        Translator translator = connectors.get(event.network()).translator();
        Resolved resolved = resolver.resolve(translator.needs(event), event.network(), event.author());
        return switch (translator.toCanonical(event, resolved, clock.instant())) {
            case Translation.Translated<List<Activity>>(List<Activity> activities, List<Loss> losses) -> {
                List<Delivery> deliveries = new ArrayList<>();
                for (Activity activity : activities) {
                    plan(activity, event).stream()
                            .map(d -> d.activity().id().equals(activity.id()) ? d.losing(losses) : d)
                            .forEach(deliveries::add);
                }
                yield deliveries;
            }
            case Translation.Skipped<List<Activity>>(String reason) -> {
                LOG.info("not carried: {} {}: {}", event.kind(), event.id(), reason);
                yield List.of();
            }
            case Translation.Malformed<List<Activity>>(String field, String detail) -> {
                LOG.info("malformed: {} {}: {}: {}", event.kind(), event.id(), field, detail);
                yield List.of();
            }
        };
    }

    private List<Delivery> plan(Activity activity, NativeEvent event) {
        if (!activity.author().equals(event.author())) {
            LOG.info("not carried: {} speaks for {}", event.id(), activity.author());
            return List.of();
        }
        return switch (activity) {
            case Activity.Follow follow -> follow(follow, event);
            case Activity.Unfollow unfollow -> unfollow(unfollow, event);
            case Activity.FollowAnswer answer -> followGraph.answered(answer, event.receivedAt());
            case Activity.Block block -> block(block, event);
            case Activity.Delete delete -> posts.delete(delete, event);
            case Activity.DeleteAccount gone -> deleteAccount(gone, event);
            case Activity.Publish publish -> posts.written(publish, publish.post(), event);
            case Activity.Edit edit -> posts.written(edit, edit.post(), event);
            case Activity.Tally tally -> posts.counted(tally, event);
            case Activity.ProfileUpdate update -> profile(update, event);
            case Activity.React react -> outward.toConsented(react, Optional.empty(), event);
            case Activity.Repost repost -> outward.toConsented(repost, Optional.empty(), event);
            case Activity.Pin pin -> pins.pin(pin, event);
            case Activity.Vote vote -> outward.toConsented(vote, Optional.empty(), event);
            case Activity.InteractionRequest request -> interactions.answer(request, event.receivedAt());
            case Activity.Move move -> moves.move(move, event);
            case Activity.Report report -> reports.handOn(report, event.receivedAt());
            case Activity.InteractionAnswer answer -> interactions.answered(answer, event.receivedAt());
            case Activity.Unblock unblock -> unblock(unblock, event);
        };
    }

    /// A refusal in the profile ends what was asked for before: it is the person's own word, signed by them. Not one in
    /// a profile that is older than the opt-in, unless it still stands there.
    private List<Delivery> profile(Activity.ProfileUpdate update, NativeEvent event) {
        if (!update.profile().refusesBridging()) {
            resolver.learn(update.profile());
            var shown = new Activity.ProfileUpdate(update.id(), update.at(), mirrors.shown(update.profile()));
            // What the profile says comes first is known before the profile is told.
            List<Delivery> pinned = pins.said(update, event);
            List<Delivery> deliveries = outward.toConsented(shown, Optional.empty(), event);
            deliveries.addAll(pinned);
            return deliveries;
        }
        List<Delivery> deliveries = new ArrayList<>();
        NativeId person = update.author();
        LinkWords.refuse(ports, person, update.at());
        for (Consent consent : ports.consents().of(person)) {
            if (optIns.isThere(consent) && stands(update, consent)) {
                deliveries.addAll(optIns.optOut(
                        person,
                        consent.target(),
                        update.id(),
                        "said so in the profile",
                        update.at().isBefore(consent.since()) ? consent.since() : update.at(),
                        event.receivedAt()));
            }
        }
        return deliveries;
    }

    /// Who was accepted before their profile could be read hears why it ends.
    private List<Delivery> refused(ShownRefusal shown, NativeEvent event) {
        NativeId person = event.author();
        Optional<Profile> refusing = resolver.profile(person).filter(Profile::refusesBridging);
        if (refusing.isEmpty()) {
            return List.of();
        }
        List<Delivery> told = optIns.refusals(person, refusing.get(), event);
        List<Delivery> deliveries =
                new ArrayList<>(profile(new Activity.ProfileUpdate(event.id(), shown.at(), refusing.get()), event));
        deliveries.addAll(told);
        return deliveries;
    }

    private boolean stands(Activity.ProfileUpdate refusal, Consent consent) {
        if (!refusal.at().isBefore(consent.since())) {
            resolver.learn(refusal.profile());
            return true;
        }
        resolver.forget(refusal.author());
        return resolver.profile(refusal.author())
                .filter(Profile::refusesBridging)
                .isPresent();
    }

    private List<Delivery> follow(Activity.Follow follow, NativeEvent event) {
        Optional<Ghost> ghost = ports.identities().byId(follow.target());
        if (ghost.isEmpty()) {
            return List.of();
        }
        if (ghost.get().bot() && isSpent(follow, event)) {
            return List.of();
        }
        return ghost.get().bot()
                ? optIns.optIn(
                        new Activity.Follow(follow.id(), follow.author(), said(follow, event), follow.target()),
                        ghost.get(),
                        inWords(event),
                        event.receivedAt())
                : followPerson(follow, ghost.get(), event);
    }

    /// Nobody new follows whom the operator keeps back, nor does anybody who is.
    private List<Delivery> followPerson(Activity.Follow follow, Ghost ghost, NativeEvent event) {
        boolean known = ports.follows().find(follow.author(), ghost.origin()).isPresent();
        boolean kept = rulings.on(follow.author()).isPresent()
                || rulings.on(ghost.origin()).isPresent();
        if (kept && !known) {
            LOG.info("not done: {}, by decision of the operator", follow.id());
            return optIns.answer(follow, ghost.origin(), false, event.receivedAt());
        }
        return followGraph.follow(follow, ghost, event.receivedAt());
    }

    private List<Delivery> unfollow(Activity.Unfollow unfollow, NativeEvent event) {
        NativeId origin = resolver.originOf(unfollow.target());
        if (origin.network().equals(Network.BRIDGE)) {
            if (isSpent(unfollow, event)) {
                return List.of();
            }
            unfollow.follow().ifPresent(follow -> signals.spend(follow, event));
            return leave(unfollow, origin, inWords(event) ? "told the bot to stop" : "unfollowed the bot", event);
        }
        return followGraph.unfollow(unfollow, origin, event.receivedAt());
    }

    private List<Delivery> block(Activity.Block block, NativeEvent event) {
        NativeId origin = resolver.originOf(block.target());
        if (origin.network().equals(Network.BRIDGE)) {
            if (isSpent(block, event)) {
                return List.of();
            }
            return leave(block, origin, "blocked the bot", event);
        }
        Asking.spare(ports, block.author());
        return boundaries.block(block, origin, event.receivedAt());
    }

    private List<Delivery> unblock(Activity.Unblock unblock, NativeEvent event) {
        NativeId origin = resolver.originOf(unblock.target());
        return origin.network().equals(Network.BRIDGE)
                ? List.of()
                : boundaries.unblock(unblock, origin, event.receivedAt());
    }

    private List<Delivery> leave(Activity activity, NativeId bot, String how, NativeEvent event) {
        var deliveries = optIns.leave(
                activity.author(),
                new Network(bot.value()),
                activity.id(),
                how,
                said(activity, event),
                event.receivedAt());
        if (!inWords(event)) {
            ports.follows().remove(activity.author(), bot);
        }
        return deliveries;
    }

    /// Whether a server sends us what counted already.
    private boolean isSpent(Activity signal, NativeEvent event) {
        boolean sentToUs = connectors.get(event.network()).capabilities().has(Trait.MUST_FOLLOW_TO_RECEIVE);
        boolean spent = sentToUs && !inWords(event) && signals.isSpent(signal.id(), event);
        if (spent) {
            LOG.info("not done again: {} by {}", signal.id(), signal.author());
        }
        return spent;
    }

    /// When somebody spoke to a bot. What is sent to us is ordered by its arrival: the clocks of its servers differ.
    private Instant said(Activity activity, NativeEvent event) {
        boolean sentToUs = connectors.get(event.network()).capabilities().has(Trait.MUST_FOLLOW_TO_RECEIVE);
        return sentToUs && !inWords(event) ? event.receivedAt() : activity.at();
    }

    private static boolean inWords(NativeEvent event) {
        return event.kind() == NativeEvent.Kind.COMMAND;
    }

    /// On Nostr somebody can ask for that and come back with the same key, and relays tell of it again and
    /// again.
    private List<Delivery> deleteAccount(Activity.DeleteAccount gone, NativeEvent event) {
        List<Delivery> deliveries = new ArrayList<>();
        NativeId person = gone.author();
        Instant at = said(gone, event);
        List<Consent> consents = ports.consents().of(person);
        boolean canReturn = connectors.get(event.network()).capabilities().has(Trait.ACCOUNTS_RETURN);
        boolean cameBack = (canReturn && LinkWords.isSaidSince(ports, person, at))
                || consents.stream()
                        .anyMatch(said -> LastWord.cameBack(ports, person, said.target(), at, event.receivedAt()));
        if (cameBack) {
            // Nobody knows when they followed whom.
            LinkWords.refuse(ports, person, at);
        } else {
            LinkWords.forget(ports, person);
            ports.follows()
                    .followedBy(person)
                    .forEach(followed -> ports.follows().remove(person, followed));
        }
        for (Consent consent : consents) {
            // What they came back for ended with the link, and nobody knows when they had.
            boolean wentOnSince =
                    canReturn && OptIns.wentOn(consent) && LinkWords.isProvenSince(ports, person, consent.target(), at);
            if (optIns.isThere(consent) && !wentOnSince) {
                deliveries.addAll(optIns.leave(
                        person, consent.target(), gone.id(), "deleted the account", at, event.receivedAt()));
            }
        }
        return deliveries;
    }
}
