package dev.drawbridge.it.crossing;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.it.sides.AtprotoSide;
import dev.drawbridge.it.sides.NostrSide;
import dev.drawbridge.it.sides.Words;
import dev.drawbridge.it.sides.World;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The six directions, one story each. They share the servers and the bridge, and nothing else.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrossingIT {
    private static final List<String> NETWORKS = List.of(
            System.getProperty("it.networks", "activitypub,nostr,atproto").split(","));

    private final AtomicInteger stories = new AtomicInteger();
    private World world;

    @BeforeAll
    void start(@TempDir Path home) {
        world = World.start(home, store(), () -> Instant.now().getEpochSecond());
    }

    @AfterAll
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    /// The embedded store; a class that runs the same on a real one overrides this.
    Optional<String> store() {
        return Optional.empty();
    }

    static Stream<Arguments> directions() {
        return NETWORKS.stream()
                .flatMap(
                        from -> NETWORKS.stream().filter(to -> !to.equals(from)).map(to -> Arguments.of(from, to)));
    }

    @Order(1)
    @ParameterizedTest(name = "from {0} to {1}")
    @MethodSource("directions")
    void onePostCrosses(String from, String to) {
        var story = new Story(world.side(from), world.side(to), stories.incrementAndGet());
        try {
            story.nobodyIsBridgedBeforeTheyAsk();
            story.followingTheBotMakesAGhost();
            story.aFollowOfTheGhostCrosses();
            story.aPostCrossesOnce();
            story.aReplyComesBackIntoTheThread();
            story.aDeletedPostIsTakenBack();
            story.unfollowingTheBotTakesEverythingBack();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    e.getMessage() + "\n\nthe bridge said:\n" + world.instance().log(), e);
        }
    }

    @Order(2)
    @Test
    void theFirehoseOfTheBridgeIsValid() {
        var atproto = (AtprotoSide) world.side("atproto");
        assertThat(atproto.errors()).isEmpty();
        var verdict = atproto.verify(5);
        assertThat(verdict.failed()).as(verdict.report()).isZero();
        assertThat(verdict.events()).isGreaterThan(20);
    }

    @Order(2)
    @Test
    void everyEventOfAGhostIsWellFormed() {
        var nostr = (NostrSide) world.side("nostr");
        var atproto = world.side("atproto");
        var person = atproto.join("shape");
        atproto.follow(person, atproto.bot("nostr").orElseThrow().id());
        eventually(() -> assertThat(nostr.ghost(person)).isPresent());
        String ghost = nostr.ghost(person).orElseThrow().id();
        atproto.publish(person, Words.of("shape").tagged("Tag").linking("https://site.example/a"));
        eventually(() -> assertThat(nostr.posts(ghost)).hasSize(1));
        var verdict = nostr.verify(ghost);
        assertThat(verdict.failed()).as(verdict.report()).isZero();
    }

    /// Nostr links to pictures; a record of the AT Protocol needs one that its own server hands out.
    @Order(2)
    @Test
    void aPictureIsKeptForTheGhostThatShowsIt() throws IOException {
        var nostr = (NostrSide) world.side("nostr");
        var atproto = (AtprotoSide) world.side("atproto");
        var painter = nostr.join("painter");
        eventually(() -> assertThat(nostr.bot("atproto")).isPresent());
        nostr.follow(painter, nostr.bot("atproto").orElseThrow().id());
        eventually(() -> assertThat(atproto.ghost(painter)).isPresent());
        String ghost = atproto.ghost(painter).orElseThrow().id();
        var drawn = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", drawn);
        HttpServer files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/boat.png", exchange -> {
            exchange.getResponseHeaders().add("content-type", "image/png");
            exchange.sendResponseHeaders(200, drawn.size());
            exchange.getResponseBody().write(drawn.toByteArray());
            exchange.close();
        });
        files.start();
        try {
            URI boat = URI.create("http://localhost:" + files.getAddress().getPort() + "/boat.png");
            nostr.publishPicture(painter, "My boat", boat, "A red boat");
            eventually(() -> assertThat(atproto.posts(ghost)).hasSize(1));
        } finally {
            files.stop(0);
        }
        JsonNode image = atproto.embed(atproto.posts(ghost).getFirst().id())
                .path("images")
                .path(0);
        assertThat(image.path("alt").asString()).isEqualTo("A red boat");
        assertThat(image.path("aspectRatio").path("width").asInt()).isEqualTo(40);
        var file = atproto.file(
                ghost, image.path("image").path("ref").path("$link").asString());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("content-type")).contains("image/jpeg");
        assertThat(file.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(file.body()).hasSize(image.path("image").path("size").asInt());
        assertThat(ImageIO.read(new ByteArrayInputStream(file.body())).getHeight())
                .isEqualTo(30);
    }
}
