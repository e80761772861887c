package dev.drawbridge.it.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.engine.Bridge;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Deliver;
import dev.drawbridge.engine.DeliveryAttempt;
import dev.drawbridge.engine.Ghosts;
import dev.drawbridge.engine.LiveWatchlist;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.Receive;
import dev.drawbridge.engine.Resolver;
import dev.drawbridge.engine.RetryPolicy;
import dev.drawbridge.engine.broker.EmbeddedBroker;
import dev.drawbridge.engine.camel.BridgeRuntime;
import dev.drawbridge.engine.camel.RouteSettings;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.port.StoreUnavailableException;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.InMemoryPorts;
import dev.drawbridge.testkit.VirtualClock;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stages carried by Camel over an embedded Artemis with its journal on the disk.
class BridgeRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private final VirtualClock clock = new VirtualClock();
    private final FakeNetwork fedi = new FakeNetwork(Network.ACTIVITYPUB, true, clock);
    private final FakeNetwork nostr = new FakeNetwork(Network.NOSTR, false, clock);
    private final NativeId alice = fedi.person("alice");
    private final Ports ports = InMemoryPorts.empty();

    @TempDir
    private Path data;

    private EmbeddedBroker broker;
    private BridgeRuntime runtime;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(data.resolve("broker"));
        var connectors = new Connectors(List.of(fedi, nostr));
        var watchlist = new LiveWatchlist();
        var resolver = new Resolver(ports, connectors);
        watchlist.load(ports.consents(), ports.identities(), connectors.networks(), Instant.EPOCH);
        var ghosts = new Ghosts(ports, connectors, resolver, watchlist);
        runtime = new BridgeRuntime(broker, connectors);
        RetryPolicy retries = (_, _) -> Optional.of(Duration.ofMinutes(1));
        var attempt = new DeliveryAttempt(ports, connectors, resolver, ghosts, runtime, retries, clock);
        var stages = new BridgeRuntime.Stages(
                new Receive(watchlist, ports, connectors, _ -> {}),
                new Bridge(ports, runtime, connectors, resolver, watchlist, ConsentPolicy.optIn(), clock),
                new Deliver(ports, attempt, retries, clock, () -> {}),
                new EngineJson(),
                ports.deadLetters());
        ghosts.ensureBots();
        runtime.prepare(stages, RouteSettings.of(4, 4, clock));
        runtime.start();
        assertThat(fedi.happens(new Activity.Follow(
                        new NativeId(Network.ACTIVITYPUB, "alice/follow"),
                        alice,
                        clock.instant(),
                        ports.identities()
                                .find(Ghost.botOrigin(Network.NOSTR), Network.ACTIVITYPUB)
                                .orElseThrow()
                                .id())))
                .isInstanceOf(Receipt.Accepted.class);
        await().atMost(SOON).until(() -> nostr.all().stream().anyMatch(Activity.ProfileUpdate.class::isInstance));
    }

    @AfterEach
    void stop() {
        runtime.close();
        broker.close();
    }

    private Activity.Publish post(int number) {
        NativeId id = new NativeId(Network.ACTIVITYPUB, "alice/post/" + number);
        return new Activity.Publish(
                id,
                clock.instant(),
                Post.builder(id, alice, clock.instant())
                        .text(RichText.plain("post %02d".formatted(number)))
                        .build());
    }

    private List<String> posts() {
        return nostr.all().stream()
                .filter(Activity.Publish.class::isInstance)
                .map(a -> ((Activity.Publish) a).post().text().text())
                .toList();
    }

    @Test
    void whatIsAcceptedArrivesInOrder() {
        for (int i = 0; i < 50; i++) {
            assertThat(fedi.happens(post(i))).isInstanceOf(Receipt.Accepted.class);
        }
        await().atMost(SOON).until(() -> posts().size() == 50);
        assertThat(posts()).isSorted().hasSize(50);
    }

    @Test
    void whatWasAcceptedBeforeAStopArrivesAfterTheRestart() {
        var blocked = new CountDownLatch(1);
        nostr.failing((_, activity) -> {
            if (activity instanceof Activity.Publish) {
                awaitQuietly(blocked);
                throw new StoreUnavailableException("stopped under way", new IllegalStateException());
            }
            return Optional.empty();
        });
        for (int i = 0; i < 20; i++) {
            assertThat(fedi.happens(post(i))).isInstanceOf(Receipt.Accepted.class);
        }
        blocked.countDown();
        stop();
        nostr.working();
        start();
        await().atMost(SOON).until(() -> posts().size() == 20);
        await().atMost(SOON).until(() -> runtime.depths().values().stream().allMatch(depth -> depth == 0));
    }

    @Test
    void aStageThatThrowsTriesAgainInItsPlace() {
        var attempts = new AtomicInteger();
        nostr.failing((_, activity) -> {
            if (activity instanceof Activity.Publish && attempts.incrementAndGet() <= 2) {
                throw new IllegalStateException("not this time");
            }
            return Optional.empty();
        });
        fedi.happens(post(1));
        fedi.happens(post(2));
        await().atMost(SOON).until(() -> posts().size() == 2);
        assertThat(posts()).containsExactly("post 01", "post 02");
        assertThat(ports.deadLetters().count()).isZero();
    }

    @Test
    void anItemThatNeverWorksIsKeptForTheOperatorAndHoldsNobodyUp() {
        nostr.failing((_, activity) -> {
            if (activity instanceof Activity.Publish p && p.post().text().text().equals("post 01")) {
                throw new IllegalStateException("a bug of ours");
            }
            return Optional.<DeliveryOutcome>empty();
        });
        fedi.happens(post(1));
        fedi.happens(post(2));
        await().atMost(SOON).until(() -> posts().size() == 1);
        assertThat(posts()).containsExactly("post 02");
        assertThat(ports.deadLetters().newest(5)).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).contains("a bug of ours");
            assertThat(letter.body()).contains("alice/post/1");
        });
    }

    @Test
    void aStoreThatIsDownIsWaitedForHoweverLong() {
        var attempts = new AtomicInteger();
        nostr.failing((_, activity) -> {
            if (activity instanceof Activity.Publish && attempts.incrementAndGet() <= 8) {
                throw new StoreUnavailableException("the store does not answer", new IllegalStateException());
            }
            return Optional.empty();
        });
        fedi.happens(post(1));
        await().atMost(Duration.ofSeconds(120)).until(() -> posts().size() == 1);
        assertThat(ports.deadLetters().count()).isZero();
    }

    @Test
    void withoutABrokerNothingIsAccepted() {
        broker.close();
        assertThat(fedi.happens(post(1))).isInstanceOf(Receipt.Busy.class);
        assertThat(broker.trouble()).isPresent();
        broker = EmbeddedBroker.start(data.resolve("broker"));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
