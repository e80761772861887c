package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Choices;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.port.Absences.Kind;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.FileOutcome;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Resolved;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One try at a delivery: is it still wanted, who says it, what does it refer to, how is it said, did it arrive.
public final class DeliveryAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryAttempt.class);

    /// How long a post waits for the server of one of its files; then it goes without.
    private static final Duration PATIENCE_WITH_FILES = Duration.ofMinutes(10);

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Ghosts ghosts;
    private final Parents parents;
    private final Shown shown;
    private final Wanted wanted;
    private final AskLetter question;
    private final Terms terms;
    private final Interactions interactions;
    private final CrossingLog log;
    private final Audience audience;
    private final Presence presence;
    private final FanOut fanOut;
    private final RetryPolicy retries;
    private final InstantSource clock;
    private final Inbox inbox;

    /// One of an instance without rules.
    public DeliveryAttempt(
            Ports ports,
            Connectors connectors,
            Resolver resolver,
            Ghosts ghosts,
            Inbox inbox,
            RetryPolicy retries,
            InstantSource clock) {
        this(ports, connectors, resolver, ghosts, inbox, Terms.of(ConsentPolicy.optIn()), retries, clock);
    }

    /// @param terms whose rules may have been made since something was planned
    /// @param retries for those places of a fan-out that cannot take it yet
    public DeliveryAttempt(
            Ports ports,
            Connectors connectors,
            Resolver resolver,
            Ghosts ghosts,
            Inbox inbox,
            Terms terms,
            RetryPolicy retries,
            InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.ghosts = ghosts;
        this.wanted = new Wanted(ports, connectors, resolver, terms.rules());
        this.question = new AskLetter(ports, connectors, resolver, wanted);
        this.terms = terms;
        this.parents = new Parents(ports, connectors, resolver, inbox);
        this.shown = new Shown(ports, connectors);
        this.log = new CrossingLog(ports.crossings(), clock);
        this.audience = new Audience(ports, connectors, resolver);
        this.interactions = new Interactions(ports, connectors, resolver, audience);
        this.presence = new Presence(ports, connectors);
        this.fanOut = new FanOut(ports);
        this.retries = retries;
        this.clock = clock;
        this.inbox = inbox;
    }

    /// Brings what is tried once, and waits nowhere.
    void once(Delivery delivery) {
        question.bring(delivery);
    }

    /// @param waited the key it waited behind; empty if it is tried for the first time
    Attempt attempt(Delivery delivery, Optional<String> waited) {
        Optional<String> unwanted = wanted.unwanted(delivery);
        if (unwanted.isPresent()) {
            return end(delivery, Crossings.State.SKIPPED, unwanted.get());
        }
        Optional<Duration> pause = pause(delivery, waited);
        if (pause.isPresent()) {
            String reason = "its author said more than " + terms.pace().perHour() + " things in an hour";
            return new Attempt.Wait(ParkingKeys.pace(delivery.origin(), delivery.target()), reason, pause);
        }
        String unmade = ParkingKeys.ghost(delivery.origin(), delivery.target());
        return switch (speaker(delivery)) {
            case GhostOutcome.Ready(Ghost ghost) -> translate(delivery, ghost);
            case GhostOutcome.Retry(var after, String reason) -> new Attempt.Wait(unmade, reason, after);
            case GhostOutcome.Awaited(String reason) -> new Attempt.Wait(unmade, reason, Optional.empty());
            case GhostOutcome.Refused(String reason) -> end(delivery, Crossings.State.REFUSED, reason);
        };
    }

    /// How long it has to wait because its author said so much before it.
    private Optional<Duration> pause(Delivery delivery, Optional<String> waited) {
        NativeId origin = delivery.origin();
        boolean free = origin.network().equals(Network.BRIDGE)
                || terms.mirrors().of(origin).isPresent();
        return free ? Optional.empty() : terms.pace().pause(delivery, waited);
    }

    boolean arrivedMeanwhile(Delivery delivery) {
        return parents.arrivedMeanwhile(delivery);
    }

    void note(Delivery delivery, Crossings.State state, String reason) {
        log.ended(delivery, state, reason);
    }

    private GhostOutcome speaker(Delivery delivery) {
        NativeId origin = delivery.origin();
        Network target = delivery.target();
        boolean onlyIfThere = switch (delivery.activity()) {
            case Activity.Delete _, Activity.DeleteAccount _, Activity.Unfollow _, Activity.Block _ -> true;
            default -> false;
        };
        if (!onlyIfThere) {
            return ghosts.ensure(origin, target, who -> inbox.put(new ShownRefusal(clock.instant()).by(who)));
        }
        return ports.identities()
                .find(origin, target)
                .<GhostOutcome>map(GhostOutcome.Ready::new)
                .orElseGet(() -> new GhostOutcome.Refused("nothing of the author is there"));
    }

    private Attempt translate(Delivery delivery, Ghost ghost) {
        Network target = delivery.target();
        Resolved resolved = resolve(delivery.activity(), target);
        Optional<String> objection = interactions.objection(delivery);
        if (objection.isPresent()) {
            return end(delivery, Crossings.State.REFUSED, objection.get());
        }
        Optional<Parents.Expectation> missing = parents.missing(delivery, resolved);
        if (missing.isPresent()) {
            return switch (missing.get()) {
                case Parents.Coming(String key, String reason) -> new Attempt.Wait(key, reason, Optional.empty());
                case Parents.Never(String reason) -> end(delivery, Crossings.State.SKIPPED, reason);
            };
        }
        Optional<Activity> said = shown.on(delivery.activity(), target);
        if (said.isEmpty()) {
            return end(delivery, Crossings.State.SKIPPED, "it is not put first any more");
        }
        boolean another = !said.get().equals(delivery.activity());
        return say(delivery, said.get(), ghost, another ? resolve(said.get(), target) : resolved);
    }

    private Resolved resolve(Activity activity, Network target) {
        return resolver.resolve(ActivityNeeds.of(activity), target, activity.author());
    }

    /// @param activity as it is said there
    private Attempt say(Delivery delivery, Activity activity, Ghost ghost, Resolved resolved) {
        NetworkConnector connector = connectors.get(delivery.target());
        Attachments files = Attachments.of(activity, connector, ghost.id());
        boolean patient = clock.instant().isBefore(delivery.receivedAt().plus(PATIENCE_WITH_FILES));
        if (files.notYet().isPresent() && patient) {
            FileOutcome.Retry source = files.notYet().get();
            return new Attempt.Wait(ParkingKeys.destination(delivery), "a file: " + source.reason(), source.after());
        }
        Resolved all = resolved.withFiles(files.hosted()).choosing(choices(delivery));
        return switch (connector.translator().fromCanonical(activity, all, delivery.receivedAt())) {
            case Translation.Translated<NativeDraft>(NativeDraft draft, List<Loss> losses) ->
                send(delivery, connector, draft, files.and(losses));
            case Translation.Skipped<NativeDraft>(String reason) -> end(delivery, Crossings.State.SKIPPED, reason);
            case Translation.Malformed<NativeDraft>(String field, String detail) ->
                end(delivery, Crossings.State.REFUSED, field + ": " + detail);
        };
    }

    private Choices choices(Delivery delivery) {
        return switch (delivery.activity()) {
            case Activity.Publish _, Activity.Edit _, Activity.Tally _ ->
                ports.preferences().of(delivery.origin()).choices();
            default -> Choices.NONE;
        };
    }

    private Attempt send(Delivery delivery, NetworkConnector connector, NativeDraft draft, List<Loss> losses) {
        // Known before it is sent: an answer that comes back at once finds what it answers, and a delete also goes to
        // where it arrived although nobody told us so.
        draft.copy().ifPresent(copy -> remember(delivery, copy, draft.parts()));
        if (delivery.destination().isFollowers()) {
            return spread(delivery, connector, draft, losses);
        }
        return switch (sent(delivery, connector.deliver(draft, delivery.destination()))) {
            case DeliveryOutcome.Delivered(Optional<ObjectRef> copy) -> {
                delivered(delivery, copy.filter(c -> !draft.copy().equals(Optional.of(c))));
                log.crossed(delivery, copy.or(draft::copy).map(ObjectRef::id), losses);
                yield Attempt.DONE;
            }
            case DeliveryOutcome.Retry(var after, String reason, var _) ->
                new Attempt.Wait(ParkingKeys.destination(delivery), reason, after);
            case DeliveryOutcome.Refused(String reason) -> end(delivery, Crossings.State.REFUSED, reason);
            case DeliveryOutcome.Gone(String reason) -> end(delivery, Crossings.State.REFUSED, reason);
        };
    }

    /// Notes what the outcome says about the place.
    private DeliveryOutcome sent(Delivery delivery, DeliveryOutcome outcome) {
        Destination place = delivery.destination();
        switch (outcome) {
            case DeliveryOutcome.Delivered _, DeliveryOutcome.Refused _ -> presence.answered(place);
            case DeliveryOutcome.Retry(var _, var _, boolean asked) -> {
                if (asked) {
                    presence.missed(place, Kind.SILENT, clock.instant());
                }
            }
            case DeliveryOutcome.Gone _ -> {
                if (!presence.missed(place, Kind.GONE, clock.instant())) {
                    ports.follows().removeReach(place);
                }
            }
        }
        return outcome;
    }

    private Attempt spread(Delivery delivery, NetworkConnector connector, NativeDraft draft, List<Loss> losses) {
        try {
            int places = fanOut.spread(delivery, planned(delivery), new Places(delivery, connector, draft));
            delivered(delivery, Optional.empty());
            log.crossed(delivery, draft.copy().map(ObjectRef::id), losses);
            LOG.info("{}: brought to {} places", delivery.id(), places);
            return Attempt.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(delivery.id() + " goes on after the next start", e);
        }
    }

    /// Places that have a delivery of their own besides that to the followers.
    private Set<Destination> planned(Delivery delivery) {
        Set<Destination> places = new HashSet<>(audience.named(delivery.activity(), delivery.target()));
        if (delivery.activity() instanceof Activity.Delete delete) {
            places.addAll(audience.ofCopy(delete.target(), delivery.target()));
        }
        return places;
    }

    /// One fan-out, as seen from its places.
    private final class Places implements FanOut.Round {
        private final Delivery whole;
        private final NetworkConnector connector;
        private final NativeDraft draft;

        Places(Delivery whole, NetworkConnector connector, NativeDraft draft) {
            this.whole = whole;
            this.connector = connector;
            this.draft = draft;
        }

        @Override
        public boolean wanted() {
            return wanted.unwanted(whole).isEmpty();
        }

        @Override
        public boolean reachable(Destination place) {
            return Wanted.takesBack(whole.activity())
                    || (!presence.forgotten(place) && wanted.denied(place).isEmpty());
        }

        @Override
        public List<Supplier<DeliveryOutcome>> prepare(List<Destination> places) {
            return connector.prepare(draft, places);
        }

        @Override
        public void behind(Delivery delivery) {
            park(delivery, "waits behind earlier deliveries", Duration.ZERO);
        }

        @Override
        public void settle(Delivery delivery, DeliveryOutcome outcome) {
            switch (sent(delivery, outcome)) {
                case DeliveryOutcome.Delivered _ -> {}
                case DeliveryOutcome.Retry(var after, String reason, var _) -> {
                    Duration wait = retries.next(1, Duration.ZERO).orElse(Duration.ZERO);
                    park(
                            delivery,
                            reason,
                            after.filter(a -> a.compareTo(wait) > 0).orElse(wait));
                }
                case DeliveryOutcome.Refused(String reason) -> end(delivery, Crossings.State.REFUSED, reason);
                case DeliveryOutcome.Gone(String reason) -> end(delivery, Crossings.State.REFUSED, reason);
            }
        }

        private void park(Delivery delivery, String reason, Duration wait) {
            Instant now = clock.instant();
            ports.parking()
                    .park(
                            delivery,
                            ParkingKeys.destination(delivery),
                            ParkingKeys.subject(delivery),
                            reason,
                            now,
                            now.plus(wait));
        }
    }

    /// @param copy if it is another one than was known before
    private void delivered(Delivery delivery, Optional<ObjectRef> copy) {
        switch (delivery.activity()) {
            case Activity.Publish _,
                    Activity.Edit _,
                    Activity.Tally _,
                    Activity.React _,
                    Activity.Repost _,
                    Activity.Vote _,
                    Activity.InteractionAnswer _ -> {
                copy.ifPresent(ref -> remember(delivery, ref, Set.of()));
                NativeId original = ActivityNeeds.subject(delivery.activity());
                String waiting = ParkingKeys.object(original, delivery.target());
                if (ports.parking().holdsKey(waiting)) {
                    ports.parking().release(waiting, clock.instant());
                }
            }
            case Activity.Delete delete ->
                ports.ledger()
                        .copy(delete.target(), delivery.target())
                        .ifPresent(gone -> ports.ledger().takenBack(gone.ref().id(), delivery.destination()));
            case Activity.DeleteAccount _ ->
                ports.identities()
                        .find(delivery.origin(), delivery.target())
                        .map(Ghost::id)
                        .ifPresent(ghost -> ports.identities().setActive(ghost, false));
            case Activity.Follow _,
                    Activity.Unfollow _,
                    Activity.FollowAnswer _,
                    Activity.Block _,
                    Activity.Unblock _,
                    Activity.Report _,
                    Activity.InteractionRequest _,
                    Activity.Pin _,
                    Activity.Move _ -> {}
            case Activity.ProfileUpdate _ -> Awaited.arrived(ports.follows(), inbox, delivery);
        }
    }

    private void remember(Delivery delivery, ObjectRef copy, Set<NativeId> parts) {
        ports.ledger()
                .recordCopy(new Ledger.Copy(
                        ActivityNeeds.subject(delivery.activity()),
                        delivery.origin(),
                        copy,
                        Set.of(delivery.destination()),
                        delivery.activity().at(),
                        parts));
    }

    private Attempt end(Delivery delivery, Crossings.State state, String reason) {
        LOG.info("{}: {}: {}", state, delivery.id(), reason);
        log.ended(delivery, state, reason);
        return Attempt.DONE;
    }
}
