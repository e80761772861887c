package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.LiveRules;
import dev.drawbridge.engine.Mirror;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Pace;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.consent.Limits;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.testkit.fake.FakeBridge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How much is let through, and what becomes of the rest.
class LimitScenariosTest extends Scenario {
    private static final String LONG = "Buy followers now, cheap and quick, only today and only here: ";
    private final Mirrors mirrors = new Mirrors();

    private void limits(int postsPerHour, int repeats, int newcomers) {
        var gates = new Gates(Duration.ZERO, false, false, List.of(), new Limits(postsPerHour, repeats, newcomers));
        bridge = new FakeBridge(
                ports,
                clock,
                List.of(fedi, nostr, sky),
                (_, _) -> Optional.of(Duration.ofMinutes(1)),
                new Terms(
                        ConsentPolicy.optIn(),
                        gates,
                        mirrors,
                        new LiveRules(List.of(), clock),
                        new Pace(postsPerHour, clock)));
    }

    private List<Activity.Publish> flood(NativeId author, int posts) {
        List<Activity.Publish> flood = new ArrayList<>();
        for (int i = 1; i <= posts; i++) {
            flood.add(post(author, "number " + i, Optional.empty()));
            fedi.happens(flood.getLast());
        }
        bridge.settle();
        return flood;
    }

    private void deleted(Activity.Publish post) {
        NativeId author = post.author();
        fedi.happens(new Activity.Delete(
                id(author, "delete"), author, clock.instant(), post.post().id()));
        bridge.settle();
    }

    private List<String> letters() {
        return only(Activity.Publish.class, fedi.at(fedi.inbox(alice))).stream()
                .map(Activity.Publish::post)
                .filter(p -> p.visibility() == Visibility.DIRECT)
                .map(p -> p.text().text())
                .toList();
    }

