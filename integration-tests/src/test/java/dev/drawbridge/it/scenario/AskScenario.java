package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.LiveRules;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Pace;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.Asks;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.testkit.fake.FakeBridge;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;

/// Nora of Nostr, who is shown in the Fediverse, wants alice of the Fediverse, who never heard of this bridge (ADR 67).
abstract class AskScenario extends Scenario {
    static final String NAME = "@alice@social.example";

    @BeforeEach
    void noraIsCarriedAndAliceShowsSomething() {
        asking(Asks.USUAL, Gates.OPEN);
        settled(nora, nostr, Network.ACTIVITYPUB);
        fedi.profile(shown(alice, NAME).build());
    }

    /// An instance on the same store; whoever listened before does not any more.
    void asking(Asks asks, Gates gates) {
        bridge = new FakeBridge(
                ports,
                clock,
                List.of(fedi, nostr, sky),
                (_, waited) -> waited.compareTo(Duration.ofDays(3)) >= 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMinutes(1)),
                new Terms(
                        ConsentPolicy.optIn(),
                        gates,
                        new Mirrors(),
                        new LiveRules(gates.denied(), clock),
                        new Pace(gates.limits().postsPerHour(), clock),
                        asks));
    }

    static Profile.Builder shown(NativeId person, String handle) {
        return Profile.builder(person, handle).displayName("somebody").bio(RichText.plain("I write"));
    }

    /// Somebody of the Fediverse who shows something, and is known to nobody here.
    NativeId stranger(String name, String server) {
        NativeId person = fedi.person(name);
        fedi.profile(shown(person, "@" + name + "@" + server).build());
        return person;
    }

    /// Somebody of Nostr who is shown in the Fediverse, and has a name at a domain of their own.
    NativeId member(String name) {
        NativeId person = nostr.person(name);
        nostr.profile(shown(person, name + "@" + name + ".example").build());
        settled(person, nostr, Network.ACTIVITYPUB);
        return person;
    }

    /// Somebody opted in the day before yesterday.
    void settled(NativeId person, FakeNetwork home, Network target) {
        clock.advance(Duration.ofDays(-2));
        optIn(person, home, target);
        clock.advance(Duration.ofDays(2));
    }

    /// @return what the bot answers
    String asks(NativeId person, String text) {
        return said(person, nostr, Network.ACTIVITYPUB, text);
    }

    String said(NativeId person, FakeNetwork home, Network target, String text) {
        clock.advance(Duration.ofSeconds(1));
        home.says(person, bot(home.network(), target), text);
        bridge.settle();
        List<String> heard = heard(person, home);
        return heard.isEmpty() ? "" : heard.getLast();
    }

    /// What bots wrote to somebody, also where everybody reads at one place.
    static List<String> heard(NativeId person, FakeNetwork home) {
        return letters(person, home).stream()
                .filter(text -> home.inbox(person).address().startsWith("inbox ")
                        || text.matches("(?s)@?" + Pattern.quote(person.value()) + "([@.]\\S+)? .*"))
                .toList();
    }

    List<String> toAlice() {
        return heard(alice, fedi);
    }

    /// Somebody is not asked, and why.
    void notAsked(NativeId person, String name, String why) {
        assertThat(asks(nora, name)).contains("is not carried here").contains(why);
        assertThat(heard(person, fedi)).isEmpty();
        assertThat(fedi.at(fedi.inbox(person))).isEmpty();
    }
}
