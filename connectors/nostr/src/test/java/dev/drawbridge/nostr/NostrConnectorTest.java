package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Capabilities;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Ncryptsec;
import dev.drawbridge.nostr.event.ProfileContent;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The people a connector shows and looks up, and how it starts and stops.
class NostrConnectorTest extends ConnectorScene {
    @Test
    void saysWhatNostrCanDo() {
        assertThat(connector.network()).isEqualTo(Network.NOSTR);
        assertThat(connector.capabilities().has(Trait.EDITS)).isFalse();
        assertThat(connector.capabilities().deletes()).isEqualTo(Capabilities.Deletes.ADVISORY);
        assertThat(connector.endpoints()).hasSize(6);
    }

    @Test
    void makesAGhostWithKeyNameProfileAndRelays() {
        Ghost ghost = alice();

        assertThat(ghost.handle()).isEqualTo("alice_at_social.example@nostr.bridge.example");
        assertThat(ghost.active()).isTrue();
        var key = new PublicKey(ghost.id().value());
        Event profile = store.events().at("0:" + key.hex() + ":").orElseThrow();
        assertThat(People.VERIFIER.problem(profile)).isEmpty();
        assertThat(profile.tag("proxy")).contains(Tag.of("proxy", ALICE.value(), "activitypub"));
        ProfileContent content = ProfileContent.read(profile.content()).orElseThrow();
        assertThat(content.nip05().orElseThrow().toString()).isEqualTo(ghost.handle());
        Event list = store.events().at("10002:" + key.hex() + ":").orElseThrow();
        assertThat(list.tags("r").map(Tag::value)).containsExactly("wss://nostr.bridge.example/");
        assertThat(list.tag("proxy")).isPresent();
        assertThat(relay.events).isEmpty();
    }

    @Test
    void handsTheKeyOfAGhostToItsOwnerEncrypted() {
        Ghost ghost = alice();
        String key = connector.key(ghost.id(), "a long password").orElseThrow();
        assertThat(Ncryptsec.decode(key)).isPresent();
        assertThat(connector.key(carol.id(), "a long password"))
                .as("who is no ghost of ours has their own")
                .isEmpty();
    }

    @Test
    void makesAGhostOnce() {
        Ghost first = alice();
        List<Event> events = stored(Filter.ANY);
        world.clock.advance(Duration.ofHours(1));

        assertThat(alice()).isEqualTo(first);
        assertThat(stored(Filter.ANY)).isEqualTo(events);
    }

