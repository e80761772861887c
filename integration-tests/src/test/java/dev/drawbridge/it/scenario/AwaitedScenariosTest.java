package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nora of Nostr wants to follow alice of the Fediverse, who is not here yet (ADR 58).
class AwaitedScenariosTest extends Scenario {
    @BeforeEach
    void noraIsShownInTheFediverse() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
    }

    private String tell(NativeId person, String text) {
        clock.advance(Duration.ofSeconds(1));
        nostr.says(person, bot(Network.NOSTR, Network.ACTIVITYPUB), text);
        bridge.settle();
        return lettersTo(person, nostr).getLast();
    }

    private List<String> lettersTo(NativeId person, FakeNetwork home) {
        return only(Activity.Publish.class, home.at(home.inbox(person))).stream()
                .map(Activity.Publish::post)
                .filter(post -> post.visibility() == Visibility.DIRECT)
                .map(post -> post.text().text())
                .filter(text -> home == fedi || text.startsWith("@" + person.value() + " "))
                .toList();
    }

    private void comes(NativeId person) {
        clock.advance(Duration.ofSeconds(1));
        optIn(person, fedi, Network.NOSTR);
    }

    private List<NativeId> wishes(NativeId person) {
        return ports.follows().followedBy(person).stream()
                .filter(followed -> followed.value().startsWith("awaited:"))
                .toList();
    }

    private NativeId carried(String name) {
        NativeId person = nostr.person(name);
        ports.consents().put(new Consent(person, Network.ACTIVITYPUB, Consent.State.GIVEN, "test", clock.instant()));
        return person;
    }

    @Test
    void whoIsAwaitedIsAnnouncedOnceWhenTheyCome() {
        assertThat(tell(nora, "follow alice")).contains("alice is not carried here", "write to you when they come");
        assertThat(tell(nora, "status")).contains("People you wait for: 1");
        comes(alice);
        assertThat(lettersTo(nora, nostr).getLast())
                .contains("@alice is here now, as @ghost of activitypub|alice")
                .contains("Follow that account");
        assertThat(wishes(nora)).isEmpty();
        int told = lettersTo(nora, nostr).size();
        fedi.happens(post(alice, "hello", Optional.empty()));
        bridge.after(Duration.ofDays(1));
        assertThat(lettersTo(nora, nostr)).hasSize(told);
        assertThat(tell(nora, "follow alice")).contains("alice is here as @ghost of activitypub|alice");
        assertThat(wishes(nora)).isEmpty();
    }

    @Test
    void nothingOfWhoIsAwaitedIsStored() {
        NativeId secret = fedi.person("zephyrine");
        tell(nora, "follow zephyrine");
        assertThat(wishes(nora)).hasSize(1);
        assertThat(ports.follows().followedBy(nora).toString()).doesNotContain("zephyrine");
        assertThat(ports.follows().find(nora, wishes(nora).getFirst()))
                .get()
                .extracting(Follows.Edge::follow, Follows.Edge::reach)
                .noneMatch(kept -> kept.toString().contains("zephyrine"));
        assertThat(ports.consents().of(secret)).isEmpty();
        assertThat(ports.consents().audit(secret)).isEmpty();
        assertThat(ports.identities().of(secret)).isEmpty();
        assertThat(ports.crossings().newest(100).toString()).doesNotContain("zephyrine");
        assertThat(ports.preferences().of(nora).toString()).doesNotContain("zephyrine");
    }

    @Test
    void nobodyIsWrittenToWhoNeverAsked() {
        tell(nora, "follow alice");
        NativeId nils = nostr.person("nils");
        optIn(nils, nostr, Network.ACTIVITYPUB);
        tell(nils, "follow alice");
        bridge.after(Duration.ofDays(1));
        assertThat(lettersTo(alice, fedi)).isEmpty();
        assertThat(fedi.at(fedi.inbox(alice))).isEmpty();
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "start");
        bridge.settle();
        assertThat(lettersTo(nora, nostr).getLast()).contains("is here now");
        assertThat(lettersTo(nils, nostr).getLast()).contains("is here now");
    }

    @Test
    void whoWaitsSinceTheLettersWereWrittenIsToldToo() {
        NativeId mia = carried("mia");
        NativeId zoe = carried("zoe");
        tell(mia, "follow alice");
        NativeId wish = wishes(mia).getFirst();
        tell(mia, "unfollow alice");
        comes(alice);
        ports.follows().put(new Follows.Edge(mia, wish, id(mia, "wish"), Optional.empty(), true));
        bridge.decided(new NativeEvent(
                id(alice, "arrival"),
                alice,
                NativeEvent.Kind.COMMAND,
                Set.of(),
                "arrival nostr TELL",
                clock.instant()));
        bridge.bridgeOne();
        ports.follows().put(new Follows.Edge(zoe, wish, id(zoe, "wish"), Optional.empty(), true));
        bridge.settle();
        assertThat(lettersTo(mia, nostr).stream().filter(l -> l.contains("is here now")))
                .hasSize(1);
        assertThat(lettersTo(zoe, nostr)).singleElement().asString().contains("is here now");
        assertThat(List.of(mia, zoe))
                .allSatisfy(follower -> assertThat(wishes(follower)).isEmpty());
    }

    @Test
    void whoIsAwaitedIsNobodyWhomTheyFollow() throws IOException {
        tell(nora, "follow alice");
        var mine = new MyAccount(
                ports,
                new Connectors(List.of(fedi, nostr, sky)),
                new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors()),
                bridge::decided,
                clock,
                new Random(1));
        var out = new ByteArrayOutputStream();
        mine.archive(nora, Optional.empty(), out);
        try (var zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(new String(zip.readAllBytes(), StandardCharsets.UTF_8))
                        .as(entry.getName())
                        .doesNotContain("awaited:");
            }
        }
        assertThat(wishes(nora)).hasSize(1);
    }

    @Test
    void whoDoesNotWaitAnyMoreIsNotTold() {
        tell(nora, "follow alice");
        assertThat(tell(nora, "unfollow alice")).contains("do not wait for alice");
        NativeId nils = carried("nils");
        tell(nils, "follow alice");
        assertThat(tell(nils, "delete")).contains("no longer carried");
        assertThat(wishes(nora)).isEmpty();
        assertThat(wishes(nils)).isEmpty();
        int before = lettersTo(nora, nostr).size() + lettersTo(nils, nostr).size();
        comes(alice);
        assertThat(lettersTo(nora, nostr).size() + lettersTo(nils, nostr).size())
                .isEqualTo(before);
    }

    @Test
    void allWishesAreTakenBackAtOnce() {
        tell(nora, "follow alice");
        tell(nora, "follow dora");
        assertThat(wishes(nora)).hasSize(2);
        assertThat(tell(nora, "oublier tous")).contains("n’attendez plus personne");
        assertThat(wishes(nora)).isEmpty();
        assertThat(ports.follows().followedBy(nora))
                .as("whom she follows she follows still")
                .isNotEmpty();
    }

    @Test
    void whoShunsTheOtherIsNotTold() {
        tell(nora, "follow alice");
        tell(nora, "mute alice");
        int before = lettersTo(nora, nostr).size();
        comes(alice);
        assertThat(lettersTo(nora, nostr)).hasSize(before);
        assertThat(wishes(nora)).isEmpty();
    }

    @Test
    void whoWaitsAgainIsToldAgain() {
        tell(nora, "follow alice");
        comes(alice);
        clock.advance(Duration.ofSeconds(1));
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "stop");
        bridge.settle();
        assertThat(tell(nora, "follow alice")).contains("not carried here");
        comes(alice);
        assertThat(lettersTo(nora, nostr).stream().filter(l -> l.contains("is here now")))
                .hasSize(2);
    }

    @Test
    void howeverManyWaitEachIsToldOnceAlsoAfterACrash() {
        List<NativeId> waiting =
                IntStream.range(0, 1_100).mapToObj(i -> carried("n" + i)).toList();
        waiting.forEach(follower -> nostr.says(follower, bot(Network.NOSTR, Network.ACTIVITYPUB), "follow alice"));
        bridge.settle();
        clock.advance(Duration.ofSeconds(1));
        fedi.happens(new Activity.Follow(
                id(alice, "follow"), alice, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR)));
        for (int i = 0; i < 6; i++) {
            bridge.redeliver();
            bridge.bridgeOne();
        }
        bridge.settle();
        List<String> told = only(Activity.Publish.class, nostr.all()).stream()
                .map(publish -> publish.post().text().text())
                .filter(text -> text.contains("is here now"))
                .toList();
        assertThat(told).hasSize(1_100).doesNotHaveDuplicates();
        assertThat(waiting).allSatisfy(follower -> assertThat(wishes(follower)).isEmpty());
    }

    @Test
    void whoIsCarriedNowhereWaitsForNobody() {
        NativeId nils = nostr.person("nils");
        assertThat(tell(nils, "follow alice")).contains("nowhere");
        assertThat(wishes(nils)).isEmpty();
        assertThat(lettersTo(alice, fedi)).isEmpty();
    }

    @Test
    void aNameAloneMeansTheSameAndNobodyIsNobody() {
        fedi.profile(Profile.bare(alice, "@alice@fedi.example"));
        assertThat(tell(nora, "@alice@fedi.example")).contains("keep in mind");
        assertThat(tell(nora, "suivre @alice@fedi.example")).contains("Je retiens");
        assertThat(tell(nora, "@nobody@fedi.example")).contains("nobody of another network");
        assertThat(wishes(nora)).hasSize(1);
    }
}
