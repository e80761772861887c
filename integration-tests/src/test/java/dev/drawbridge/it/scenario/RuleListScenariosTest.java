package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.Resolver;
import dev.drawbridge.engine.RuleClerk;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Entry;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.moderation.Subject.Kind;
import dev.drawbridge.model.port.Consents;
import dev.drawbridge.model.spi.Listing;
import dev.drawbridge.model.spi.NativeEvent;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Rules that come from lists and documents of others.
class RuleListScenariosTest extends RuledScenario {
    private static Entry entry(Kind kind, String value, Optional<Effect> effect, String reason) {
        return new Entry(new Subject(kind, value), effect, reason);
    }

    @Test
    void aListOfOthersOnlyStopsAndDoesNoMoreThanTheOperatorLetsIt() {
        optIn(alice, fedi, Network.NOSTR);
        posts(alice, fedi, "first");
        fedi.keepsList(
                LIST,
                new Listing.Entries(List.of(
                        entry(Kind.ACTOR, "alice", Optional.of(Effect.DENY), "their reason"),
                        entry(Kind.DOMAIN, "a.example", Optional.of(Effect.FREEZE), ""))));
        clerk.subscribe(LIST, Effect.HIDE);
        follow();
        assertThat(store.all())
                .extracting(rule -> rule.subject().value(), Rule::effect, Rule::reason)
                .containsExactlyInAnyOrder(
                        tuple("alice", Effect.HIDE, "their reason"),
                        tuple("a.example", Effect.FREEZE, "on the list " + LIST));
        posts(alice, fedi, "second");
        assertThat(texts(nostr.all())).containsExactly("first");
        assertThat(only(Activity.Delete.class, nostr.all()))
                .as("what a list says takes nothing back")
                .isEmpty();
        rule(Kind.ACTOR, "alice", Effect.ALLOW, "we know her");
        posts(alice, fedi, "third");
        assertThat(texts(nostr.all())).containsExactly("first", "third");
    }

    @Test
    void aListIsReadAgainTwiceADayAndOneThatCannotBeReadStaysAsItWas() {
        var before = new Listing.Entries(List.of(entry(Kind.DOMAIN, "a.example", Optional.empty(), "")));
        sky.keepsList(LIST, before);
        clerk.subscribe(LIST, Effect.DENY);
        sky.keepsList(LIST, new Listing.Silent("it answers 503"));
        clock.advance(Duration.ofHours(11));
        follow();
        assertThat(store.subscription(LIST).orElseThrow().trouble()).isEmpty();
        clock.advance(Duration.ofHours(1));
        follow();
        assertThat(store.subscription(LIST).orElseThrow().trouble()).isEqualTo("it answers 503");
        assertThat(store.all()).hasSize(1);
        sky.keepsList(LIST, new Listing.Entries(List.of(entry(Kind.DOMAIN, "b.example", Optional.empty(), ""))));
        clock.advance(Duration.ofMinutes(29));
        follow();
        assertThat(store.all()).extracting(r -> r.subject().value()).containsExactly("a.example");
        clock.advance(Duration.ofMinutes(1));
        follow();
        assertThat(store.all()).extracting(r -> r.subject().value()).containsExactly("b.example");
        assertThat(store.subscription(LIST).orElseThrow().trouble()).isEmpty();
        assertThat(clerk.unsubscribe(LIST)).isTrue();
        assertThat(store.all()).isEmpty();
        assertThat(clerk.unsubscribe(LIST)).isFalse();
    }

    @Test
    void nobodyIsWalkedThroughWithoutNews() {
        optIn(alice, fedi, Network.NOSTR);
        var walks = new AtomicInteger();
        var consents = (Consents) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Consents.class}, (_, method, given) -> {
                    walks.addAndGet(method.getName().equals("forEachGiven") ? 1 : 0);
                    return method.invoke(ports.consents(), given);
                });
        Ports counted = counting(consents);
        var connectors = new Connectors(List.of(fedi, nostr, sky));
        List<NativeEvent> told = new ArrayList<>();
        var counting =
                new RuleClerk(store, live, counted, connectors, new Resolver(counted, connectors), told::add, clock);
        counting.load();
        counting.look();
        assertThat(walks).as("no rules").hasValue(0);
        fedi.keepsList(LIST, new Listing.Entries(List.of(entry(Kind.ACTOR, "alice", Optional.empty(), ""))));
        counting.subscribe(LIST, Effect.FREEZE);
        counting.look();
        assertThat(walks).hasValue(3);
        assertThat(told).hasSize(1);
        Optional<String> changed = ports.cursors().get("rules changed");
        clock.advance(Duration.ofHours(13));
        counting.refresh();
        counting.load();
        counting.look();
        assertThat(walks).as("the same list, and the same rules read again").hasValue(3);
        assertThat(ports.cursors().get("rules changed")).isEqualTo(changed);
    }

    private Ports counting(Consents consents) {
        return new Ports(
                consents,
                ports.identities(),
                ports.ledger(),
                ports.follows(),
                ports.parking(),
                ports.deadLetters(),
                ports.crossings(),
                ports.cursors(),
                ports.absences(),
                ports.keys(),
                ports.preferences(),
                ports.notices(),
                ports.complaints(),
                ports.digests(),
                ports.quotas(),
                ports.links());
    }

    @Test
    void whatCannotBeReadIsNotFollowedAndChangesNothing() {
        assertThatThrownBy(() -> clerk.subscribe(LIST, Effect.DENY)).hasMessageContaining("no network");
        sky.keepsList(LIST, new Listing.Unreadable("it is no CSV of domains"));
        assertThatThrownBy(() -> clerk.subscribe(LIST, Effect.DENY)).hasMessage("it is no CSV of domains");
        assertThatThrownBy(() -> clerk.subscribe(LIST, Effect.ALLOW)).hasMessageContaining("allows nothing");
        assertThatThrownBy(() -> clerk.take(LIST, Effect.DENY, "x")).hasMessage("it is no CSV of domains");
        Subject alices = new Subject(Kind.ACTOR, "alice");
        assertThatThrownBy(() -> clerk.put(alices, Effect.DENY, " ", Optional.empty()))
                .hasMessageContaining("has a reason");
        assertThatThrownBy(() -> clerk.put(alices, Effect.DENY, "x", Optional.of(clock.instant())))
                .hasMessageContaining("ends later");
        assertThat(store.all()).isEmpty();
        assertThat(store.subscriptions()).isEmpty();
    }

    @Test
    void aDocumentBecomesRulesOfTheOperators() {
        fedi.keepsList(
                "#domain,#severity\nspam.example,suspend",
                new Listing.Entries(List.of(entry(Kind.DOMAIN, "spam.example", Optional.of(Effect.DENY), ""))));
        assertThat(clerk.take("#domain,#severity\nspam.example,suspend", Effect.DENY, "from a friend"))
                .isEqualTo(1);
        assertThat(store.all()).singleElement().satisfies(rule -> {
            assertThat(rule.source()).isEqualTo(Rule.OPERATOR);
            assertThat(rule.reason()).isEqualTo("from a friend");
        });
        assertThat(live.domains()).extracting(r -> r.subject().value()).containsExactly("spam.example");
    }
}