    @Test
    void whoIsTooFastGoesOnLaterInOrderAndIsToldOnce() {
        limits(3, 0, 0);
        optIn(alice, fedi, Network.NOSTR);
        flood(alice, 6);
        assertThat(texts(nostr.all())).containsExactly("number 1", "number 2", "number 3");
        assertThat(ports.crossings().newest(10))
                .filteredOn(c -> c.state() == Crossings.State.WAITING)
                .extracting(Crossings.Crossing::reason)
                .containsExactlyInAnyOrder(
                        "its author said more than 3 things in an hour",
                        "waits behind earlier deliveries",
                        "waits behind earlier deliveries");
        assertThat(letters()).singleElement().asString().contains("3 posts, reposts and reactions in an hour");
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "status");
        bridge.settle();
        assertThat(letters()).last().asString().contains("Nothing is lost");
        bridge.after(Duration.ofMinutes(20));
        assertThat(texts(nostr.all())).last().isEqualTo("number 4");
        bridge.after(Duration.ofMinutes(19));
        assertThat(texts(nostr.all())).last().isEqualTo("number 4");
        bridge.after(Duration.ofMinutes(1));
        bridge.after(Duration.ofMinutes(20));
        assertThat(texts(nostr.all()))
                .containsExactly("number 1", "number 2", "number 3", "number 4", "number 5", "number 6");
        assertThat(ports.crossings().newest(50)).noneMatch(c -> c.state() == Crossings.State.WAITING);
    }

    @Test
    void whatWaitsForItsTurnIsNotOvertakenByWhatIsNewer() {
        limits(3, 0, 0);
        optIn(alice, fedi, Network.NOSTR);
        flood(alice, 4);
        clock.advance(Duration.ofHours(3));
        fedi.happens(post(alice, "newer", Optional.empty()));
        bridge.settle();
        assertThat(texts(nostr.all())).containsExactly("number 1", "number 2", "number 3", "number 4", "newer");
    }

    @Test
    void whatIsTriedAgainIsNotCountedAgain() {
        limits(1, 0, 0);
        optIn(alice, fedi, Network.NOSTR);
        nostr.failing((_, activity) -> activity instanceof Activity.Publish
                ? Optional.of(new DeliveryOutcome.Retry(Optional.empty(), "busy"))
                : Optional.empty());
        flood(alice, 1);
        for (int i = 0; i < 3; i++) {
            bridge.after(Duration.ofHours(3));
        }
        nostr.working();
        bridge.after(Duration.ofMinutes(2));
        assertThat(texts(nostr.all())).containsExactly("number 1");
        fedi.happens(post(alice, "newer", Optional.empty()));
        bridge.settle();
        assertThat(texts(nostr.all())).containsExactly("number 1", "newer");
    }

    @Test
    void whatIsDeletedGoesPastWhatWaitsAndWhatWaitedNeverCrosses() {
        limits(2, 0, 0);
        optIn(alice, fedi, Network.NOSTR);
        List<Activity.Publish> posts = flood(alice, 4);
        deleted(posts.getFirst());
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        deleted(posts.get(2));
        for (int i = 0; i < 6; i++) {
            bridge.after(Duration.ofMinutes(30));
        }
        assertThat(texts(nostr.all())).containsExactly("number 1", "number 2", "number 4");
    }

    @Test
    void whoStopsWhileSomethingWaitsIsGoneAtOnce() {
        limits(1, 0, 0);
        optIn(alice, fedi, Network.NOSTR);
        flood(alice, 3);
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "stop");
        bridge.settle();
        assertThat(only(Activity.DeleteAccount.class, nostr.all())).hasSize(1);
        for (int i = 0; i < 4; i++) {
            bridge.after(Duration.ofHours(1));
        }
        assertThat(texts(nostr.all())).containsExactly("number 1");
    }

    @Test
    void oneWhoIsTooFastHoldsNobodyElseUp() {
        limits(1, 0, 0);
        optIn(alice, fedi, Network.NOSTR);
        optIn(dora, fedi, Network.NOSTR);
        flood(alice, 3);
        fedi.happens(post(dora, "hello", Optional.empty()));
        bridge.settle();
        assertThat(texts(nostr.all())).containsExactlyInAnyOrder("number 1", "hello");
    }

    @Test
    void whatIsMoreThanADayAheadIsRefusedWithAReason() {
        limits(1, 0, 0);
        optIn(alice, fedi, Network.NOSTR);
        flood(alice, 30);
        assertThat(ports.crossings().newest(50))
                .filteredOn(c -> c.state() == Crossings.State.SKIPPED)
                .hasSize(5)
                .allSatisfy(c -> assertThat(c.reason()).contains("more than a day ahead"));
        assertThat(letters()).hasSize(2).last().asString().contains("more than a day ahead");
    }

    @Test
    void theSameAgainAndAgainIsRefusedWithAReason() {
        limits(0, 2, 0);
        optIn(alice, fedi, Network.NOSTR);
        for (int i = 0; i < 5; i++) {
            fedi.happens(post(alice, LONG + "!".repeat(i), Optional.empty()));
        }
        bridge.settle();
        assertThat(texts(nostr.all())).hasSize(2);
        assertThat(ports.crossings().newest(50))
                .filteredOn(c -> c.state() == Crossings.State.SKIPPED)
                .hasSize(3)
                .allSatisfy(c -> assertThat(c.reason()).contains("the same too often"));
        assertThat(letters()).singleElement().asString().contains("the same too often");
    }

    @Test
    void newcomersOfOneDomainAreAskedToComeAgainAndTheirsWhoAreHereStay() {
        limits(0, 0, 2);
        for (String name : List.of("a", "b", "alice", "d")) {
            NativeId person = fedi.person(name);
            fedi.profile(Profile.bare(person, "@" + name + "@" + name + ".spam.co.uk"));
            optIn(person, fedi, Network.NOSTR);
        }
        assertThat(wants(fedi.person("a"), Network.NOSTR)).isTrue();
        assertThat(wants(fedi.person("b"), Network.NOSTR)).isTrue();
        assertThat(wants(alice, Network.NOSTR)).isFalse();
        assertThat(letters()).singleElement().asString().contains("ask again tomorrow");
        optIn(fedi.person("a"), fedi, Network.ATPROTO);
        assertThat(wants(fedi.person("a"), Network.ATPROTO)).isTrue();
        optIn(dora, fedi, Network.NOSTR);
        assertThat(wants(dora, Network.NOSTR)).isTrue();
        clock.advance(Duration.ofHours(25));
        optIn(alice, fedi, Network.NOSTR);
        assertThat(wants(alice, Network.NOSTR)).isTrue();
    }

    @Test
    void twoInstancesOnOneStoreCountNewcomersTogetherAndSoDoesOneThatStartsAgain() {
        for (String name : List.of("a", "b", "c", "d")) {
            NativeId person = fedi.person(name);
            fedi.profile(Profile.bare(person, "@" + name + "@" + name + ".spam.co.uk"));
            // Whoever listened before is not asked any more: this one is another.
            limits(0, 0, 3);
            optIn(person, fedi, Network.NOSTR);
        }
        assertThat(wants(fedi.person("c"), Network.NOSTR)).isTrue();
        assertThat(wants(fedi.person("d"), Network.NOSTR)).isFalse();
    }

    @Test
    void mirrorsAreLetThrough() {
        limits(1, 1, 1);
        bridge.mirror(
                mirrors,
                List.of(new Mirror(
                        alice, Set.of(Network.NOSTR), Mirror.Mode.BROADCAST, "letter 12", clock.instant(), 0)),
                ports);
        bridge.settle();
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            fedi.happens(post(alice, LONG, Optional.empty()));
        }
        bridge.settle();
        assertThat(texts(nostr.all())).hasSize(3);
    }
}
