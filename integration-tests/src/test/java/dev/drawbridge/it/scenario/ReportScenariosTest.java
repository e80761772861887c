package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.spi.Receipt;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody complains about a person the bridge shows: those who look after the person's network hear of it, and not
/// from whom.
class ReportScenariosTest extends Scenario {
    private NativeId noras = new NativeId(Network.NOSTR, "none yet");
    private NativeId copy = noras;

    @BeforeEach
    void noraSaysSomething() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        var post = post(nora, "buy my pills", Optional.empty());
        nostr.happens(post);
        bridge.settle();
        noras = post.post().id();
        copy = ports.ledger()
                .copy(noras, Network.ACTIVITYPUB)
                .orElseThrow()
                .ref()
                .id();
    }

    private Receipt complains(NativeId who, NativeId about, Optional<NativeId> object) {
        var report = new Activity.Report(id(who, "flag"), who, clock.instant(), about, object, "spam");
        Receipt receipt = fedi.happens(report);
        bridge.settle();
        return receipt;
    }

    private List<Activity.Report> handedOn() {
        return only(Activity.Report.class, nostr.all());
    }

    @Test
    void aBotOfTheBridgeHandsItOnAndNamesNobody() {
        complains(dora, ghost(nora, Network.ACTIVITYPUB), Optional.of(copy));
        assertThat(handedOn()).singleElement().satisfies(r -> {
            assertThat(r.author()).isEqualTo(bot(Network.NOSTR, Network.ACTIVITYPUB));
            assertThat(r.target()).isEqualTo(nora);
            assertThat(r.about()).contains(noras);
            assertThat(r.reason()).isEqualTo("spam");
            assertThat(r.toString()).doesNotContain("dora");
        });
    }

    @Test
    void itIsWrittenDownWithoutANameToo() {
        complains(dora, ghost(nora, Network.ACTIVITYPUB), Optional.of(copy));
        assertThat(ports.crossings().newest(100))
                .filteredOn(c -> c.activity().equals("Report"))
                .singleElement()
                .satisfies(c -> assertThat(c.state()).isEqualTo(Crossings.State.CROSSED))
                .satisfies(c -> assertThat(c.toString()).doesNotContain("dora", "spam"));
        assertThat(ports.consents().of(dora)).isEmpty();
        assertThat(ports.identities().of(dora)).isEmpty();
    }

    @Test
    void theOperatorFindsItOnceHoweverManyComplainAndNobodyWhoDid() {
        complains(dora, ghost(nora, Network.ACTIVITYPUB), Optional.of(copy));
        complains(alice, ghost(nora, Network.ACTIVITYPUB), Optional.of(copy));
        assertThat(ports.complaints().newest(true, 9)).singleElement().satisfies(complaint -> {
            assertThat(complaint.person()).isEqualTo(nora);
            assertThat(complaint.about()).contains(noras);
            assertThat(complaint.from()).isEqualTo(Network.ACTIVITYPUB);
            assertThat(complaint.reason()).isEqualTo("spam");
            assertThat(complaint.toString()).doesNotContain("dora", "alice");
        });
    }

    @Test
    void aPostAloneIsEnough() {
        complains(dora, copy, Optional.of(copy));
        assertThat(handedOn())
                .singleElement()
                .satisfies(r -> assertThat(r.target()).isEqualTo(nora));
    }

    @Test
    void aPostOfSomebodyElseIsNotHeldAgainstThem() {
        NativeId nils = nostr.person("nils");
        optIn(nils, nostr, Network.ACTIVITYPUB);
        complains(dora, ghost(nils, Network.ACTIVITYPUB), Optional.of(copy));
        assertThat(handedOn()).singleElement().satisfies(r -> {
            assertThat(r.target()).isEqualTo(nils);
            assertThat(r.about()).isEmpty();
        });
    }

    @Test
    void aHundredComplaintsAboutOneThingAreHandedOnOnce() {
        for (int i = 0; i < 100; i++) {
            complains(fedi.person("angry " + i), ghost(nora, Network.ACTIVITYPUB), Optional.of(copy));
        }
        assertThat(handedOn()).hasSize(1);
        complains(dora, ghost(nora, Network.ACTIVITYPUB), Optional.empty());
        assertThat(handedOn()).as("about the person is something else").hasSize(2);
    }

    @Test
    void aComplaintAboutANativeOrABotIsNotHandedOn() {
        optIn(alice, fedi, Network.NOSTR);
        complains(alice, dora, Optional.empty());
        complains(dora, bot(Network.ACTIVITYPUB, Network.NOSTR), Optional.empty());
        assertThat(handedOn()).isEmpty();
        assertThat(only(Activity.Report.class, sky.all())).isEmpty();
        assertThat(complains(dora, alice, Optional.empty())).isInstanceOf(Receipt.Ignored.class);
    }

    @Test
    void itWaitsWhereTheOtherSideDoesNotAnswer() {
        nostr.failing((_, activity) -> activity instanceof Activity.Report
                ? Optional.of(new dev.drawbridge.model.spi.DeliveryOutcome.Retry(Optional.empty(), "down"))
                : Optional.empty());
        complains(dora, ghost(nora, Network.ACTIVITYPUB), Optional.of(copy));
        assertThat(handedOn()).isEmpty();
        nostr.working();
        bridge.after(java.time.Duration.ofHours(1));
        assertThat(handedOn()).hasSize(1);
    }

    @Test
    void whoLeftCanStillBeComplainedAbout() {
        nostr.happens(
                new Activity.Block(id(nora, "block"), nora, clock.instant(), bot(Network.NOSTR, Network.ACTIVITYPUB)));
        NativeId ghost = ghost(nora, Network.ACTIVITYPUB);
        bridge.settle();
        complains(dora, ghost, Optional.of(copy));
        assertThat(handedOn())
                .singleElement()
                .satisfies(r -> assertThat(r.target()).isEqualTo(nora));
    }

    private List<NativeId> copies(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> {
                    var said = post(nora, "pills " + i, Optional.empty());
                    nostr.happens(said);
                    bridge.settle();
                    return ports.ledger()
                            .copy(said.post().id(), Network.ACTIVITYPUB)
                            .orElseThrow()
                            .ref()
                            .id();
                })
                .toList();
    }

    private void complainFrom(String server, List<NativeId> posts) {
        for (int i = 0; i < posts.size(); i++) {
            complains(fedi.person("user " + i + "@" + server), posts.get(i), Optional.of(posts.get(i)));
        }
    }

    @Test
    void aServerCannotMakeOurBotFlood() {
        List<NativeId> posts = copies(40);
        complainFrom("angry.example", posts);
        assertThat(handedOn()).hasSize(30);
        assertThat(ports.crossings().newest(1_000))
                .filteredOn(c -> c.activity().equals("Report"))
                .filteredOn(c -> c.state() == Crossings.State.SKIPPED)
                .as("the rest is written down for operators")
                .hasSize(10)
                .allSatisfy(c -> assertThat(c.toString()).doesNotContain("angry", "spam"));
        complainFrom("calm.example", posts.subList(38, 40));
        assertThat(handedOn()).as("others can still complain").hasSize(32);
    }

    @Test
    void manyServersTogetherCannotEither() {
        List<NativeId> posts = copies(330);
        for (int server = 0; server < 11; server++) {
            complainFrom("s" + server + ".example", posts.subList(server * 30, server * 30 + 30));
        }
        assertThat(handedOn()).hasSize(300);
        assertThat(ports.cursors().get("reports activitypub").orElseThrow()).hasSizeLessThan(20_000);
    }

    @Test
    void theNextDayIsAnotherDayAndARestartIsNone() {
        List<NativeId> posts = copies(40);
        complainFrom("angry.example", posts.subList(0, 35));
        bridge = new dev.drawbridge.testkit.fake.FakeBridge(ports, clock, List.of(fedi, nostr, sky));
        complainFrom("angry.example", posts.subList(30, 33));
        assertThat(handedOn()).hasSize(30);
        bridge.after(java.time.Duration.ofDays(1));
        complainFrom("angry.example", posts.subList(30, 40));
        assertThat(handedOn()).hasSize(40);
    }

    @Test
    void whatIsBridgedTwiceCountsOnce() {
        List<NativeId> posts = copies(31);
        complainFrom("angry.example", posts.subList(0, 29));
        var report = new Activity.Report(
                id(dora, "flag"),
                fedi.person("x@angry.example"),
                clock.instant(),
                posts.get(29),
                Optional.of(posts.get(29)),
                "spam");
        fedi.happens(report);
        bridge.redeliver();
        bridge.settle();
        assertThat(handedOn()).hasSize(30);
    }
}
