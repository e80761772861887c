package dev.drawbridge.it.interop;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.sides.AtprotoSide;
import dev.drawbridge.it.sides.NostrSide;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Words;
import dev.drawbridge.it.sides.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Everything people do to each other's posts, between the official PLC directory and PDS and Nostr, and each of it
/// once.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AtprotoInteropIT {
    private static final String LIKE = "app.bsky.feed.like";
    private static final String REPOST = "app.bsky.feed.repost";
    private static final String FOLLOW = "app.bsky.graph.follow";

    @TempDir
    private static Path folder;

    private World world;
    private AtprotoSide atproto;
    private NostrSide nostr;

    @BeforeAll
    void start(@TempDir Path home) {
        world = World.start(home, Optional.empty(), () -> Instant.now().getEpochSecond());
        atproto = (AtprotoSide) world.side("atproto");
        nostr = (NostrSide) world.side("nostr");
    }

    @AfterAll
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    /// Bob of the official PDS and Alice of Nostr, each with a ghost on the other side.
    private final class Two {
        final Person bob;
        final Person alice;
        final String bobThere;
        final String aliceThere;

        Two(String story) {
            bob = atproto.join("bob-" + story);
            alice = nostr.join("alice" + story);
            eventually(() -> assertThat(atproto.bot("nostr")).isPresent());
            eventually(() -> assertThat(nostr.bot("atproto")).isPresent());
            atproto.follow(bob, atproto.bot("nostr").orElseThrow().id());
            nostr.follow(alice, nostr.bot("atproto").orElseThrow().id());
            eventually(() -> assertThat(nostr.ghost(bob)).isPresent());
            eventually(() -> assertThat(atproto.ghost(alice)).isPresent());
            bobThere = nostr.ghost(bob).orElseThrow().id();
            aliceThere = atproto.ghost(alice).orElseThrow().id();
        }

        /// A post of Alice's, as it is on the AT Protocol.
        String postOfAlice(String text) {
            nostr.publish(alice, Words.of(text));
            eventually(() -> assertThat(atproto.posts(aliceThere))
                    .filteredOn(post -> post.text().contains(text))
                    .hasSize(1));
            return atproto.posts(aliceThere).stream()
                    .filter(post -> post.text().contains(text))
                    .findFirst()
                    .orElseThrow()
                    .id();
        }

        /// A post of Bob's, as it is on Nostr.
        String postOfBob(String text) {
            atproto.publish(bob, Words.of(text));
            return arrived(text);
        }

        String arrived(String text) {
            eventually(() -> assertThat(nostr.posts(bobThere))
                    .filteredOn(post -> post.text().contains(text))
                    .hasSize(1));
            return nostr.posts(bobThere).stream()
                    .filter(post -> post.text().contains(text))
                    .findFirst()
                    .orElseThrow()
                    .id();
        }

        List<JsonNode> events(int kind) {
            return nostr.query(Map.of("kinds", List.of(kind), "authors", List.of(bobThere)));
        }
    }

    private void told(Runnable story) {
        try {
            story.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    e.getMessage() + "\n\nthe bridge said:\n" + world.instance().log(), e);
        }
    }

    @Test
    void whatSomebodyOfTheOfficialServerDoesArrivesOnce() {
        told(() -> {
            var two = new Two("out");
            atproto.follow(two.bob, two.aliceThere);
            eventually(() ->
                    assertThat(nostr.follows(two.bobThere, two.alice.id())).isTrue());
            String post = two.postOfAlice("something to talk about");
            String original = nostr.posts(two.alice.id()).getFirst().id();

            String like = atproto.like(two.bob, post);
            String repost = atproto.repost(two.bob, post);
            String quote = atproto.quote(two.bob, post, "look at this");
            atproto.reply(two.bob, post, Words.of("well said"));
            eventually(() -> assertThat(two.events(7)).hasSize(1));
            eventually(() -> assertThat(two.events(6)).hasSize(1));
            assertThat(tags(two.events(7).getFirst(), "e")).contains(original);
            assertThat(tags(two.events(6).getFirst(), "e")).contains(original);
            two.arrived("look at this");
            two.arrived("well said");
            assertThat(nostr.posts(two.bobThere))
                    .filteredOn(found -> found.text().contains("well said"))
                    .allMatch(found -> found.inReplyTo().equals(Optional.of(original)));

            atproto.delete(two.bob, like);
            atproto.delete(two.bob, repost);
            atproto.delete(two.bob, quote);
            whatWasTakenBackIsGone(two);
            whoIsRenamedAndBlocksIsSeenTo(two);
        });
    }

    private void whatWasTakenBackIsGone(Two two) {
        eventually(() -> assertThat(two.events(7)).isEmpty());
        eventually(() -> assertThat(two.events(6)).isEmpty());
        eventually(() -> assertThat(nostr.posts(two.bobThere))
                .extracting(found -> found.text().contains("look at this"))
                .containsOnly(false));
        assertThat(nostr.posts(two.bobThere)).as("and nothing twice").hasSize(1);
    }

    private void whoIsRenamedAndBlocksIsSeenTo(Two two) {
        atproto.rename(two.bob, "Bob Renamed");
        eventually(() -> assertThat(two.events(0)).singleElement().asString().contains("Bob Renamed"));
        atproto.block(two.bob, two.aliceThere);
        // It arrives, and Nostr has nothing to say it with.
        eventually(() -> assertThat(world.instance().log()).contains("blocks are not public on Nostr"));
    }

    @Test
    void whatComesFromElsewhereIsSeenByTheOfficialSideOnce() {
        told(() -> {
            var two = new Two("in");
            nostr.follow(two.alice, two.bobThere);
            eventually(() -> assertThat(atproto.records(two.aliceThere, FOLLOW))
                    .extracting(record -> record.at("/record/subject").asString())
                    .containsExactly(two.bob.id()));
            String post = two.postOfBob("said on the official server");
            String like = nostr.like(two.alice, post);
            String repost = nostr.repost(two.alice, post);
            nostr.quote(two.alice, post, "as Bob says");
            nostr.reply(two.alice, post, Words.of("I agree"));
            for (String kind : List.of(LIKE, REPOST)) {
                eventually(() -> assertThat(atproto.records(two.aliceThere, kind))
                        .singleElement()
                        .satisfies(record -> assertThat(
                                        record.at("/record/subject/uri").asString())
                                .contains(two.bob.id())));
            }
            eventually(() -> assertThat(atproto.posts(two.aliceThere)).hasSize(2));
            assertThat(atproto.records(two.aliceThere, "app.bsky.feed.post"))
                    .anyMatch(record ->
                            record.at("/record/embed/record/uri").asString("").contains(two.bob.id()))
                    .anyMatch(record ->
                            record.at("/record/reply/parent/uri").asString("").contains(two.bob.id()));

            theRepositoryIsSound(two, like, repost);
        });
    }

    private void theRepositoryIsSound(Two two, String like, String repost) {
        Path kept = folder.resolve("repository.car");
        var whole = atproto.verifyRepository(two.aliceThere, kept);
        assertThat(whole.failed()).as(whole.report()).isZero();
        assertThat(whole.events()).isGreaterThanOrEqualTo(5);

        nostr.delete(two.alice, like);
        nostr.delete(two.alice, repost);
        eventually(() -> assertThat(atproto.records(two.aliceThere, LIKE)).isEmpty());
        eventually(() -> assertThat(atproto.records(two.aliceThere, REPOST)).isEmpty());
        var changed = atproto.verifyRepository(two.aliceThere, kept);
        assertThat(changed.failed()).as(changed.report()).isZero();
        assertThat(changed.report()).contains("writes since");
        assertThat(atproto.errors()).isEmpty();
    }

    @Test
    void whoLetsNobodyAnswerIsNotAnswered() {
        told(() -> {
            var two = new Two("shut");
            atproto.publishClosed(two.bob, "3l3qo2vutsw2b", "no answers please");
            String post = two.arrived("no answers please");
            nostr.reply(two.alice, post, Words.of("an answer"));
            nostr.quote(two.alice, post, "a quote");
            two.postOfAlice("something else");
            assertThat(atproto.posts(two.aliceThere))
                    .singleElement()
                    .satisfies(found -> assertThat(found.text()).contains("something else"));
        });
    }

    private static List<String> tags(JsonNode event, String name) {
        return event.path("tags")
                .valueStream()
                .filter(tag -> tag.path(0).asString().equals(name))
                .map(tag -> tag.path(1).asString())
                .toList();
    }
}