    @Test
    void givesTwoPeopleTwoNames() {
        Ghost first = alice();
        Ghost second = ghost(new NativeId(Network.ACTIVITYPUB, "https://social.example/u/2"), "@Alice@social.example");

        assertThat(second.handle()).isNotEqualTo(first.handle()).matches("alice_at_social\\.example_[0-9a-f]{8}@.*");
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void writesEveryHandleAsANameThatNip05Allows() {
        assertThat(ghost(new NativeId(Network.ATPROTO, "did:plc:bob"), "bob.bsky.social")
                        .handle())
                .isEqualTo("bob.bsky.social@nostr.bridge.example");
        assertThat(ghost(new NativeId(Network.ACTIVITYPUB, "https://x/1"), "@Zoë~x@täst.example")
                        .handle())
                .isEqualTo("zo--x_at_t-st.example@nostr.bridge.example");
        assertThat(ghost(new NativeId(Network.ACTIVITYPUB, "https://x/2"), "atproto")
                        .handle())
                .startsWith("atproto_");
        assertThat(ghost(new NativeId(Network.ACTIVITYPUB, "https://x/3"), "@" + "a".repeat(300) + "@b.example")
                        .handle())
                .hasSizeLessThan(160);
    }

    @Test
    void botsAreCalledByTheNetworkTheyReach() {
        Ghost bot = ghost(Ghost.botOrigin(Network.ACTIVITYPUB), "activitypub");

        assertThat(bot.handle()).isEqualTo("activitypub@nostr.bridge.example");
        Event profile = store.events().at("0:" + bot.id().value() + ":").orElseThrow();
        assertThat(profile.proxied()).isFalse();
        assertThat(ProfileContent.read(profile.content()).orElseThrow().bot()).isTrue();
    }

    @Test
    void anOptedInPersonMayWriteToOurRelayAndIsHeard() {
        world.watchlist.people.add(carol.id());
        var peer = new FakePeer();
        var socket = (Endpoint.Socket) connector.endpoints().stream()
                .filter(e -> e instanceof Endpoint.Socket)
                .findFirst()
                .orElseThrow();
        var handshake = new HttpCall(
                "GET", URI.create("https://nostr.bridge.example/"), Map.of(), Map.of(), new byte[0], "127.0.0.1");
        Event note = carol.note(now, "hi");
        socket.handler().open(handshake, peer).text(new ClientMessage.Publish(note).json());

        assertThat(peer.heard()).containsExactly(new RelayMessage.Ok(note.id().hex(), true, "").json());
        assertThat(world.sink.taken()).extracting(e -> e.body().text()).containsExactly(note.json());
    }

    @Test
    void routesToOurRelayAndToWhoIsNamed() {
        var inbox = new Destination(Network.NOSTR, "inbox " + carol.key.hex());
        var relay = new Destination(Network.NOSTR, "wss://inbox.example/");
        var elsewhere = new Destination(Network.ACTIVITYPUB, "https://x/inbox");

        var herPlace = new Destination(Network.NOSTR, "own " + ALICE.key());
        assertThat(connector.route(ALICE, Set.of(inbox, relay, elsewhere, OWN)))
                .containsExactlyInAnyOrder(herPlace, inbox);
        assertThat(connector.route(ALICE, Set.of())).containsExactly(herPlace);
    }

    @Test
    void locatesEverybodyHereAndThoseWhoOptedInWhereTheyRead() {
        assertThat(connector.locate(carol.id())).contains(OWN);
        assertThat(connector.locate(new NativeId(Network.NOSTR, "nonsense"))).isEmpty();
        Destination inbox = carolReads("wss://inbox.example");

        assertThat(connector.locate(carol.id())).contains(inbox);
        assertThat(connector.locateFollower(carol.id())).contains(OWN);
        assertThat(connector.locateFollower(new NativeId(Network.NOSTR, "nonsense")))
                .isEmpty();
    }

    @Test
    void fetchesEventsFromHereAndFromRelays() {
        Event here = carol.note(now, "here");
        Event there = carol.note(now, "there");
        Event forged = carol.note(now, "forged").unsigned().signed(new byte[64]);
        store.events().save(here);
        relay.events.put(there.id().hex(), there);
        relay.events.put(forged.id().hex(), forged);

        assertThat(connector
                        .fetch(new NativeId(Network.NOSTR, here.id().hex()))
                        .map(e -> e.body().text()))
                .contains(here.json());
        assertThat(connector
                        .fetch(new NativeId(Network.NOSTR, there.id().hex()))
                        .map(NativeEvent::author))
                .contains(carol.id());
        assertThat(connector.fetch(new NativeId(Network.NOSTR, forged.id().hex())))
                .isEmpty();
        assertThat(connector.fetch(new NativeId(Network.NOSTR, "no id"))).isEmpty();
    }

    @Test
    void showsAProfileWithANameOnlyIfItsServerConfirmsIt() {
        Event claim = carol.event(0, now, "{\"name\":\"carol\",\"nip05\":\"carol@site.example\"}");
        relay.events.put(claim.id().hex(), claim);
        String page = "https://site.example/.well-known/nostr.json?name=carol";

        assertThat(handle()).isEqualTo(carol.key.npub());
        world.pages.put(
                page, "{\"names\":{\"carol\":\"" + people.person("eve").key.hex() + "\"}}");
        assertThat(handle()).isEqualTo(carol.key.npub());
        world.pages.put(page, "not json");
        assertThat(handle()).isEqualTo(carol.key.npub());
        world.pages.put(page, "{\"names\":{\"carol\":\"" + carol.key.hex() + "\"}}");
        assertThat(handle()).isEqualTo("carol@site.example");
    }

    @Test
    void aRefusalCountsWhereverItStandsInAProfile() {
        for (String content : List.of(
                "{\"name\":\"carol #nobridge\"}",
                "{\"name\":\"carol #nobridge\",\"display_name\":\"Carol\"}",
                "{\"name\":\"carol\",\"display_name\":\"Carol #NoBridge\"}",
                "{\"name\":\"carol\",\"about\":\"#nobridge\"}")) {
            Event said = carol.event(0, now, content);
            relay.events.clear();
            relay.events.put(said.id().hex(), said);
            assertThat(connector.profile(carol.id()).orElseThrow().refusesBridging())
                    .as(content)
                    .isTrue();
        }
    }

    private String handle() {
        return connector.profile(carol.id()).orElseThrow().handle();
    }

    @Test
    void everyKeyIsAPerson() {
        assertThat(connector.profile(carol.id())).contains(Profile.bare(carol.id(), carol.key.npub()));
        assertThat(connector.profile(new NativeId(Network.NOSTR, "nobody"))).isEmpty();
    }

    /// What a client hears of our relay.
    private List<String> tellOurRelay(ClientMessage message) {
        var socket = (Endpoint.Socket) connector.endpoints().stream()
                .filter(e -> e instanceof Endpoint.Socket)
                .findFirst()
                .orElseThrow();
        var peer = new FakePeer();
        var handshake = new HttpCall(
                "GET", URI.create("https://nostr.bridge.example/"), Map.of(), Map.of(), new byte[0], "127.0.0.1");
        socket.handler().open(handshake, peer).text(message.json());
        return peer.heard();
    }

    @Test
    void whoLeavesTheBridgeLeavesItsRelaySoon() {
        alice();
        long ofTheHouse = stored(Filter.ANY).size();
        Event note = carol.note(now, "hello");
        world.watchlist.watch(carol.id());
        assertThat(tellOurRelay(new ClientMessage.Publish(note)))
                .containsExactly(new RelayMessage.Ok(note.id().hex(), true, "").json());

        world.watchlist.people.remove(carol.id());
        world.watchlist.changed();
        assertThat(store.events().find(note.id())).contains(note);
        world.timer.run(Duration.ofSeconds(10));

        assertThat(store.events().find(note.id())).isEmpty();
        assertThat(stored(Filter.ANY)).hasSize((int) ofTheHouse);
    }

    @Test
    void stopsForGood() {
        connector.stop();
        connector.stop();
        world.timer.run(Duration.ofHours(1));

        assertThat(world.sockets.connected(RELAY)).isFalse();
        assertThat(world.sockets.attempts).isEqualTo(1);
    }
}
