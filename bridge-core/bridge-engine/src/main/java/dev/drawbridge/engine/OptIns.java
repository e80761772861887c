package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Decision;
import dev.drawbridge.model.consent.Reason;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Coming and leaving: what following, unfollowing or blocking a bot means.
final class OptIns {
    private static final Logger LOG = LoggerFactory.getLogger(OptIns.class);
    private static final String INTRODUCTION = "profile:";
    private static final String WENT_ON = "went on as ";
    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Audience audience;
    private final LiveWatchlist watchlist;
    private final Refusals refusals;
    private final Newcomers newcomers;
    private final Vouches vouches;
    private final Letters letters;
    private final Terms terms;

    OptIns(
            Ports ports,
            Connectors connectors,
            Resolver resolver,
            Audience audience,
            LiveWatchlist watchlist,
            Letters letters,
            Terms terms,
            InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.audience = audience;
        this.watchlist = watchlist;
        this.letters = letters;
        this.terms = terms;
        this.refusals = new Refusals(ports.consents());
        this.newcomers = new Newcomers(terms.gates().limits().newcomers(), ports.quotas(), clock);
        this.vouches = new Vouches(ports, connectors, resolver, terms, clock);
    }

    /// A person followed the bot that reaches `bot.reaches()`, or asked it.
    ///
    /// @param inWords whether they asked: there is no follow then to answer or to keep
    List<Delivery> optIn(Activity.Follow follow, Ghost bot, boolean inWords, Instant receivedAt) {
        NativeId person = follow.author();
        Network target = bot.reaches();
        Optional<Profile> profile = resolver.profile(person);
        Optional<Reason> objection = objection(person, target, follow.at());
        List<Delivery> deliveries = new ArrayList<>();
        if (!inWords) {
            deliveries.addAll(answer(follow, bot.origin(), objection.isEmpty(), receivedAt));
        }
        if (objection.isPresent()) {
            LOG.info("{} asked the bot for {}: {}", person, target, objection.get());
            if (!inWords) {
                var occasion = new Letters.Occasion(person, target, follow.id(), follow.at(), receivedAt);
                Notice told = refusal(person, target, objection.get());
                deliveries.addAll(letters.once(occasion, told, target + " " + objection.get()));
            }
            return deliveries;
        }
        String how = inWords ? "asked the bot" : "followed the bot";
        if (!isCarried(person)) {
            Asking.came(ports, person, receivedAt);
        }
        ports.consents().put(new Consent(person, target, Consent.State.GIVEN, how, follow.at()));
        if (!inWords) {
            // Networks whose unfollow names only the follow, or a list without the bot, need to know that there was
            // one.
            ports.follows().put(new Follows.Edge(person, bot.origin(), follow.id(), Optional.empty(), true));
        }
        deliveries.addAll(welcome(new Opening(follow.id(), person, target, follow.at()), profile, receivedAt));
        LOG.info("{} opted in to {}", person, target);
        return deliveries;
    }

    /// What somebody is told who asked in vain: of a rule also why there is one, and that they can appeal.
    Notice refusal(NativeId person, Network target, Reason objection) {
        return terms.rules()
                .on(person, resolver.profile(person))
                .filter(rule -> LiveRules.reason(rule) == objection)
                .map(rule -> Rulings.told(rule, target))
                .orElseGet(() -> Notice.of(NoticeKey.REFUSED, Notice.where(target), Notice.why(objection, target)));
    }

    /// What somebody is told who is carried and turns out to refuse.
    List<Delivery> refusals(NativeId person, Profile refusing, NativeEvent event) {
        return ports.consents().of(person).stream()
                .filter(Consent::given)
                .flatMap(consent -> ConsentPolicy.refusal(refusing).stream().flatMap(why -> {
                    Network target = consent.target();
                    var occasion =
                            new Letters.Occasion(person, target, event.id(), event.receivedAt(), event.receivedAt());
                    return letters.once(occasion, refusal(person, target, why), target + " " + why).stream();
                }))
                .toList();
    }

