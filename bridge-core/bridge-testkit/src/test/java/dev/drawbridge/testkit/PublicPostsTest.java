package dev.drawbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Lookup;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.PublicPosts;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.port.Consents;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublicPostsTest {
    private static final NativeId AMAL = new NativeId(Network.ACTIVITYPUB, "https://social.example/amal");
    private final VirtualClock clock = new VirtualClock();
    private final List<String> asked = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private final Ports ports = Watched.ports(
            Watched.of(Consents.class, new InMemoryConsents(), asked::add),
            Watched.of(Crossings.class, new InMemoryCrossings(), method -> {
                if (method.equals("newest")) {
                    Runnable once = meanwhile;
                    meanwhile = () -> {};
                    once.run();
                }
            }));
    private final Connectors connectors = new Connectors(
            List.of(new FakeNetwork(Network.ACTIVITYPUB, true, clock), new FakeNetwork(Network.NOSTR, false, clock)));
    private final PublicPosts posts = new PublicPosts(
            ports,
            connectors,
            new Lookup(ports, connectors, new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors()), clock),
            clock);

    @BeforeEach
    void amalWroteThreePosts() {
        says(Consent.State.GIVEN);
        for (int i = 1; i <= 3; i++) {
            crossed("https://social.example/amal/" + i);
        }
    }

    private void says(Consent.State state) {
        ports.consents().put(new Consent(AMAL, Network.NOSTR, state, "said so", clock.instant()));
    }

    private void crossed(String id) {
        var post = new NativeId(Network.ACTIVITYPUB, id);
        ports.ledger().recordOriginal(new Ledger.Original(ObjectRef.of(post), AMAL, Optional.empty(), clock.instant()));
        ports.crossings()
                .record(new Crossings.Crossing(
                        id,
                        "Publish",
                        AMAL,
                        post,
                        Network.NOSTR,
                        Optional.empty(),
                        Crossings.State.CROSSED,
                        "",
                        List.of(),
                        Duration.ZERO,
                        clock.instant(),
                        true));
    }

    @Test
    void theStoreIsAskedOnceAboutEachAuthor() {
        assertThat(posts.newest()).hasSize(3);
        asked.clear();
        assertThat(posts.newest()).hasSize(3);
        assertThat(asked).containsExactly("of");
    }

    @Test
    void whileOneLooksTheOthersGetWhatWasSeenLastWithoutWhoLeft() {
        assertThat(posts.newest()).hasSize(3);
        clock.advance(Duration.ofSeconds(11));
        crossed("https://social.example/amal/4");
        List<Integer> seen = new ArrayList<>();
        try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
            meanwhile = () -> {
                seen.add(shown(others));
                clock.advance(Duration.ofSeconds(1));
                says(Consent.State.WITHDRAWN);
                seen.add(shown(others));
            };
            assertThat(posts.newest()).isEmpty();
        }
        assertThat(seen).containsExactly(3, 0);
    }

    private int shown(Executor others) {
        return CompletableFuture.supplyAsync(posts::newest, others)
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .size();
    }
}
