package dev.drawbridge.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.engine.Mirror;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The list of mirrors, right and wrong.
class MirrorFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final List<Network> NETWORKS = List.of(Network.ACTIVITYPUB, Network.NOSTR, Network.ATPROTO);

    @Test
    void theExampleIsRead() {
        Path example = Path.of("mirrors.example.yml");
        var all = List.of(Network.ACTIVITYPUB, Network.NOSTR, Network.ATPROTO, Network.FEED);
        assertThat(MirrorFile.read(example, all, NETWORKS, NOW))
                .startsWith(new Mirror(
                        new NativeId(Network.ACTIVITYPUB, "https://news.example/users/desk"),
                        Set.of(Network.NOSTR, Network.ATPROTO),
                        Mirror.Mode.BROADCAST,
                        "letter of 1 March 2026, file 12",
                        Instant.parse("2026-03-01T00:00:00Z"),
                        50))
                .last()
                .extracting(Mirror::account, Mirror::targets)
                .containsExactly(new NativeId(Network.FEED, "https://news.example/rss.xml"), Set.copyOf(NETWORKS));
    }

    @Test
    void anEmptyListIsAList() {
        assertThat(mistakes("")).singleElement().asString().contains("is an empty file");
        assertThat(MirrorFile.parse("mirrors: []", NETWORKS, NETWORKS, NOW)).isEmpty();
    }

    @Test
    void nobodyGivesPermissionInTheFuture() {
        assertThat(mistakes("mirrors: [{network: nostr, account: ok, to: [atproto], mode: broadcast, permission: y,"
                        + " since: 2026-11-23}]"))
                .containsExactly("mirrors[0].since is in the future: 2026-11-23T00:00:00Z");
    }

    @Test
    void everyMistakeIsSaidAtOnce() {
        assertThat(mistakes("""
            mirrors:
              - {network: myspace, account: a b, to: [nostr, activitypub], mode: loud, permission: x, since: soon}
              - {network: nostr, account: abc, to: [nostr], mode: broadcast, since: 2026-03-01, colour: red}
              - {network: nostr, account: ok, to: [atproto], mode: conversation, permission: y, since: 2026-03-01}
              - {network: nostr, account: ok, to: [atproto], mode: conversation, permission: y, since: 2026-03-01}
              - nothing
            """))
                .containsExactlyInAnyOrder(
                        "mirrors[0].network is not a network of this instance: myspace",
                        "mirrors[0].account is not the id of an account: a b",
                        "mirrors[0].mode is neither broadcast nor conversation: loud",
                        "mirrors[0].since is not a day: soon",
                        "mirrors[1].colour is not known here",
                        "mirrors[1].to names the network the account is on",
                        "mirrors[1].permission is missing",
                        "mirrors[3].account is listed twice: ok",
                        "mirrors[4] is not a mirror");
    }

    @Test
    void nothingIsCarriedToANetworkThatOnlyGives() {
        var wrong = catchThrowableOfType(
                WrongSettings.class,
                () -> MirrorFile.parse(
                        "mirrors: [{network: nostr, account: a, to: [feed], mode: broadcast, permission: x, since:"
                                + " 2026-01-01}]",
                        List.of(Network.NOSTR, Network.FEED),
                        List.of(Network.NOSTR),
                        NOW));
        assertThat(wrong.errors())
                .singleElement()
                .extracting(e -> e.key() + " " + e.problem())
                .isEqualTo("mirrors[0].to names a network that nothing is carried to: feed");
    }

    @Test
    void aBackfillIsANumberOfPosts() {
        for (String wrong : List.of("-1", "1001", "many", "1.5")) {
            assertThat(mistakes("mirrors: [{network: nostr, account: ok, to: [atproto], mode: broadcast, permission: y,"
                            + " since: 2026-01-01, backfill: " + wrong + "}]"))
                    .containsExactly("mirrors[0].backfill is not a number of posts from 0 to 1000: " + wrong);
        }
    }

    @Test
    void whatIsNoListIsRefused() {
        for (String text : List.of("[", "- a", "mirrors: yes", "mirrors: []\nother: 1", "&a [*a]")) {
            assertThat(mistakes(text)).as(text).hasSize(1);
        }
        assertThatExceptionOfType(WrongSettings.class)
                .isThrownBy(() -> MirrorFile.read(Path.of("no-such-file.yml"), NETWORKS, NETWORKS, NOW))
                .withMessageContaining("cannot be read");
    }

    private static List<String> mistakes(String text) {
        var wrong = catchThrowableOfType(WrongSettings.class, () -> MirrorFile.parse(text, NETWORKS, NETWORKS, NOW));
        assertThat(wrong).as(text).isNotNull();
        return wrong.errors().stream().map(e -> e.key() + " " + e.problem()).toList();
    }
}