    /// The operator removes somebody from everywhere, with a reason they are told, or lets them ask again.
    List<Delivery> sanction(Sanction sanction, NativeEvent event) {
        NativeId person = event.author();
        if (sanction.removes()) {
            LinkWords.hold(ports, person, sanction);
        }
        List<Consent> said = ports.consents().of(person);
        List<Delivery> deliveries = new ArrayList<>();
        if (sanction.removes() && !said.isEmpty()) {
            var occasion = new Letters.Occasion(
                    person, said.getFirst().target(), event.id(), sanction.at(), event.receivedAt());
            var told = Notice.of(NoticeKey.REMOVED, Notice.plain(sanction.reason()));
            deliveries.addAll(letters.must(occasion, told, event.id().key()));
        }
        for (Consent consent : said) {
            Instant at = sanction.at().isBefore(consent.since()) ? consent.since() : sanction.at();
            if (sanction.removes()) {
                // What they said since does not count against it.
                LinkWords.end(ports, person, other -> other.network().equals(consent.target()), at);
                deliveries.addAll(optOut(person, consent.target(), event.id(), sanction.how(), at, event.receivedAt()));
            } else if (Sanction.holds(consent)) {
                ports.consents()
                        .put(new Consent(person, consent.target(), Consent.State.WITHDRAWN, sanction.how(), at));
            }
        }
        LOG.info("{}: {}", person, sanction.how());
        return deliveries;
    }

    /// The operator begins or ends the mirror of an account. Nobody is mirrored who ever said no, nor whose profile
    /// asks not to be found: the operator's word is not theirs.
    List<Delivery> mirror(MirrorWish wish, NativeEvent event) {
        NativeId person = event.author();
        Optional<Consent> said = ports.consents().find(person, wish.target());
        if (!wish.begins()) {
            // Whatever its owner said meanwhile stands.
            boolean ours =
                    said.filter(c -> Mirrors.vouchesFor(c) || Mirrors.ended(c)).isPresent();
            return !ours
                    ? List.of()
                    : leave(person, wish.target(), event.id(), Mirrors.ENDED, wish.at(), event.receivedAt());
        }
        Optional<Profile> profile = resolver.profile(person);
        boolean botMissing = connectors.reaches(person.network())
                && ports.identities()
                        .find(Ghost.botOrigin(wish.target()), person.network())
                        .isEmpty();
        Optional<Reason> objection = refused(person, wish.target(), wish.at())
                .or(() -> refusals.find(person, wish.target()).map(_ -> Reason.SAID_LATER))
                .or(() -> said.filter(c -> !c.given() && !Mirrors.ended(c)).map(_ -> Reason.SAID_LATER))
                .or(() -> soft(person, wish.target(), profile));
        if (objection.isPresent() || profile.isEmpty() || botMissing) {
            LOG.warn(
                    "{} is not mirrored to {}: {}",
                    person,
                    wish.target(),
                    objection.map(Reason::name).orElse(profile.isEmpty() ? "nobody is there" : "the bot is missing"));
            return List.of();
        }
        String how = Mirrors.PERMITTED + wish.permission();
        ports.consents().put(new Consent(person, wish.target(), Consent.State.GIVEN, how, wish.at()));
        LOG.info("{} is mirrored to {}: {}", person, wish.target(), wish.permission());
        return welcome(new Opening(event.id(), person, wish.target(), wish.at()), profile, event.receivedAt());
    }

    /// What a profile says short of a refusal counts, unless the operator ended and begins again what was permitted.
    private Optional<Reason> soft(NativeId person, Network target, Optional<Profile> profile) {
        var question = new ConsentPolicy.Question(Optional.empty(), target, profile, Optional.empty(), false);
        return terms.policy().decide(question) instanceof Decision.Ask(Reason reason)
                ? Optional.of(reason).filter(r -> r != Reason.NOT_ASKED)
                : Optional.empty();
    }

    /// Why a wish to be carried to `target` is not granted; empty if it is.
    ///
    /// @param at when it was said
    Optional<Reason> objection(NativeId person, Network target, Instant at) {
        return refused(person, target, at)
                .or(() -> !isCarried(person) && newcomers.tooMany(person, resolver.profile(person))
                        ? Optional.of(Reason.TOO_MANY_NEWCOMERS)
                        : Optional.empty());
    }

