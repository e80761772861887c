package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Somebody pastes a private key into what they say.
class SecretScenariosTest extends Scenario {
    private static final String KEY = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";

    private void everywhere(NativeId person, FakeNetwork home) {
        for (Network target : List.of(Network.ACTIVITYPUB, Network.NOSTR, Network.ATPROTO)) {
            if (!target.equals(person.network())) {
                optIn(person, home, target);
            }
        }
        clock.advance(Duration.ofSeconds(1));
    }

    private boolean isSomewhere(String text, FakeNetwork home) {
        return List.of(fedi, nostr, sky).stream()
                .filter(network -> network != home)
                .anyMatch(network -> network.all().toString().contains(text));
    }

    @Test
    void aPostWithAPrivateKeyIsNeitherStoredNorCarriedFromAnyNetworkAndItsAuthorIsTold() {
        NativeId carl = sky.person("carl");
        for (FakeNetwork home : List.of(fedi, nostr, sky)) {
            NativeId person = home == fedi ? alice : home == nostr ? nora : carl;
            everywhere(person, home);
            Activity.Publish post = post(person, "my key is " + KEY + ", keep it safe", Optional.empty());

            assertThat(home.happens(post)).isEqualTo(new Receipt.Ignored("it holds a private key"));
            bridge.settle();

            assertThat(ports.ledger().original(post.post().id())).isEmpty();
            assertThat(ports.crossings().newest(50).toString()).doesNotContain(KEY);
            assertThat(isSomewhere(KEY, home)).isFalse();
            if (home != sky) {
                assertThat(letters(person, home).getLast())
                        .contains("private key")
                        .doesNotContain(KEY);
            }
            home.happens(post(person, "back to normal", Optional.empty()));
            bridge.settle();
            assertThat(isSomewhere("back to normal", home)).isTrue();
        }
    }

    @Test
    void aPostWithOneIsNotReadAgainBecauseSomebodyAnswersIt() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(dora, fedi, Network.NOSTR);
        clock.advance(Duration.ofSeconds(1));
        Activity.Publish post = post(alice, "my key is " + KEY, Optional.empty());
        fedi.happens(post);
        bridge.settle();
        int before = letters(alice, fedi).size();
        fedi.happens(post(dora, "take it away", Optional.of(post.post().id())));
        bridge.settle();

        assertThat(ports.parking().due(clock.instant().plus(Duration.ofDays(99)), 9))
                .as("nothing waits for it")
                .isEmpty();
        assertThat(ports.ledger().original(post.post().id())).isEmpty();
        assertThat(isSomewhere(KEY, fedi)).isFalse();
        assertThat(letters(alice, fedi)).hasSize(before);
    }

    @Test
    void theyAreToldOnceADay() {
        optIn(alice, fedi, Network.NOSTR);
        int before = letters(alice, fedi).size();
        for (int time = 0; time < 3; time++) {
            fedi.happens(post(alice, KEY, Optional.empty()));
            bridge.settle();
        }
        assertThat(letters(alice, fedi)).hasSize(before + 1);
        clock.advance(Duration.ofDays(1));
        fedi.happens(post(alice, KEY, Optional.empty()));
        bridge.settle();
        assertThat(letters(alice, fedi)).hasSize(before + 2);
    }

    @Test
    void anEditThatPutsOneInChangesNothingAndOneThatTakesItOutDoes() {
        optIn(alice, fedi, Network.NOSTR);
        Activity.Publish post = post(alice, "hello", Optional.empty());
        fedi.happens(post);
        bridge.settle();
        edit(post.post(), KEY);
        assertThat(only(Activity.Edit.class, nostr.all())).isEmpty();
        assertThat(isSomewhere(KEY, fedi)).isFalse();
        edit(post.post(), "without");
        assertThat(only(Activity.Edit.class, nostr.all())).hasSize(1);
    }

    private void edit(Post before, String text) {
        clock.advance(Duration.ofMinutes(1));
        Post now = Post.builder(before.id(), before.author(), before.published())
                .text(RichText.plain(text))
                .build();
        fedi.happens(new Activity.Edit(id(alice, "edit"), clock.instant(), now));
        bridge.settle();
    }

    @Test
    void aProfileWithOneIsNotShownButItsRefusalIsHeard() {
        optIn(alice, fedi, Network.NOSTR);
        var bold = Profile.builder(alice, "@alice").bio(RichText.plain("me: " + KEY));
        fedi.happens(new Activity.ProfileUpdate(id(alice, "profile"), clock.instant(), bold.build()));
        bridge.settle();
        assertThat(isSomewhere(KEY, fedi)).isFalse();
        assertThat(wants(alice, Network.NOSTR)).isTrue();

        fedi.profile(bold.build());
        restart();
        clock.advance(Duration.ofHours(1));
        optIn(alice, fedi, Network.ATPROTO);
        assertThat(only(Activity.ProfileUpdate.class, sky.all())).isNotEmpty();
        assertThat(isSomewhere(KEY, fedi)).isFalse();

        clock.advance(Duration.ofMinutes(1));
        fedi.happens(new Activity.ProfileUpdate(
                id(alice, "profile"),
                clock.instant(),
                bold.refusesBridging(true).build()));
        bridge.settle();
        assertThat(wants(alice, Network.NOSTR)).isFalse();
    }

    @Test
    void whatTakesOneBackIsAlwaysHeard() {
        optIn(alice, fedi, Network.NOSTR);
        Activity.Publish post = post(alice, "hello", Optional.empty());
        fedi.happens(post);
        bridge.settle();
        var told = new Activity.Delete(
                new NativeId(Network.ACTIVITYPUB, KEY),
                alice,
                clock.instant(),
                post.post().id());
        assertThat(fedi.happens(told)).isInstanceOf(Receipt.Accepted.class);
        bridge.settle();
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
    }
}
