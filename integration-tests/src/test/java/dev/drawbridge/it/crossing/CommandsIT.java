package dev.drawbridge.it.crossing;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.sides.FediverseSide;
import dev.drawbridge.it.sides.NostrSide;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Words;
import dev.drawbridge.it.sides.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What people tell bots from real servers, and what they read there.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsIT {
    private World world;
    private FediverseSide fediverse;
    private NostrSide nostr;

    @BeforeAll
    void start(@TempDir Path home) {
        world = World.start(home, Optional.empty(), () -> Instant.now().getEpochSecond());
        fediverse = (FediverseSide) world.side("activitypub");
        nostr = (NostrSide) world.side("nostr");
    }

    @AfterAll
    void stop() {
        if (world != null) {
            world.close();
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
    void aNoteToABotAloneOptsInAndOutAndIsAnsweredAlone() {
        told(() -> {
            eventually(() -> assertThat(fediverse.bot("nostr")).isPresent());
            String bot = fediverse.bot("nostr").orElseThrow().id();
            Person anna = fediverse.join("anna");

            fediverse.tell(anna, bot, "start");
            eventually(() -> assertThat(nostr.ghost(anna)).isPresent());
            eventually(() -> assertThat(fediverse.letters(anna, bot))
                    .singleElement()
                    .asString()
                    .contains("carried to Nostr"));
            String ghost = nostr.ghost(anna).orElseThrow().id();
            fediverse.publish(anna, Words.of("I asked for it"));
            eventually(() -> assertThat(nostr.posts(ghost)).hasSize(1));

            fediverse.tell(anna, bot, "how are you, my darling?");
            eventually(() ->
                    assertThat(fediverse.letters(anna, bot)).last().asString().contains("did not understand"));
            fediverse.tell(anna, bot, "status");
            eventually(() ->
                    assertThat(fediverse.letters(anna, bot)).last().asString().contains("Nostr: shown as"));

            fediverse.tell(anna, bot, "arrêter");
            eventually(() -> assertThat(nostr.gone(ghost)).isTrue());
            eventually(() ->
                    assertThat(fediverse.letters(anna, bot)).last().asString().contains("plus porté vers Nostr"));
            assertThat(nostr.posts(ghost)).isEmpty();
            assertThat(world.instance().log()).doesNotContain("darling");
        });
    }

    @Test
    void aGiftWrapToABotOptsInAndOutAndIsAnsweredInOne() {
        told(() -> {
            eventually(() -> assertThat(nostr.bot("activitypub")).isPresent());
            String bot = nostr.bot("activitypub").orElseThrow().id();
            Person ben = nostr.join("ben");
            nostr.takesLettersHere(ben);

            nostr.tell(ben, bot, "start");
            eventually(() -> assertThat(fediverse.ghost(ben)).isPresent());
            eventually(() -> assertThat(nostr.letters(ben, bot))
                    .singleElement()
                    .asString()
                    .contains("carried to the Fediverse"));
            String ghost = fediverse.ghost(ben).orElseThrow().id();

            nostr.tell(ben, bot, "stop");
            eventually(() -> assertThat(fediverse.gone(ghost)).isTrue());
            eventually(() -> assertThat(nostr.letters(ben, bot))
                    .hasSize(2)
                    .anySatisfy(letter -> assertThat(letter).contains("no longer carried")));
        });
    }
}
