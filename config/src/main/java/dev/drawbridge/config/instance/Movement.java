package dev.drawbridge.config.instance;

import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.engine.Backfill;
import dev.drawbridge.engine.Bridge;
import dev.drawbridge.engine.Deliver;
import dev.drawbridge.engine.DeliveryAttempt;
import dev.drawbridge.engine.DueClock;
import dev.drawbridge.engine.Ghosts;
import dev.drawbridge.engine.Inbox;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Pace;
import dev.drawbridge.engine.ParkingClock;
import dev.drawbridge.engine.Receive;
import dev.drawbridge.engine.Resolver;
import dev.drawbridge.engine.RetryPolicy;
import dev.drawbridge.engine.RuleClerk;
import dev.drawbridge.engine.SignIns;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.engine.camel.BridgeRuntime;
import dev.drawbridge.engine.camel.RouteSettings;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.consent.ConsentPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stages at work: the routes between them and the clock that puts what waits back.
final class Movement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Movement.class);
    private static final Duration TICK = Duration.ofMillis(500);
    /// Many posts in that time need one look at what waits.
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration MIRRORS = Duration.ofSeconds(2);
    private static final Duration RULES = Duration.ofSeconds(2);
    private static final Duration RULE_LISTS = Duration.ofMinutes(1);
    private static final Duration DIGESTS = Duration.ofMinutes(1);
    private static final Duration NOTICES = Duration.ofHours(1);
    private static final Duration LINKS = Duration.ofMinutes(5);
    private static final Duration BACKFILL = Duration.ofMillis(500);
    private static final int BOT_ATTEMPTS = 3;
    private static final Duration BOT_PAUSE = Duration.ofSeconds(2);
    private static final Duration BOT_LATER = Duration.ofMinutes(1);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

    private final BridgeRuntime runtime;
    private final Ghosts ghosts;
    private final ParkingClock clock;
    private final MirrorDesk mirrorDesk;
    private final Backfill backfill;
    private final DueClock digests;
    private final DueClock links;
    private final Runnable oldNotices;
    private final RuleClerk clerk;
    private final boolean botsMayComeLater;
    private final ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("parking-clock").factory());
    /// Asks networks or walks all who are carried, which may take long: not the clock's thread.
    private final ScheduledExecutorService fillingBack = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("backfill").factory());
    private final AtomicBoolean lookingSoon = new AtomicBoolean();
    private final ExecutorService unparking = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("unpark-", 0).factory());

    private Movement(Parts parts, Settings settings, SignIns signIns) {
        var connectors = parts.connectors();
        var ports = parts.ports();
        var resolver = new Resolver(ports, connectors);
        parts.watchlist()
                .load(
                        ports.consents(),
                        ports.identities(),
                        connectors.networks(),
                        parts.clock().instant());
        ghosts = new Ghosts(ports, connectors, resolver, parts.watchlist());
        var json = new EngineJson();
        runtime = new BridgeRuntime(parts.broker(), connectors);
        RetryPolicy retries = RetryPolicy.exponential(
                settings.retryFirst(), settings.retryLongest(), settings.retryMaxAge(), parts.random());
        clerk = new RuleClerk(
                parts.store().rules(), parts.rules(), ports, connectors, resolver, runtime, parts.clock());
        clerk.load();
        var terms = terms(parts, settings);
        var attempt = new DeliveryAttempt(ports, connectors, resolver, ghosts, runtime, terms, retries, parts.clock());
        clock = new ParkingClock(ports, attempt, retries, json, parts.clock(), unparking);
        botsMayComeLater = settings.tryOut();
        mirrorDesk = desk(parts, settings, terms);
        backfill = new Backfill(ports, connectors, terms.mirrors(), runtime, this::waiting, parts.clock());
        digests = DueClock.ofDigests(ports.digests(), runtime, parts.clock());
        links = DueClock.ofLinks(ports.links(), runtime, parts.clock());
        oldNotices = () -> ports.notices().forget(parts.clock().instant());
        var stages = new BridgeRuntime.Stages(
                new Receive(parts.watchlist(), ports, connectors, parts.rules(), runtime, parts.meters()::of),
                bridge(parts, resolver, terms, signIns),
                new Deliver(ports, attempt, retries, parts.clock(), this::tickSoon),
                json,
                ports.deadLetters());
        try {
            runtime.prepare(stages, RouteSettings.of(settings.consumers(), settings.consumers(), parts.clock()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Bridge bridge(Parts parts, Resolver resolver, Terms terms, SignIns signIns) {
        return new Bridge(
                parts.ports(),
                runtime,
                parts.connectors(),
                resolver,
                parts.watchlist(),
                terms,
                Optional.of(signIns),
                parts.clock());
    }

    private static Terms terms(Parts parts, Settings settings) {
        var pace = new Pace(settings.gates().limits().postsPerHour(), parts.clock());
        return new Terms(ConsentPolicy.optIn(), settings.gates(), new Mirrors(), parts.rules(), pace, settings.asks());
    }

    private MirrorDesk desk(Parts parts, Settings settings, Terms terms) {
        var connectors = parts.connectors();
        return new MirrorDesk(
                settings.mirrors(),
                terms.mirrors(),
                parts.ports().consents(),
                connectors.networks(),
                connectors.reached(),
                runtime,
                parts.clock());
    }

    /// Builds everything; nothing moves yet.
    ///
    /// @param signIns the codes that bots hand out
    static Movement prepare(Parts parts, Settings settings, SignIns signIns) {
        return new Movement(parts, settings, signIns);
    }

    /// Starts routes, connectors and clock, and makes the bots; while trying out, these may also come later, and at any
    /// time those that wait for what others have to see first.
    ///
    /// @throws StartFailure if another bot can be made neither now nor in a moment
    void start() {
        runtime.start();
        makeBots(botsMayComeLater);
        mirrorDesk.open();
        tick();
    }

    private void makeBots(boolean mayComeLater) {
        List<Ghosts.Missing> missing = ghosts.ensureBots();
        for (int attempt = 1; attempt < BOT_ATTEMPTS && !mayComeLater && isNeeded(missing); attempt++) {
            pause();
            missing = ghosts.ensureBots();
        }
        if (!mayComeLater && isNeeded(missing)) {
            throw new StartFailure(missing.stream()
                    .filter(Ghosts.Missing::needed)
                    .map(Ghosts.Missing::reason)
                    .collect(Collectors.joining("; ")));
        }
        if (!missing.isEmpty()) {
            missing.forEach(bot -> LOG.warn(bot.reason()));
            ticking.schedule(() -> makeBots(true), BOT_LATER.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static boolean isNeeded(List<Ghosts.Missing> bots) {
        return bots.stream().anyMatch(Ghosts.Missing::needed);
    }

    private static void pause() {
        try {
            Thread.sleep(BOT_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while starting", e);
        }
    }

    private void tick() {
        ticking.scheduleWithFixedDelay(this::look, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        ticking.scheduleWithFixedDelay(
                quietly("the rules stay as they are for now", clerk::read),
                RULES.toMillis(),
                RULES.toMillis(),
                TimeUnit.MILLISECONDS);
        ticking.scheduleWithFixedDelay(
                quietly("the mirrors stay as they are for now", mirrorDesk::look),
                MIRRORS.toMillis(),
                MIRRORS.toMillis(),
                TimeUnit.MILLISECONDS);
        each(BACKFILL, "what mirrors wrote before waits", backfill::step);
        each(DIGESTS, "digests wait", digests::step);
        each(NOTICES, "old notices stay for now", oldNotices);
        each(LINKS, "linked accounts are asked later", links::step);
        fillingBack.scheduleWithFixedDelay(
                quietly("who is covered by a rule is told later", clerk::look),
                0,
                RULES.toMillis(),
                TimeUnit.MILLISECONDS);
        each(RULE_LISTS, "lists of rules wait", clerk::refresh);
    }

    /// Beside the clock's thread.
    private void each(Duration period, String otherwise, Runnable task) {
        fillingBack.scheduleWithFixedDelay(
                quietly(otherwise, task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Runnable quietly(String what, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("{}: {}", what, e.toString());
            }
        };
    }

    private long waiting() {
        return runtime.depths().values().stream().mapToLong(Long::longValue).sum();
    }

    private void tickSoon() {
        if (lookingSoon.compareAndSet(false, true)) {
            try {
                ticking.schedule(
                        () -> {
                            lookingSoon.set(false);
                            look();
                        },
                        SOON.toMillis(),
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // It stops, and looks first thing after the next start.
                LOG.debug("not looked at any more: {}", e.toString());
            }
        }
    }

    private void look() {
        try {
            clock.tick();
        } catch (RuntimeException e) {
            LOG.warn("what waits stays where it is for now: {}", e.toString());
        }
    }

    /// Who keeps the operator's rules.
    RuleClerk clerk() {
        return clerk;
    }

    /// Where what was decided here goes.
    Inbox inbox() {
        return runtime;
    }

    /// Tries what was given up once again.
    void again(Delivery delivery) {
        runtime.again(delivery);
    }

    /// How much is ready and not yet done, by queue.
    Map<String, Long> depths() {
        return runtime.depths();
    }

    @Override
    public void close() {
        ticking.shutdownNow();
        fillingBack.shutdownNow();
        runtime.close();
        unparking.shutdown();
        try {
            if (!unparking.awaitTermination(PATIENCE_AT_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                unparking.shutdownNow();
            }
        } catch (InterruptedException e) {
            unparking.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
