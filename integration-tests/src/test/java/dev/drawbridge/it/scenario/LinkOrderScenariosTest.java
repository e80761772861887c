package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Sanction;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Words about accounts that are one person's reach the bridge in whatever order: where they are read the one that
/// was said last holds, and where they are sent to us the one that came last (ADR 68).
class LinkOrderScenariosTest extends Scenario {
    private static final Duration MINUTES = Duration.ofMinutes(5);
    private final NativeId key = nostr.person("alice-key");
    private final NativeId page = sky.person("alice.sky");

    @BeforeEach
    void allAreOnePerson() {
        names(fedi, alice, key, page);
        names(nostr, key, alice);
        names(sky, page, alice);
    }

    private static void names(FakeNetwork home, NativeId account, NativeId... others) {
        List<URI> aliases = Arrays.stream(others).map(FakeNetwork::alias).toList();
        home.profile(
                Profile.builder(account, "@" + account.value()).aliases(aliases).build());
    }

    private FakeNetwork.Message writes(NativeId person, FakeNetwork home, Network target, String text) {
        clock.advance(MINUTES);
        return home.writes(person, bot(home.network(), target), text);
    }

    private void hears(FakeNetwork home, FakeNetwork.Message message) {
        clock.advance(Duration.ofMinutes(1));
        home.hears(message);
        bridge.settle();
    }

    private List<NativeId> linked(NativeId end) {
        return ports.links().of(end).stream().map(link -> link.other(end)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlink", "stop", "delete"})
    void whereWordsAreReadALinkThatWasSaidLastHoldsThoughItCameFirst(String end) {
        linkSaidLast(nostr, key, end);
        linkSaidLast(sky, page, end);
    }

    private void linkSaidLast(FakeNetwork home, NativeId own, String end) {
        var ended = writes(own, home, Network.ACTIVITYPUB, end);
        var link = writes(own, home, Network.ACTIVITYPUB, "link alice");
        hears(home, link);
        assertThat(linked(own)).containsExactly(alice);
        hears(home, ended);
        assertThat(linked(own)).as("on %s", home.network()).containsExactly(alice);
        if (end.equals("unlink") && home == nostr) {
            assertThat(letters(own, home).getLast()).contains("something else about @alice after");
        }

        var again = writes(own, home, Network.ACTIVITYPUB, end);
        hears(home, again);
        assertThat(linked(own)).as("said since, on %s", home.network()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlink", "stop", "delete"})
    void whereWordsAreReadWhatEndedALinkLastHoldsThoughItCameFirst(String end) {
        endSaidLast(nostr, key, end);
        endSaidLast(sky, page, end);
    }

    private void endSaidLast(FakeNetwork home, NativeId own, String end) {
        hears(home, writes(own, home, Network.ACTIVITYPUB, "link alice"));
        assertThat(linked(own)).containsExactly(alice);
        var link = writes(own, home, Network.ACTIVITYPUB, "link alice");
        var ended = writes(own, home, Network.ACTIVITYPUB, end);
        hears(home, ended);
        assertThat(linked(own)).isEmpty();
        hears(home, link);
        assertThat(linked(own)).as("on %s", home.network()).isEmpty();
        if (home == nostr) {
            assertThat(letters(own, home).getLast()).contains("something else about @alice after");
        }

        hears(home, writes(own, home, Network.ACTIVITYPUB, "link alice"));
        assertThat(linked(own)).as("said since, on %s", home.network()).containsExactly(alice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unlink", "stop"})
    void whereWordsAreSentToUsTheOneThatCameLastHolds(String end) {
        var link = writes(alice, fedi, Network.NOSTR, "link alice-key");
        var ended = writes(alice, fedi, Network.NOSTR, end);
        hears(fedi, ended);
        hears(fedi, link);
        assertThat(linked(alice)).as("their clocks differ").containsExactly(key);

        ended = writes(alice, fedi, Network.NOSTR, end);
        link = writes(alice, fedi, Network.NOSTR, "link alice-key");
        hears(fedi, link);
        hears(fedi, ended);
        assertThat(linked(alice)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "delete"})
    void aRefusalThatWasSaidSinceKeepsFromBeingLinkedAlsoWhereNothingWasLinked(String end) {
        var link = writes(key, nostr, Network.ACTIVITYPUB, "link alice");
        var ended = writes(key, nostr, Network.ACTIVITYPUB, end);
        hears(nostr, ended);
        hears(nostr, link);
        assertThat(linked(key)).isEmpty();
        assertThat(ports.links().words(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasSaidFirstTakesNothingFromTheSameWordThatWasSaidLater(boolean inTurn) {
        var first = writes(key, nostr, Network.ACTIVITYPUB, "link alice");
        var unlink = writes(key, nostr, Network.ACTIVITYPUB, "unlink");
        var last = writes(key, nostr, Network.ACTIVITYPUB, "link alice");
        hears(nostr, inTurn ? first : last);
        hears(nostr, inTurn ? last : first);
        hears(nostr, unlink);
        assertThat(linked(key)).containsExactly(alice);
    }

    @Test
    void whomTheOperatorRemovesIsLinkedWithNobodyWhateverTheySaidWhileThatWaited() {
        Instant removed = clock.instant();
        hears(nostr, writes(key, nostr, Network.ACTIVITYPUB, "link alice"));
        assertThat(linked(key)).containsExactly(alice);
        bridge.decided(new Sanction(true, "spam", removed).about(key));
        bridge.settle();
        assertThat(linked(key)).isEmpty();
    }
}
