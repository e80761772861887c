package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What people of Nostr say about who they are elsewhere (NIP-39).
class IdentityLookupTest extends ConnectorScene {
    private Testimony.Said said() {
        assertThat(connector.testimony(carol.id())).isInstanceOf(Testimony.Said.class);
        return (Testimony.Said) connector.testimony(carol.id());
    }

    private static Testimony.Said called(String name) {
        return new Testimony.Said(Set.of(name), Set.of());
    }

    private void onTheRelay(int kind, String content, Tag... tags) {
        var event = carol.event(kind, now, content, tags);
        relay.events.put(event.id().hex(), event);
    }

    @Test
    void whatTheirListNamesIsClaimed() {
        onTheRelay(
                Kind.IDENTITIES,
                "",
                Tag.of("i", "mastodon:social.example/@carol", "109775066355589974"),
                Tag.of("i", "bluesky:carol.example", "3k"),
                Tag.of("i", "did:plc:carol"),
                Tag.of("i", "github:carol", "gist"),
                Tag.of("r", "https://other.example/@carol"));
        for (String name : List.of("@carol@social.example", "carol.example", "did:plc:carol", "github:carol")) {
            assertThat(said().names(called(name))).as(name).isTrue();
        }
        assertThat(said().names(called("@carol@other.example"))).isFalse();
        assertThat(said().names(called("@carol@social.example.evil.example"))).isFalse();
    }

    @Test
    void theOldFormInTheProfileAndItsWebsiteCountToo() {
        onTheRelay(
                Kind.PROFILE,
                "{\"website\":\"https://social.example/@carol/\",\"about\":\"not https://about.example/@carol\"}",
                Tag.of("i", "mastodon:old.example/@carol", "1"));
        assertThat(said().names(called("@carol@social.example"))).isTrue();
        assertThat(said().names(called("@carol@old.example"))).isTrue();
        assertThat(said().names(called("@carol@about.example"))).isFalse();
    }

    @Test
    void theyAreNamedByTheirKeyInEveryFormAndOnPagesThatShowNothingElse() {
        onTheRelay(Kind.PROFILE, "{}");
        String npub = carol.key.npub();
        for (String name : List.of(
                npub, "nostr:" + npub, carol.key.hex(), "https://njump.me/" + npub, "https://primal.net/p/" + npub)) {
            assertThat(new Testimony.Said(Set.of(), Set.of(name)).names(said()))
                    .as(name)
                    .isTrue();
        }
        for (String name :
                List.of("https://evil.example/" + npub, people.person("dan").key.npub(), "carol")) {
            assertThat(new Testimony.Said(Set.of(), Set.of(name)).names(said()))
                    .as(name)
                    .isFalse();
        }
    }

    @Test
    void theLatestListCounts() {
        store.events().save(carol.event(Kind.IDENTITIES, now - 5, "", Tag.of("i", "mastodon:old.example/@carol", "1")));
        onTheRelay(Kind.IDENTITIES, "");
        assertThat(said().claims()).isEmpty();
    }

    @Test
    void aRelayThatDoesNotTellOfTheListLeavesItOpen() {
        onTheRelay(Kind.PROFILE, "{}");
        onTheRelay(Kind.IDENTITIES, "", Tag.of("i", "mastodon:social.example/@carol", "1"));
        assertThat(said().names(called("@carol@social.example"))).isTrue();
        relay.closes.add(Kind.IDENTITIES);
        assertThat(connector.testimony(carol.id())).isEqualTo(new Testimony.Silent());
    }

    @Test
    void aWebsiteMeansLessThanAList() {
        onTheRelay(Kind.PROFILE, "{\"website\":\"https://site.example\"}", Tag.of("i", "atproto:did:plc:carol", "1"));
        assertThat(said().claims())
                .containsExactly(
                        Map.entry("did:plc:carol", Testimony.Weight.FIRM),
                        Map.entry("https://site.example", Testimony.Weight.FIELD));
    }

    @Test
    void theirListPointsToPostsOfNetworksThatAreBridged() {
        onTheRelay(
                Kind.IDENTITIES,
                "",
                Tag.of("i", "mastodon:social.example/@carol", "109775066355589974"),
                Tag.of("i", "activitypub:https://other.example/users/carol", "https://other.example/notes/1"),
                Tag.of("i", "bluesky:carol.example", "3kabcdefghijk"),
                Tag.of("i", "github:carol", "9721ce4ee4fceb91c9711ca2a6c9a5ab"),
                Tag.of("i", "mastodon:none.example/@carol"),
                Tag.of("i", "mastodon:evil.example/@carol", "1/../../x"),
                Tag.of("i", "atproto:did:plc:carol", " "));
        Testimony.Proofs proofs = said().proofs();
        assertThat(proofs.posts())
                .containsOnly(
                        Map.entry("acct:carol@social.example", "https://social.example/@carol/109775066355589974"),
                        Map.entry("https://other.example/users/carol", "https://other.example/notes/1"),
                        Map.entry("carol.example", "3kabcdefghijk"));
        String npub = carol.key.npub();
        assertThat(proofs.areIn("Hi! Verifying that I control the following Nostr public key: \"" + npub + "\"."))
                .isTrue();
        assertThat(proofs.areIn("verifying that I control the following\n nostr public key:  " + npub))
                .isTrue();
        for (String other : List.of(
                "my friend is " + npub,
                "Verifying that I control the following Nostr public key: "
                        + people.person("dan").key.npub(),
                "Verifying that I control the following Nostr public key: " + npub + "x",
                "")) {
            assertThat(proofs.areIn(other)).as(other).isFalse();
        }
    }

    @Test
    void ofWhomNoRelayHasAWordNobodyCanTell() {
        assertThat(connector.testimony(carol.id())).isEqualTo(new Testimony.Silent());
    }

    @Test
    void standInsDoNotSpeakForThemselves() {
        Ghost ghost = alice();
        assertThat(connector.testimony(ghost.id())).isEqualTo(new Testimony.Nobody());
        assertThat(connector.testimony(new NativeId(Network.NOSTR, "no key"))).isEqualTo(new Testimony.Nobody());
    }
}
