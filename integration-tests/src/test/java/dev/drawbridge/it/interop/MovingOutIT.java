package dev.drawbridge.it.interop;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.peers.AccountMove;
import dev.drawbridge.it.peers.AccountPage;
import dev.drawbridge.it.sides.AtprotoSide;
import dev.drawbridge.it.sides.NostrSide;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Words;
import dev.drawbridge.it.sides.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody of Nostr takes their account on the AT Protocol to the official PDS.
class MovingOutIT {
    private static final Pattern CODE = Pattern.compile("[a-z2-9]{4}(-[a-z2-9]{4}){2}");

    @Test
    void aGhostMovesOutToTheOfficialServer(@TempDir Path home) {
        try (World world =
                World.start(home, Optional.empty(), () -> Instant.now().getEpochSecond())) {
            try {
                moves(world, (AtprotoSide) world.side("atproto"), (NostrSide) world.side("nostr"));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        e.getMessage() + "\n\nthe bridge said:\n"
                                + world.instance().log(),
                        e);
            }
        }
    }

    private static void moves(World world, AtprotoSide atproto, NostrSide nostr) {
        Person alice = nostr.join("alice");
        nostr.takesLettersHere(alice);
        eventually(() -> assertThat(nostr.bot("atproto")).isPresent());
        String bot = nostr.bot("atproto").orElseThrow().id();
        nostr.follow(alice, bot);
        eventually(() -> assertThat(atproto.ghost(alice)).isPresent());
        String ghost = atproto.ghost(alice).orElseThrow().id();
        nostr.publish(alice, Words.of("said at the bridge"));
        eventually(() -> assertThat(atproto.posts(ghost)).hasSize(1));

        nostr.tell(alice, bot, "migrate");
        eventually(() -> assertThat(nostr.letters(alice, bot)).anyMatch(CODE.asPredicate()));
        String page;
        try (var pages = new AccountPage(world.instance().base(), code(nostr, alice, bot))) {
            page = pages.moveOut("atproto");
        }
        try (var move = new AccountMove(world.instance().base(), atproto.host())) {
            move.carryOut(
                    AccountPage.shown(page, "name"),
                    AccountPage.shown(page, "password"),
                    AccountPage.shown(page, "confirmation"),
                    "alice-moved.test");
        }

        assertThat(atproto.hostOf(ghost)).isEqualTo(atproto.host());
        assertThat(atproto.recordsThere(ghost, "app.bsky.feed.post"))
                .singleElement()
                .satisfies(post -> assertThat(post.at("/value/text").asString()).isEqualTo("said at the bridge"));
        eventually(() -> assertThat(atproto.gone(ghost)).isTrue());
        eventually(() -> assertThat(nostr.letters(alice, bot)).anyMatch(letter -> letter.contains("I carry nothing")));
        nostr.publish(alice, Words.of("said after the move"));
        nostr.tell(alice, bot, "status");
        eventually(() -> assertThat(nostr.letters(alice, bot)).anyMatch(letter -> letter.contains("you left")));
        assertThat(atproto.recordsThere(ghost, "app.bsky.feed.post"))
                .as("nothing goes, nothing comes")
                .hasSize(1);
        assertThat(atproto.errors()).isEmpty();
        assertThat(world.instance().log())
                .doesNotContain(AccountPage.shown(page, "password"))
                .doesNotContain(AccountPage.shown(page, "confirmation"));
    }

    private static String code(NostrSide nostr, Person alice, String bot) {
        return nostr.letters(alice, bot).stream()
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .orElseThrow();
    }
}
