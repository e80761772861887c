package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Entry;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.moderation.Subject.Kind;
import dev.drawbridge.model.spi.Listing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
