package dev.drawbridge.it.interop;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.it.peers.AccountMove;
import dev.drawbridge.it.peers.AccountPage;
import dev.drawbridge.it.sides.AtprotoSide;
import dev.drawbridge.it.sides.NostrSide;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Words;
import dev.drawbridge.it.sides.World;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody of Nostr takes their account on the AT Protocol to the official PDS.
class MovingOutIT {
    private static final Pattern CODE = Pattern.compile("[a-z2-9]{4}(-[a-z2-9]{4}){2}");

    @Test
    void aGhostMovesOutToTheOfficialServer(@TempDir Path home) throws IOException {
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

    /// A picture that can be had at an address.
    private static HttpServer pictures() throws IOException {
        var drawn = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", drawn);
        HttpServer files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("content-type", "image/png");
            exchange.sendResponseHeaders(200, drawn.size());
            exchange.getResponseBody().write(drawn.toByteArray());
            exchange.close();
        });
        files.start();
        return files;
    }

    private static void moves(World world, AtprotoSide atproto, NostrSide nostr) throws IOException {
        HttpServer files = pictures();
        try {
            URI address = URI.create("http://localhost:" + files.getAddress().getPort() + "/");
            moves(world, atproto, nostr, address);
        } finally {
            files.stop(0);
        }
    }

    private static void moves(World world, AtprotoSide atproto, NostrSide nostr, URI pictures) {
        Person alice = nostr.join("alice");
        nostr.takesLettersHere(alice);
        eventually(() -> assertThat(nostr.bot("atproto")).isPresent());
        String bot = nostr.bot("atproto").orElseThrow().id();
        nostr.follow(alice, bot);
        eventually(() -> assertThat(atproto.ghost(alice)).isPresent());
        String ghost = atproto.ghost(alice).orElseThrow().id();
        nostr.publishPicture(alice, "said at the bridge", pictures.resolve("boat.png"), "A boat");
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
                    "alice-moved.test",
                    () -> {
                        nostr.publishPicture(alice, "said in between", pictures.resolve("late.png"), "Late");
                        eventually(() -> assertThat(atproto.posts(ghost)).hasSize(2));
                    });
            assertThat(atproto.hostOf(ghost)).isEqualTo(atproto.host());
            assertThat(there(atproto, ghost)).containsExactly("said at the bridge");
            eventually(() -> assertThat(atproto.gone(ghost)).isTrue());
            eventually(
                    () -> assertThat(nostr.letters(alice, bot)).anyMatch(letter -> letter.contains("I carry nothing")));
            assertThat(nostr.letters(alice, bot)).anyMatch(letter -> letter.contains("missing at the new server"));
            move.copyAgain(AccountPage.shown(page, "name"), AccountPage.shown(page, "password"), "alice-moved.test");
        }
        assertThat(there(atproto, ghost)).containsExactlyInAnyOrder("said at the bridge", "said in between");
        nostr.publish(alice, Words.of("said after the move"));
        nostr.tell(alice, bot, "status");
        eventually(() -> assertThat(nostr.letters(alice, bot)).anyMatch(letter -> letter.contains("you left")));
        assertThat(atproto.recordsThere(ghost, "app.bsky.feed.post"))
                .as("nothing goes, nothing comes")
                .hasSize(2)
                .allMatch(
                        post -> post.at("/value/embed/images/0/image/ref/$link").isString());
        assertThat(atproto.errors()).isEmpty();
        assertThat(world.instance().log())
                .doesNotContain(AccountPage.shown(page, "password"))
                .doesNotContain(AccountPage.shown(page, "confirmation"));
    }

    /// What the posts at the official server say.
    private static List<String> there(AtprotoSide atproto, String ghost) {
        return atproto.recordsThere(ghost, "app.bsky.feed.post").stream()
                .map(post -> post.at("/value/text").asString())
                .toList();
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
