package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernamesTest {
    private static final NativeId ORIGIN = new NativeId(Network.NOSTR, "ab".repeat(32));

    private static String best(String handle) {
        return Usernames.of(Profile.bare(ORIGIN, handle)).getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "carol@site.example, carol.site.example",
        "_@site.example, site.example",
        "@alice@social.example, alice.social.example",
        "bob.bsky.social, bob.bsky.social",
        "Bob.Bsky.Social, bob.bsky.social",
        "did:plc:abc, did-plc-abc",
        "a b/c@x.example:8443, a-b-c.x.example-8443",
        "-.x..y.-, x.y",
        "nostr, nostr.nostr",
        "instance, instance.nostr",
        "größe@x.example, gr--e.x.example",
    })
    void handlesBecomeUsernamesThatEveryServerTakes(String handle, String username) {
        assertThat(best(handle)).isEqualTo(username);
    }

    @Test
    void anNpubStaysAnNpub() {
        String npub = "npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6";
        assertThat(best(npub)).isEqualTo(npub);
    }

    @Test
    void aBotIsCalledLikeTheNetworkItReaches() {
        var bot = Profile.bare(Ghost.botOrigin(Network.ATPROTO), "atproto");
        assertThat(Usernames.of(bot)).containsExactly("atproto");
    }

    @Test
    void theSecondChoiceBelongsToOnePersonAlone() {
        var other = new NativeId(Network.ATPROTO, "did:plc:other");
        String mine = Usernames.of(Profile.bare(ORIGIN, "x.example")).getLast();
        String theirs = Usernames.of(Profile.bare(other, "x.example")).getLast();
        assertThat(mine).startsWith("x.example-").isNotEqualTo(theirs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "...", "日本", "--", "_@", "x"})
    void everythingGetsAUsernameWithinTheRules(String handle) {
        assertThat(Usernames.of(Profile.bare(ORIGIN, handle + "x".repeat(500))))
                .allSatisfy(u -> assertThat(u).matches("[a-z0-9_][a-z0-9_.-]{0,126}[a-z0-9_]"));
        assertThat(Usernames.of(Profile.bare(ORIGIN, handle)))
                .allSatisfy(u -> assertThat(u).matches("[a-z0-9_]([a-z0-9_.-]{0,126}[a-z0-9_])?"));
    }
}
