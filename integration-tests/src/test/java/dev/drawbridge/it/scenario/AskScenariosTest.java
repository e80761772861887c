package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Ports;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.consent.Asks;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.spi.DeliveryOutcome;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One letter that asks somebody whether they want to be here: what is in it, that there is only one, and what is left
/// of it.
class AskScenariosTest extends AskScenario {
    @Test
    void aNameAloneAsksThatPersonInOneLetterAndWhoAskedWaits() {
        assertThat(asks(nora, NAME))
                .contains("is not carried here. I keep in mind that you wait")
                .contains("I ask alice@social.example in one letter")
                .contains("There will be no second one");
        assertThat(toAlice())
                .singleElement()
                .asString()
                .contains("@ghostofnostrnora asks whether you would like to be followed from Nostr")
                .contains("https://nostr.example/nora")
                .contains("Answer stop", "answer start", "If you do nothing, nothing happens", "répondez aide");
        assertThat(asks(nora, "status")).contains("People you wait for: 1");
    }

    @Test
    void theLetterIsForTheirEyesAndNothingInItDoesAnything() {
        asks(nora, NAME);
        Post letter = only(Activity.Publish.class, fedi.at(fedi.inbox(alice)))
                .getFirst()
                .post();
        assertThat(letter.visibility()).isEqualTo(Visibility.DIRECT);
        assertThat(letter.author()).isEqualTo(bot(Network.ACTIVITYPUB, Network.NOSTR));
        assertThat(letter.text().facets()).as("only whom it is for").hasSize(1);
        assertThat(letter.media()).isEmpty();
        assertThat(letter.card()).isEmpty();
        assertThat(letter.languages()).containsExactly("en");
    }

    @Test
    void followAndUnfollowAskNobody() {
        assertThat(asks(nora, "follow " + NAME)).contains("I keep in mind").doesNotContain("in one letter");
        asks(nora, "unfollow " + NAME);
        assertThat(toAlice()).isEmpty();
        assertThat(asks(nora, "demander " + NAME)).contains("dans une lettre");
        assertThat(toAlice()).hasSize(1);
    }

    @Test
    void startAnswersTheLetterAndWhoAskedIsTold() {
        asks(nora, NAME);
        said(alice, fedi, Network.NOSTR, "start");
        assertThat(wants(alice, Network.NOSTR)).isTrue();
        assertThat(heard(nora, nostr).getLast()).contains("is here now");
    }

    @Test
    void stopAnswersTheLetterForGood() {
        asks(nora, NAME);
        said(alice, fedi, Network.NOSTR, "stop");
        assertThat(ports.consents().of(alice)).as("nothing that names them").isEmpty();
        NativeId nils = member("nils");
        assertThat(asks(nils, NAME)).contains("cannot be asked");
        assertThat(toAlice()).as("the letter, and the answer to stop").hasSize(2);
    }

    @Test
    void thereIsOneLetterEverWhoeverAsksAndFromWhereverAndWhenever() {
        asks(nora, NAME);
        assertThat(asks(nora, NAME)).contains("cannot be asked");
        assertThat(asks(member("nils"), NAME)).contains("cannot be asked");
        NativeId sean = sky.person("sean");
        settled(sean, sky, Network.ACTIVITYPUB);
        clock.advance(Duration.ofSeconds(1));
        sky.says(sean, bot(Network.ATPROTO, Network.ACTIVITYPUB), NAME);
        bridge.settle();
        asking(Asks.USUAL, Gates.OPEN);
        assertThat(asks(nora, NAME)).contains("cannot be asked");
        bridge.after(Duration.ofDays(4_000));
        ports.notices().forget(clock.instant());
        assertThat(asks(nora, NAME)).contains("cannot be asked");
        assertThat(toAlice()).hasSize(1);
    }