    /// The same for somebody whom the operator brings.
    private Optional<Reason> refused(NativeId person, Network target, Instant at) {
        if (!connectors.reaches(target)) {
            return Optional.of(Reason.NO_SUCH_NETWORK);
        }
        Optional<Profile> profile = resolver.profile(person);
        Optional<Reason> refusal = profile.flatMap(ConsentPolicy::refusal);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (ports.consents().of(person).stream().anyMatch(Sanction::holds)) {
            return Optional.of(Reason.DENIED_BY_OPERATOR);
        }
        if (LastWord.isAfter(ports, person, target, at)) {
            return Optional.of(Reason.SAID_LATER);
        }
        if (ports.links().find(person, target).isPresent()) {
            return Optional.of(Reason.LINKED);
        }
        return terms.rules().on(person, profile).map(LiveRules::reason).or(() -> vouches.objection(person, profile));
    }

    /// Whether a consent ended because its owner goes on there under an account of their own: the copies are theirs
    /// still, and so is the stand-in.
    static boolean wentOn(Consent consent) {
        return !consent.given() && consent.how().startsWith(WENT_ON);
    }

    /// Whether something of its owner may be where a consent was for: they are carried there, or their stand-in stayed.
    boolean isThere(Consent consent) {
        return consent.given()
                || ports.identities()
                        .find(consent.actor(), consent.target())
                        .filter(Ghost::active)
                        .isPresent();
    }

    /// Whether a person is carried anywhere.
    boolean isCarried(NativeId person) {
        return ports.consents().givenAnywhere(person);
    }

    /// A person says that they do not want to be carried to `target` any more, unless they came back since.
    List<Delivery> leave(NativeId person, Network target, NativeId cause, String how, Instant at, Instant receivedAt) {
        if (LastWord.cameBack(ports, person, target, at, receivedAt)) {
            LOG.info("not done: {} by {} came after something they said later", cause, person);
            return List.of();
        }
        Instant left = LastWord.untilWhen(ports, person, target, at);
        return optOut(person, target, cause, how, left, receivedAt);
    }

    /// Whether it is what shows somebody for the first time after they asked to be carried.
    static boolean introduces(Activity activity) {
        return activity instanceof Activity.ProfileUpdate
                && activity.id().network().equals(Network.BRIDGE)
                && activity.id().value().startsWith(INTRODUCTION);
    }

    /// Somebody is carried from now on.
    ///
    /// @param cause what made it so
    private record Opening(NativeId cause, NativeId person, Network target, Instant at) {}

    /// The person is listened to, and shown there.
    private List<Delivery> welcome(Opening opening, Optional<Profile> profile, Instant receivedAt) {
        NativeId person = opening.person();
        NativeId bot = Ghost.botOrigin(opening.target());
        List<Delivery> deliveries = new ArrayList<>();
        watchlist.addPerson(person, opening.at());
        if (connectors.get(person.network()).capabilities().has(Trait.MUST_FOLLOW_TO_RECEIVE)) {
            var followBack = new Activity.Follow(followBack(bot, person, opening.at()), bot, opening.at(), person);
            deliveries.addAll(toNamed(followBack, bot, person.network(), receivedAt));
        }
        Profile shown = terms.mirrors().shown(profile.orElseGet(() -> Profile.bare(person, person.value())));
        var introduce = new Activity.ProfileUpdate(
                new NativeId(Network.BRIDGE, INTRODUCTION + opening.cause().key()), opening.at(), shown);
        Set<Destination> places = audience.of(introduce, person, opening.target());
        deliveries.addAll(DeliveryPlanner.plan(introduce, person, places, receivedAt));
        return deliveries;
    }

    /// A person unfollowed or blocked the bot, or their account is gone: every copy on `target` goes, then the ghost.
    List<Delivery> optOut(NativeId person, Network target, NativeId cause, String how, Instant at, Instant receivedAt) {
        LinkWords.part(ports, person, other -> other.network().equals(target), at);
        Optional<Consent> before = ports.consents().find(person, target);
        if (before.isEmpty()) {
            refusals.remember(person, target, how, at);
            return List.of();
        }
        // What the operator ended stays ended, whatever its owner says afterwards.
        if (!Sanction.holds(before.get())) {
            ports.consents().put(new Consent(person, target, Consent.State.WITHDRAWN, how, at));
        }
        List<Delivery> deliveries = new ArrayList<>(takeBackCopies(person, target, cause, at, receivedAt));
        forgetUnlessCarried(person);
        if (before.get().given()) {
            deliveries.addAll(unfollowBack(person, before.get(), at, receivedAt));
        }
        LOG.info("{} {}: leaves {}", person, how, target);
        return deliveries;
    }

