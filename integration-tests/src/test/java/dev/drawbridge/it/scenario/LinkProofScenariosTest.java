package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody shows that an account is theirs by a post of it (NIP-39), which their other account points to
/// (ADR 60).
class LinkProofScenariosTest extends Scenario {
    private static final String POST = "post 1";
    private final NativeId key = nostr.person("alice-key");

    @BeforeEach
    void oneNamesTheOtherAndPointsToAPost() {
        names(nostr, key, alice);
        names(fedi, alice);
        nostr.pointsTo(key, alice, POST);
        fedi.posts(alice, POST, "Hello! \n I am also \"alice-key\".");
    }

    private static void names(FakeNetwork home, NativeId account, NativeId... others) {
        home.profile(Profile.builder(account, "@" + account.value())
                .aliases(Arrays.stream(others).map(FakeNetwork::alias).toList())
                .build());
    }

    private String link() {
        clock.advance(Duration.ofSeconds(1));
        return tell(alice, fedi, Network.NOSTR, "link alice-key");
    }

    private List<NativeId> linked() {
        return ports.links().of(alice).stream().map(link -> link.other(alice)).toList();
    }

    private void lookAfter(Duration time) {
        clock.advance(time);
        bridge.links();
    }

    @Test
    void aPostThatSaysSoIsAsGoodAsAProfileFromWhicheverSideIsAsked() {
        assertThat(link()).contains("you are there yourself, as @alice-key");
        assertThat(linked()).containsExactly(key);
        tell(alice, fedi, Network.NOSTR, "unlink");
        clock.advance(Duration.ofSeconds(1));
        assertThat(tell(key, nostr, Network.ACTIVITYPUB, "link alice")).contains("@alice has to say link too");
        assertThat(link()).contains("you are there yourself");
    }

    @Test
    void aPostThatSaysSomethingElseOrIsSomebodyElsesShowsNothing() {
        for (String text : List.of(
                "I am also alice-keys", "I am also not alice-key", "alice-key", "who wrote I am also alice_key?", "")) {
            fedi.posts(alice, POST, text);
            assertThat(link()).as(text).contains("Your account here does not say that alice-key is yours");
        }
        fedi.posts(dora, POST, "I am also alice-key");
        assertThat(link()).contains("does not say");
        fedi.posts(alice, POST, "I am also alice-key");
        nostr.pointsTo(key, dora, POST);
        assertThat(link()).as("a post for another account").contains("does not say");
        assertThat(linked()).isEmpty();
    }

    @Test
    void aPostAloneShowsNothing() {
        names(nostr, key);
        assertThat(link()).contains("does not say");
        assertThat(linked()).isEmpty();
    }

    @Test
    void itHasToBeThereAtEveryLook() {
        link();
        lookAfter(Duration.ofHours(25));
        assertThat(linked()).containsExactly(key);
        fedi.deletes(POST);
        lookAfter(Duration.ofHours(25));
        assertThat(linked()).as("a server may have a bad hour").containsExactly(key);
        lookAfter(Duration.ofHours(7));
        assertThat(linked()).isEmpty();
        assertThat(letters(alice, fedi).getLast()).contains("do not both say any more");
    }

    @Test
    void whoeverDoesNotAnswerTakesNothingBack() {
        link();
        fedi.unreadable(POST);
        for (int day = 0; day < 9; day++) {
            lookAfter(Duration.ofDays(1));
        }
        assertThat(linked()).containsExactly(key);
        tell(alice, fedi, Network.NOSTR, "unlink");
        assertThat(link()).contains("does not answer now");
    }
}
