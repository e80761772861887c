package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.LiveRules;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.RuleClerk;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.moderation.Subject.Kind;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Rules;
import dev.drawbridge.testkit.InMemoryRules;
import dev.drawbridge.testkit.fake.FakeBridge;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/// Three networks whose bridge has rules.
abstract class RuledScenario extends Scenario {
    static final String LIST = "https://lists.example/blocks.csv";

    final Rules store = new InMemoryRules();
    final NativeId mallory = fedi.person("mallory@spam.example");
    LiveRules live = new LiveRules(List.of(), clock);
    RuleClerk clerk;

    @BeforeEach
    void open() {
        live = new LiveRules(List.of(), clock);
        bridge = new FakeBridge(
                ports,
                clock,
                List.of(fedi, nostr, sky),
                (_, _) -> Optional.of(Duration.ofMinutes(1)),
                new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors(), live));
        clerk = bridge.clerk(store, ports, live);
        clerk.load();
        follow();
    }

    /// What the clock does now and then.
    void follow() {
        clerk.refresh();
        clerk.look();
        bridge.settle();
        clock.advance(Duration.ofSeconds(1));
    }

    void rule(Kind kind, String value, Effect effect, String reason) {
        clerk.put(clerk.meant(kind, value), effect, reason, Optional.empty());
        follow();
    }

    void ends(Kind kind, String value) {
        assertThat(clerk.remove(new Subject(kind, value))).isTrue();
        follow();
    }

    void posts(NativeId author, FakeNetwork home, String text) {
        clock.advance(Duration.ofSeconds(1));
        home.happens(post(author, text, Optional.empty()));
        bridge.settle();
    }

    void says(NativeId person, FakeNetwork home, String text) {
        clock.advance(Duration.ofSeconds(1));
        home.says(person, bot(home.network(), home == nostr ? Network.ACTIVITYPUB : Network.NOSTR), text);
        bridge.settle();
    }

    List<String> reasons() {
        return ports.crossings().newest(50).stream()
                .filter(c -> c.state() == Crossings.State.SKIPPED)
                .map(Crossings.Crossing::reason)
                .toList();
    }
}