    @Test
    void twoInstancesAskOneLetterBetweenThem() {
        NativeId nils = member("nils");
        var first = bridge;
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), NAME);
        asking(Asks.USUAL, Gates.OPEN);
        var second = bridge;
        nostr.says(nils, bot(Network.NOSTR, Network.ACTIVITYPUB), NAME);
        first.bridgeOnly();
        second.bridgeOnly();
        second.settle();
        first.settle();
        assertThat(toAlice()).hasSize(1);
        assertThat(List.of(heard(nora, nostr).getLast(), heard(nils, nostr).getLast()))
                .satisfiesOnlyOnce(said -> assertThat(said).contains("in one letter"))
                .satisfiesOnlyOnce(said -> assertThat(said).contains("cannot be asked"));
    }

    @Test
    void whatIsDoneAgainAfterACrashAsksAtMostOnce() {
        var sent = new ArrayList<Activity>();
        fedi.failing((place, activity) -> {
            if (place.equals(fedi.inbox(alice))) {
                sent.add(activity);
            }
            return Optional.empty();
        });
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), NAME);
        bridge.bridgeInVain();
        bridge.redeliver();
        bridge.bridgeOnly();
        bridge.redeliver();
        bridge.settle();
        assertThat(sent).hasSize(1);
        assertThat(heard(nora, nostr).getLast()).contains("in one letter");
    }

    @Test
    void aLetterThatCannotBeBroughtIsDroppedAndNothingOfItIsLeft() {
        for (DeliveryOutcome outcome : List.of(
                new DeliveryOutcome.Retry(Optional.empty(), "busy"),
                new DeliveryOutcome.Refused("no letters"),
                new DeliveryOutcome.Gone("nobody is there"))) {
            NativeId person = stranger(outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT), "a.example");
            var tries = new ArrayList<Activity>();
            fedi.failing((place, activity) -> {
                if (!place.equals(fedi.inbox(person))) {
                    return Optional.empty();
                }
                tries.add(activity);
                return Optional.of(outcome);
            });
            String name = "@" + person.value() + "@a.example";
            assertThat(asks(member("one" + person.value().hashCode()), name)).contains("in one letter");
            bridge.after(Duration.ofDays(10));
            assertThat(tries).as(person.value()).hasSize(1);
            leavesNothing(person);
            assertThat(asks(member("two" + person.value().hashCode()), name)).contains("cannot be asked");
        }
    }

    @Test
    void aLetterWhoseConnectorFailsIsDroppedToo() {
        fedi.failing((place, _) -> {
            if (place.equals(fedi.inbox(alice))) {
                throw new IllegalStateException("out of order");
            }
            return Optional.empty();
        });
        asks(nora, NAME);
        fedi.working();
        bridge.after(Duration.ofDays(1));
        assertThat(toAlice()).isEmpty();
        leavesNothing(alice);
    }

    @Test
    void aLetterWaitsBehindNothing() {
        fedi.failing((place, _) -> place.equals(fedi.inbox(alice))
                ? Optional.of(new DeliveryOutcome.Retry(Optional.empty(), "busy"))
                : Optional.empty());
        said(alice, fedi, Network.NOSTR, "help");
        fedi.working();
        assertThat(asks(nora, NAME)).contains("is not asked now: I cannot bring letters there at the moment");
        bridge.after(Duration.ofDays(1));
        assertThat(toAlice())
                .as("the help they asked for")
                .singleElement()
                .asString()
                .doesNotContain("like to be followed");
        assertThat(asks(nora, NAME)).as("nothing was used up").contains("in one letter");
        assertThat(toAlice()).hasSize(2);
    }

    @Test
    void aLetterWaitsBehindNothingEitherThatCameAfterItWasPlanned() {
        fedi.failing((place, _) -> place.equals(fedi.inbox(alice))
                ? Optional.of(new DeliveryOutcome.Retry(Optional.empty(), "busy"))
                : Optional.empty());
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), NAME);
        bridge.bridgeOnly();
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "help");
        bridge.bridgeOnly();
        bridge.reverseOutbox();
        bridge.deliverOne();
        fedi.working();
        while (bridge.planned() > 0) {
            bridge.deliverOne();
        }
        assertThat(heard(nora, nostr).getLast()).as("it was planned").contains("in one letter");
        bridge.after(Duration.ofDays(1));
        assertThat(toAlice()).singleElement().asString().doesNotContain("like to be followed");
    }

    @Test
    void aLetterThatArrivedLeavesADigestAndNothingElse() {
        asks(nora, NAME);
        assertThat(toAlice()).hasSize(1);
        leavesNothing(alice);
        Post letter = only(Activity.Publish.class, fedi.at(fedi.inbox(alice)))
                .getFirst()
                .post();
        assertThat(letter.id().value()).doesNotContain("alice").doesNotContain("nora");
    }

    @Test
    void whoSaidSomethingMeanwhileIsNotAskedAnyMore() {
        nostr.says(nora, bot(Network.NOSTR, Network.ACTIVITYPUB), NAME);
        bridge.bridgeOnly();
        ports.consents()
                .put(new Consent(alice, Network.ATPROTO, Consent.State.WITHDRAWN, "blocked the bot", clock.instant()));
        bridge.settle();
        assertThat(toAlice()).isEmpty();
    }

    @Test
    void anOperatorWhoWantsNobodyAskedHasNobodyAsked() {
        for (Asks off : List.of(Asks.OFF, new Asks(0, 5, 50), new Asks(3, 0, 50), new Asks(3, 5, 0))) {
            asking(off, Gates.OPEN);
            assertThat(asks(nora, NAME)).endsWith("unfollow alice@social.example ends that.");
        }
        assertThat(toAlice()).isEmpty();
        asking(Asks.USUAL, Gates.OPEN);
        assertThat(asks(nora, NAME)).as("nothing was used up").contains("in one letter");
    }

    /// Nothing in any store names them. What counts letters and quotas keeps digests (their contracts say so), and this
    /// store of a test does not.
    private void leavesNothing(NativeId person) {
        for (RecordComponent store : Ports.class.getRecordComponents()) {
            if (!store.getName().equals("notices") && !store.getName().equals("quotas")) {
                assertThat(whole(store)).as(store.getName()).doesNotContain(person.value());
            }
        }
    }

    private String whole(RecordComponent store) {
        try {
            Object kept = store.getAccessor().invoke(ports);
            var all = new StringBuilder();
            for (Field field : kept.getClass().getDeclaredFields()) {
                field.setAccessible(true);
                all.append(field.get(kept)).append('\n');
            }
            return all.toString();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(store.getName(), e);
        }
    }
}
