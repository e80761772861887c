package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Lookup;
import dev.drawbridge.engine.Lookup.Answer;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.consent.Reason;
import dev.drawbridge.model.port.Links;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Everybody may ask who somebody is.
class LookupScenariosTest extends Scenario {
    private Lookup lookup;

    @BeforeEach
    void ask() {
        lookup = lookup(Gates.OPEN);
    }

    private Lookup lookup(Gates gates) {
        return new Lookup(
                ports,
                new Connectors(List.of(fedi, nostr, sky)),
                new Terms(ConsentPolicy.optIn(), gates, new Mirrors()),
                clock);
    }

    private Lookup.Person found(String name) {
        assertThat(lookup.about(name)).isInstanceOf(Answer.People.class);
        List<Lookup.Person> people = ((Answer.People) lookup.about(name)).people();
        assertThat(people).hasSize(1);
        return people.getFirst();
    }

    private Lookup.Place place(String name, Network network) {
        return found(name).places().stream()
                .filter(p -> p.network().equals(network))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoIsCarriedIsShownWithTheirAddresses() {
        optIn(alice, fedi, Network.NOSTR);
        Lookup.Place there = place("@alice", Network.NOSTR);
        assertThat(there.objection()).isEmpty();
        assertThat(there.id()).contains(ghost(alice, Network.NOSTR));
        assertThat(there.handle()).hasValueSatisfying(h -> assertThat(h).contains("alice"));
        assertThat(there.page()).hasValueSatisfying(p -> assertThat(p).hasHost("nostr.example"));
        assertThat(place("@alice", Network.ATPROTO).objection()).contains(Reason.NOT_ASKED);
    }

    @Test
    void whoHasAnAccountOfTheirOwnThereIsShownWithThat() {
        NativeId own = sky.person("alice.sky");
        ports.links().put(new Links.Link(alice, own, clock.instant(), clock.instant(), clock.instant()));
        Lookup.Place there = place("@alice", Network.ATPROTO);
        assertThat(there.objection()).contains(Reason.LINKED);
        assertThat(there.id()).contains(own);
        assertThat(there.handle()).contains("@alice.sky");
        assertThat(there.page()).hasValueSatisfying(p -> assertThat(p).hasHost("atproto.example"));
    }

    @Test
    void nobodyIsToldThatTheyAreNotCarriedToWhereNothingGoes() {
        FakeNetwork feeds = FakeNetwork.receiveOnly(new Network("feed"), clock);
        lookup = new Lookup(
                ports,
                new Connectors(List.of(fedi, nostr, sky, feeds)),
                new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors()),
                clock);
        assertThat(found("@alice").places())
                .extracting(Lookup.Place::network)
                .containsExactly(Network.ATPROTO, Network.NOSTR);
    }

    @Test
    void aStandInLeadsToItsOwner() {
        optIn(alice, fedi, Network.NOSTR);
        assertThat(found("@" + ghost(alice, Network.NOSTR).value()).id()).isEqualTo(alice);
    }

