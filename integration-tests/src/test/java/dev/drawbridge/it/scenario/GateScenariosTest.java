package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.LiveRules;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.testkit.fake.FakeBridge;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the operator asks of those who want to be carried.
class GateScenariosTest extends Scenario {
    private static final Gates ASKING = new Gates(Duration.ofDays(7), true, true, List.of());

    private void gates(Gates gates) {
        bridge = new FakeBridge(
                ports,
                clock,
                List.of(fedi, nostr, sky),
                (_, _) -> Optional.of(Duration.ofMinutes(1)),
                new Terms(ConsentPolicy.optIn(), gates, new Mirrors()));
    }

    private Profile.Builder complete() {
        return Profile.builder(alice, "@alice@social.example")
                .avatar(Optional.of(URI.create("https://social.example/alice.png")))
                .bio(RichText.plain("I write"))
                .since(Optional.of(clock.instant().minus(Duration.ofDays(8))));
    }

    @Test
    void everyGateIsToldInASentenceAndWhoPassesAllIsCarried() {
        refused(complete().since(Optional.of(clock.instant().minus(Duration.ofDays(6)))), "too young");
        refused(complete().avatar(Optional.empty()), "no picture");
        refused(complete().bio(RichText.plain(" ")), "says nothing about you");
        fedi.profile(complete().build());
        gates(ASKING);
        optIn(alice, fedi, Network.NOSTR);
        assertThat(wants(alice, Network.NOSTR)).isTrue();
    }

    @Test
    void whatIsNotKnownSpeaksAgainstNobody() {
        gates(new Gates(Duration.ofDays(7), false, false, List.of()));
        optIn(alice, fedi, Network.NOSTR);
        assertThat(wants(alice, Network.NOSTR)).isTrue();
    }

    private void refused(Profile.Builder profile, String why) {
        fedi.profile(profile.build());
        gates(ASKING);
        clock.advance(Duration.ofSeconds(1));
        optIn(alice, fedi, Network.NOSTR);
        assertThat(wants(alice, Network.NOSTR)).isFalse();
        assertThat(letters()).last().asString().contains(why);
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "status");
        bridge.settle();
        assertThat(letters()).last().asString().contains("Nostr: not shown; ").contains(why);
        assertThat(only(Activity.FollowAnswer.class, fedi.at(fedi.inbox(alice))))
                .allSatisfy(answer -> assertThat(answer.accepted()).isFalse());
    }

    @Test
    void whomTheOperatorDeniesIsNotCarriedAnyMore() {
        fedi.profile(complete().build());
        optIn(alice, fedi, Network.NOSTR);
        for (String denied : List.of("social.example", "@Alice@social.example", "alice", "example")) {
            gates(new Gates(Duration.ZERO, false, false, List.of(denied)));
            fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "status");
            bridge.settle();
            assertThat(letters()).last().asString().contains("do not carry your account");
            fedi.happens(post(alice, "hello", Optional.empty()));
            bridge.settle();
        }
        assertThat(texts(nostr.all())).doesNotContain("hello");
        assertThat(ports.crossings().newest(50))
                .filteredOn(c -> c.state() == Crossings.State.SKIPPED)
                .extracting(Crossings.Crossing::reason)
                .contains("those who run this bridge do not carry your account");
        gates(new Gates(Duration.ZERO, false, false, List.of("cial.example", "ali", "other.example")));
        fedi.happens(post(alice, "hello", Optional.empty()));
        bridge.settle();
        assertThat(texts(nostr.all())).contains("hello");
    }

    @Test
    void aDenialComesBeforeAnythingElseAndLeavingIsStillPossible() {
        fedi.profile(complete().build());
        optIn(alice, fedi, Network.NOSTR);
        fedi.happens(post(alice, "hello", Optional.empty()));
        bridge.settle();
        gates(new Gates(Duration.ZERO, false, false, List.of("social.example")));
        clock.advance(Duration.ofSeconds(1));
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "stop");
        bridge.settle();
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "start");
        bridge.settle();
        assertThat(wants(alice, Network.NOSTR)).isFalse();
    }

    @Test
    void aDomainIsReadOutOfIdsAndHandles() {
        var rules = new LiveRules(List.of("Spam.example", "did:plc:bad"), clock);
        NativeId spammer = new NativeId(Network.ACTIVITYPUB, "https://a.spam.example/users/x");
        assertThat(rules.on(spammer, Optional.empty())).isPresent();
        assertThat(rules.on(new NativeId(Network.ATPROTO, "did:plc:bad"), Optional.empty()))
                .isPresent();
        NativeId did = new NativeId(Network.ATPROTO, "did:plc:good");
        assertThat(rules.on(did, Optional.empty())).isEmpty();
        assertThat(rules.on(did, Optional.of(Profile.bare(did, "x.spam.example"))))
                .isPresent();
        assertThat(rules.on(did, Optional.of(Profile.bare(did, "notspam.example"))))
                .isEmpty();
    }

    private List<String> letters() {
        return only(Activity.Publish.class, fedi.at(fedi.inbox(alice))).stream()
                .map(Activity.Publish::post)
                .filter(p -> p.visibility() == Visibility.DIRECT)
                .map(p -> p.text().text())
                .toList();
    }
}