    private void forgetUnlessCarried(NativeId person) {
        if (!isCarried(person)) {
            if (ports.consents().of(person).stream().anyMatch(OptIns::wentOn)) {
                watchlist.onlyTakesBack(person);
            } else {
                watchlist.removePerson(person);
            }
            ports.preferences().remove(person);
            Backlog.forget(ports.cursors(), person);
            Awaited.forget(ports.follows(), person);
            Vouches.forget(ports.follows(), person);
            ports.digests().remove(person);
        }
    }

    /// A person goes on under an account of their own on `target`: nothing more is carried there, and what is there
    /// stays until they leave or take it back.
    ///
    /// @param called what the account is called
    /// @return when that was: not before they asked to be carried
    Instant goOn(NativeId person, Network target, String called, Instant at) {
        Instant left = ports.consents()
                .find(person, target)
                .map(Consent::since)
                .filter(at::isBefore)
                .orElse(at);
        String how = WENT_ON + called;
        ports.consents().put(new Consent(person, target, Consent.State.WITHDRAWN, how, left));
        forgetUnlessCarried(person);
        LOG.info("{} {}: nothing more is carried to {}", person, how, target);
        return left;
    }

    private List<Delivery> takeBackCopies(
            NativeId person, Network target, NativeId cause, Instant at, Instant receivedAt) {
        if (!connectors.reaches(target)) {
            // Switched off: nothing can be sent there now, and what they said is kept.
            LOG.warn("{} leaves {}, which is switched off: its copies stay until they leave it again", person, target);
            return List.of();
        }
        List<Delivery> deliveries = Copies.takeBack(ports.ledger(), person, target, cause, at, receivedAt);
        Set<Destination> places = deliveries.stream().map(Delivery::destination).collect(Collectors.toSet());
        if (ports.identities().find(person, target).isPresent()) {
            var leave = new Activity.DeleteAccount(
                    new NativeId(Network.BRIDGE, "leave:" + cause.key() + ":" + target), person, at);
            places.addAll(audience.of(leave, person, target));
            deliveries.addAll(DeliveryPlanner.plan(leave, person, places, receivedAt));
        }
        return deliveries;
    }

    private List<Delivery> unfollowBack(NativeId person, Consent given, Instant at, Instant receivedAt) {
        if (!connectors.get(person.network()).capabilities().has(Trait.MUST_FOLLOW_TO_RECEIVE)) {
            return List.of();
        }
        NativeId bot = Ghost.botOrigin(given.target());
        NativeId follow = followBack(bot, person, given.since());
        var unfollow = new Activity.Unfollow(
                new NativeId(Network.BRIDGE, "un" + follow.value()), bot, at, person, Optional.of(follow));
        return toNamed(unfollow, bot, person.network(), receivedAt);
    }

    /// What the followed says to the follower, on networks where a follow waits for it.
    List<Delivery> answer(Activity.Follow follow, NativeId followed, boolean accepted, Instant receivedAt) {
        NativeId follower = follow.author();
        if (!connectors.get(follower.network()).capabilities().has(Trait.FOLLOWS_NEED_ANSWER)) {
            return List.of();
        }
        var answer = new Activity.FollowAnswer(
                new NativeId(
                        Network.BRIDGE,
                        (accepted ? "accept:" : "reject:") + follow.id().key()),
                followed,
                follow.at(),
                follow.id(),
                follower,
                accepted);
        return toNamed(answer, followed, follower.network(), receivedAt);
    }

    private List<Delivery> toNamed(Activity activity, NativeId origin, Network network, Instant receivedAt) {
        return DeliveryPlanner.plan(activity, origin, audience.ofNamed(activity, origin, network), receivedAt);
    }

    /// The bot's own follow, named after the opt-in it belongs to: a server that remembers ids would take the follow
    /// of a second opt-in for a repetition of the first.
    private static NativeId followBack(NativeId bot, NativeId person, Instant since) {
        return new NativeId(Network.BRIDGE, "follow:" + bot.key() + ":" + person.key() + ":" + since.toEpochMilli());
    }
}
