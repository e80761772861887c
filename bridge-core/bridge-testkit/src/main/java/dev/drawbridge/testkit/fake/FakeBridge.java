package dev.drawbridge.testkit.fake;

import dev.drawbridge.engine.Bridge;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.engine.Deliver;
import dev.drawbridge.engine.DeliveryAttempt;
import dev.drawbridge.engine.DueClock;
import dev.drawbridge.engine.Ghosts;
import dev.drawbridge.engine.LiveRules;
import dev.drawbridge.engine.LiveWatchlist;
import dev.drawbridge.engine.Mirror;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.ParkingClock;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.Receive;
import dev.drawbridge.engine.Resolver;
import dev.drawbridge.engine.RetryPolicy;
import dev.drawbridge.engine.RuleClerk;
import dev.drawbridge.engine.SignIns;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.port.Rules;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// The engine's stages with two queues in memory between them: one thread, one clock, every step on request.
public final class FakeBridge {
    private static final int TOO_MANY_STEPS = 100_000;
    private final Deque<NativeEvent> inbox = new ArrayDeque<>();
    private final Deque<Delivery> outbox = new ArrayDeque<>();
    private final Connectors connectors;
    private final Resolver resolver;
    private final Receive receive;
    private final Bridge bridge;
    private final Deliver deliver;
    private final ParkingClock parking;
    private final DueClock digests;
    private final DueClock links;
    private final Ghosts ghosts;
    private final LiveWatchlist watchlist = new LiveWatchlist();
    private final VirtualClock clock;
    private int looksAskedFor;
    /// The codes that bots hand out.
    public final SignIns signIns;
    public final DeadLetterDesk deadLetters;

    public FakeBridge(Ports ports, VirtualClock clock, Collection<? extends NetworkConnector> networks) {
        this(
                ports,
                clock,
                networks,
                (attempts, waited) -> waited.compareTo(Duration.ofDays(3)) >= 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMinutes(Math.min(attempts, 60))));
    }

    public FakeBridge(
            Ports ports, VirtualClock clock, Collection<? extends NetworkConnector> networks, RetryPolicy retries) {
        this(ports, clock, networks, retries, Terms.of(ConsentPolicy.optIn()));
    }

    /// @param terms on what terms people are carried
    public FakeBridge(
            Ports ports,
            VirtualClock clock,
            Collection<? extends NetworkConnector> networks,
            RetryPolicy retries,
            Terms terms) {
        this.clock = clock;
        this.connectors = new Connectors(networks);
        resolver = new Resolver(ports, connectors);
        watchlist.load(ports.consents(), ports.identities(), connectors.networks(), clock.instant());
        ghosts = new Ghosts(ports, connectors, resolver, watchlist);
        receive = new Receive(watchlist, ports, connectors, terms.rules(), inbox::add, _ -> Meters.NONE);
        signIns = new SignIns(URI.create("https://bridge.example/account"), new Random(1), clock);
        bridge = new Bridge(ports, inbox::add, connectors, resolver, watchlist, terms, Optional.of(signIns), clock);
        deadLetters = new DeadLetterDesk(ports.deadLetters(), inbox::add, outbox::add, connectors);
        var attempt = new DeliveryAttempt(ports, connectors, resolver, ghosts, inbox::add, terms, retries, clock);
        deliver = new Deliver(ports, attempt, retries, clock, () -> looksAskedFor++);
        digests = DueClock.ofDigests(ports.digests(), inbox::add, clock);
        links = DueClock.ofLinks(ports.links(), inbox::add, clock);
        parking = new ParkingClock(ports, attempt, retries, new EngineJson(), clock, Runnable::run);
        networks.forEach(network -> network.start(this::accept));
        ghosts.ensureBots();
    }

    public List<String> ensureBots() {
        return ghosts.ensureBots().stream().map(Ghosts.Missing::reason).toList();
    }

    /// What every connector hands its events to.
    public Receipt accept(NativeEvent event) {
        Receipt receipt = receive.accept(event);
        if (receipt instanceof Receipt.Accepted) {
            inbox.add(event);
        }
        return receipt;
    }

    /// What the operator lists as mirrors from now on.
    public void mirror(Mirrors mirrors, List<Mirror> listed, Ports ports) {
        mirrors.take(listed, ports.consents(), connectors.networks(), inbox::add, clock.instant());
    }

    /// The operator decides something.
    public void decided(NativeEvent decision) {
        inbox.add(decision);
    }

    /// Who keeps the rules of this bridge.
    ///
    /// @param store where they are
    public RuleClerk clerk(Rules store, Ports ports, LiveRules live) {
        return new RuleClerk(store, live, ports, connectors, resolver, inbox::add, clock);
    }

    /// How often something was parked that wants to go at once.
    public int looksAskedFor() {
        return looksAskedFor;
    }

    /// Does everything that is ready.
    public void settle() {
        for (int step = 0; step < TOO_MANY_STEPS; step++) {
            if (!inbox.isEmpty()) {
                outbox.addAll(bridge.bridge(inbox.remove()));
            } else if (!outbox.isEmpty()) {
                deliver.deliver(outbox.remove());
            } else {
                parking.tick();
                if (inbox.isEmpty() && outbox.isEmpty()) {
                    return;
                }
            }
        }
        throw new AssertionError("the bridge does not come to rest");
    }

    /// Looks whose digest is due, and does everything that became ready.
    public void digests() {
        digestsDue();
        settle();
    }

    /// Looks which linked accounts are to be asked again, and does everything that became ready.
    public void links() {
        links.step();
        settle();
    }

    /// Looks whose digest is due and does nothing yet.
    public void digestsDue() {
        digests.step();
    }

    /// Lets time pass and does everything that became ready.
    public void after(Duration time) {
        clock.advance(time);
        settle();
    }

    /// Bridges what is in the inbox without delivering anything.
    public void bridgeOnly() {
        while (!inbox.isEmpty()) {
            outbox.addAll(bridge.bridge(inbox.remove()));
        }
    }

    /// Bridges the next thing in the inbox without delivering anything.
    public void bridgeOne() {
        outbox.addAll(bridge.bridge(inbox.remove()));
    }

    /// Bridges the next thing in the inbox, and ends before what follows of it is safe: it will be done again.
    public void bridgeInVain() {
        bridge.bridge(inbox.getFirst());
    }

    /// Delivers what was planned first, and nothing that waits.
    public void deliverOne() {
        deliver.deliver(outbox.remove());
    }

    /// How much is planned and not yet delivered.
    public int planned() {
        return outbox.size();
    }

    /// Turns the order of what waits to be delivered around.
    public void reverseOutbox() {
        List<Delivery> turned = outbox.reversed().stream().toList();
        outbox.clear();
        outbox.addAll(turned);
    }

    /// Puts every waiting event and delivery in twice, as a broker may after a crash.
    public void redeliver() {
        inbox.addAll(List.copyOf(inbox));
        outbox.addAll(List.copyOf(outbox));
    }
}
