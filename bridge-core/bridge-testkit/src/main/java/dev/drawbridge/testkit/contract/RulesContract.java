package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.port.Rules;
import dev.drawbridge.model.port.Rules.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Rules] must do.
public abstract class RulesContract {
    private static final String LIST = Rule.LIST + "https://lists.example/a.csv?b=$c";
    private Rules rules = none();

    /// An implementation that holds nothing.
    protected abstract Rules none();

    @BeforeEach
    void startEmpty() {
        rules = none();
    }

    private static Rule rule(String domain, Effect effect, String source, Optional<Instant> until) {
        return new Rule(
                new Subject(Subject.Kind.DOMAIN, domain), effect, "spam \uD83C\uDF09 $a.b", source, NOON, until);
    }

    private static Rule own(String domain) {
        return rule(domain, Effect.DENY, Rule.OPERATOR, Optional.empty());
    }

    private static Rule listed(String domain) {
        return rule(domain, Effect.FREEZE, LIST, Optional.empty());
    }

    @Test
    void everythingIsAllowedAtFirst() {
        assertThat(rules.all()).isEmpty();
        assertThat(rules.subscriptions()).isEmpty();
        assertThat(rules.remove(own("a.example").subject(), Rule.OPERATOR)).isFalse();
        assertThat(rules.unsubscribe("x")).isFalse();
        assertThat(rules.subscription("x")).isEmpty();
    }

    @Test
    void everyKindOfRuleIsKeptAsItWas() {
        List<Rule> all = new ArrayList<>();
        for (Effect effect : Effect.values()) {
            all.add(new Rule(
                    new Subject(Subject.Kind.ACTOR, "https://social.example/users/" + effect),
                    effect,
                    "",
                    Rule.OPERATOR,
                    NOON.plusNanos(1),
                    Optional.of(NOON.plusSeconds(1))));
        }
        all.add(new Rule(new Subject(Subject.Kind.WORD, "buy  Now"), Effect.DENY, "x", LIST, NOON, Optional.empty()));
        all.add(new Rule(
                new Subject(Subject.Kind.MEDIA, "ab".repeat(32)), Effect.ALLOW, "x", LIST, NOON, Optional.empty()));
        all.add(own("*"));
        all.forEach(rules::put);
        assertThat(rules.all()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(rules.all()).extracting(Rule::id).isSorted();
    }

    @Test
    void oneSourceSaysOneThingAboutASubject() {
        rules.put(own("a.example"));
        rules.put(rule("a.example", Effect.FREEZE, Rule.OPERATOR, Optional.of(NOON)));
        rules.put(listed("a.example"));
        assertThat(rules.all()).extracting(Rule::effect).containsExactlyInAnyOrder(Effect.FREEZE, Effect.FREEZE);
        assertThat(rules.remove(own("a.example").subject(), Rule.OPERATOR)).isTrue();
        assertThat(rules.remove(own("a.example").subject(), Rule.OPERATOR)).isFalse();
        assertThat(rules.all()).containsExactly(listed("a.example"));
    }

    @Test
    void aListSaysWhatItSaysNowAndNothingElse() {
        rules.put(own("a.example"));
        assertThat(rules.replace(LIST, List.of(listed("a.example"), listed("b.example"))))
                .isTrue();
        assertThat(rules.replace(LIST, List.of(listed("b.example"), listed("a.example"))))
                .as("the same")
                .isFalse();
        assertThat(rules.replace(LIST, List.of(listed("b.example"), listed("c.example"))))
                .isTrue();
        assertThat(rules.all()).containsExactlyInAnyOrder(own("a.example"), listed("b.example"), listed("c.example"));
        assertThat(rules.replace(LIST, List.of())).isTrue();
        assertThat(rules.replace(LIST, List.of())).isFalse();
        assertThat(rules.all()).containsExactly(own("a.example"));
    }

    @Test
    void aListOfManyIsReplacedWhole() {
        List<Rule> many = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            many.add(listed("n" + i + ".example"));
        }
        rules.replace(LIST, many);
        assertThat(rules.all()).hasSize(1_200);
        rules.replace(LIST, many.subList(0, 1));
        assertThat(rules.all()).containsExactly(listed("n0.example"));
    }

    @Test
    void nobodySpeaksForAnotherSource() {
        rules.replace(LIST, List.of(listed("a.example")));
        assertThatThrownBy(() -> rules.replace(LIST, List.of(listed("b.example"), own("c.example"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(rules.all()).containsExactly(listed("a.example"));
    }

    @Test
    void whatEndedIsForgotten() {
        rules.put(own("for-good.example"));
        rules.put(rule("now.example", Effect.DENY, Rule.OPERATOR, Optional.of(NOON)));
        rules.put(rule("later.example", Effect.DENY, Rule.OPERATOR, Optional.of(NOON.plusNanos(1))));
        rules.removeEnded(NOON);
        assertThat(rules.all())
                .extracting(rule -> rule.subject().value())
                .containsExactlyInAnyOrder("for-good.example", "later.example");
    }

    @Test
    void aSubscriptionIsKeptUntilItIsEnded() {
        var first = new Subscription("https://a.example/", Effect.FREEZE, NOON, NOON.plusSeconds(1), 0, 12, "");
        var second = new Subscription("at://b", Effect.DENY, NOON, NOON, 3, 0, "it does not answer");
        rules.subscribe(second);
        rules.subscribe(first);
        assertThat(rules.subscriptions()).containsExactly(second, first);
        assertThat(rules.subscription("at://b")).contains(second);
        var again = new Subscription("at://b", Effect.HIDE, NOON, NOON, 0, 5, "");
        rules.subscribe(again);
        assertThat(rules.subscription("at://b")).contains(again);
        assertThat(rules.unsubscribe("at://b")).isTrue();
        assertThat(rules.subscriptions()).containsExactly(first);
    }
}
