package dev.drawbridge.nostr.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.store.RelayRules.About;
import dev.drawbridge.nostr.store.RelayRules.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class RelayRulesContract {
    abstract RelayRules rules();

    @Test
    void keepsOneRuleForEachSubject() {
        rules().put(new Rule(About.BANNED_KEY, "a", "spam"));
        rules().put(new Rule(About.BANNED_KEY, "a", "more spam"));
        rules().put(new Rule(About.ALLOWED_KEY, "a", ""));

        assertThat(rules().find(About.BANNED_KEY, "a")).contains(new Rule(About.BANNED_KEY, "a", "more spam"));
        assertThat(rules().find(About.BANNED_EVENT, "a")).isEmpty();
        assertThat(rules().find(List.of("BANNED_KEY:a", "ALLOWED_KEY:a", "SHOWN:name")))
                .hasSize(2);
        assertThat(rules().find(List.of())).isEmpty();
    }

    @Test
    void listsInOrder() {
        List.of("c", "a", "b").forEach(s -> rules().put(new Rule(About.BANNED_KEY, s, "")));
        rules().put(new Rule(About.SHOWN, "name", "x"));

        assertThat(rules().all(About.BANNED_KEY, 2)).extracting(Rule::subject).containsExactly("a", "b");
        rules().remove(About.BANNED_KEY, "a");
        rules().remove(About.BANNED_KEY, "nobody");
        assertThat(rules().all(About.BANNED_KEY, 9)).extracting(Rule::subject).containsExactly("b", "c");
    }
}