    @Test
    void aStandInOfSomebodyWhoseNetworkIsSwitchedOffIsNobody() {
        optIn(alice, fedi, Network.NOSTR);
        lookup = new Lookup(
                ports,
                new Connectors(List.of(nostr, sky)),
                new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors()),
                clock);
        assertThat(lookup.about("@" + ghost(alice, Network.NOSTR).value())).isEqualTo(new Answer.Nobody(List.of()));
    }

    @Test
    void whoLeftIsLikeAnybodyWhoNeverAskedAndTheirStandInIsNobody() {
        optIn(alice, fedi, Network.NOSTR);
        String standIn = "@" + ghost(alice, Network.NOSTR).value();
        fedi.happens(new Activity.Block(
                id(alice, "block"), alice, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR)));
        bridge.settle();
        assertThat(place("@alice", Network.NOSTR).objection()).contains(Reason.NOT_ASKED);
        assertThat(place("@alice", Network.NOSTR).handle()).isEmpty();
        assertThat(lookup.about(standIn)).isEqualTo(new Answer.Nobody(List.of()));
        assertThat(lookup.carried(alice)).isEmpty();
    }

    @Test
    void nothingIsStoredAboutWhoIsLookedUp() {
        var before = ports.consents().of(dora);
        found("@dora");
        assertThat(ports.consents().of(dora)).isEqualTo(before).isEmpty();
        assertThat(ports.identities().of(dora)).isEmpty();
        assertThat(ports.preferences().of(dora).language()).isEmpty();
        assertThat(lookup.carried(dora)).isEmpty();
    }

    @Test
    void theReasonIsTheOneThatHolds() {
        fedi.profile(Profile.builder(dora, "@dora").locked(true).build());
        assertThat(place("@dora", Network.NOSTR).objection()).contains(Reason.LOCKED);
        lookup = lookup(new Gates(Duration.ZERO, false, false, List.of("dora")));
        assertThat(place("@dora", Network.NOSTR).objection()).contains(Reason.DENIED_BY_OPERATOR);
        fedi.profile(Profile.builder(dora, "@dora").refusesBridging(true).build());
        lookup = lookup(Gates.OPEN);
        assertThat(place("@dora", Network.NOSTR).objection()).contains(Reason.PROFILE_REFUSES);
    }

    @Test
    void aNameThatSeveralPeopleHaveFindsAllOfThem() {
        nostr.profile(Profile.bare(nora, "@alice"));
        assertThat(((Answer.People) lookup.about("@alice")).people())
                .extracting(Lookup.Person::id)
                .containsExactlyInAnyOrder(alice, nora);
    }

    @Test
    void whatCannotBeFoundIsToldApart() {
        assertThat(lookup.about("what is this")).isEqualTo(new Answer.Unreadable());
        assertThat(lookup.about("@nobody")).isEqualTo(new Answer.Nobody(List.of()));
        assertThat(lookup.about("@silent"))
                .isEqualTo(new Answer.Nobody(List.of(Network.ACTIVITYPUB, Network.ATPROTO, Network.NOSTR)));
        assertThat(lookup.about("nsec1abc")).isEqualTo(new Answer.Secret());
    }

    @Test
    void aPrivateKeyInsideAnAddressIsOneToo() {
        String key = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
        assertThat(lookup.about("https://viewer.example/" + key + "?lang=en")).isEqualTo(new Answer.Secret());
        assertThat(lookup.about("@silent " + key)).as("nobody was asked").isEqualTo(new Answer.Secret());
    }

    @Test
    void aBotSaysWhereItIs() {
        Lookup.Person bot = found("@" + bot(Network.ACTIVITYPUB, Network.NOSTR).value());
        assertThat(bot.bot()).isTrue();
        assertThat(bot.id().value()).isEqualTo("nostr");
        assertThat(bot.places()).extracting(Lookup.Place::network).doesNotContain(Network.NOSTR);
    }

    @Test
    void aPostIsFoundByItsIdAndByItsCopiesWhileItsAuthorIsCarried() {
        optIn(alice, fedi, Network.NOSTR);
        Activity.Publish post = post(alice, "low tide", Optional.empty());
        fedi.happens(post);
        bridge.settle();
        NativeId copy = ports.ledger()
                .copy(post.post().id(), Network.NOSTR)
                .orElseThrow()
                .ref()
                .id();
        assertThat(lookup.post(post.post().id())).isPresent();
        assertThat(lookup.post(copy)).isEqualTo(lookup.post(post.post().id()));
        fedi.happens(new Activity.Block(
                id(alice, "block"), alice, clock.instant(), bot(Network.ACTIVITYPUB, Network.NOSTR)));
        bridge.settle();
        assertThat(lookup.post(post.post().id())).isEmpty();
    }
}
