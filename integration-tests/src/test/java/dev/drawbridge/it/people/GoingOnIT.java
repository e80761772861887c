package dev.drawbridge.it.people;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.peers.FedifyPeer;
import dev.drawbridge.it.sides.FediverseSide;
import dev.drawbridge.it.sides.NostrSide;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Words;
import dev.drawbridge.it.sides.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Somebody of Nostr has an account of their own on a Fedify server now, and those who follow their stand-in go there.
class GoingOnIT {
    @Test
    void aServerIsToldWhereAStandInWentAndFindsItThere(@TempDir Path home) {
        try (World world =
                World.start(home, Optional.empty(), () -> Instant.now().getEpochSecond())) {
            try {
                goesOn((FediverseSide) world.side("activitypub"), (NostrSide) world.side("nostr"));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        e.getMessage() + "\n\nthe bridge said:\n"
                                + world.instance().log(),
                        e);
            }
        }
    }

    private static void goesOn(FediverseSide fediverse, NostrSide nostr) {
        Person nora = nostr.join("nora");
        nostr.takesLettersHere(nora);
        eventually(() -> assertThat(nostr.bot("activitypub")).isPresent());
        String bot = nostr.bot("activitypub").orElseThrow().id();
        nostr.tell(nora, bot, "start");
        eventually(() -> assertThat(fediverse.ghost(nora)).isPresent());
        var ghost = fediverse.ghost(nora).orElseThrow();
        Person alice = fediverse.join("alice");
        fediverse.follow(alice, ghost.id());
        eventually(() -> assertThat(fediverse.peer().following("alice")).contains(ghost.id()));
        nostr.publish(nora, Words.of("said by the stand-in"));
        eventually(() -> assertThat(fediverse.posts(ghost.id())).hasSize(1));
        String note = fediverse.posts(ghost.id()).getFirst().id();
        Person own = fediverse.join("noraherself");

        nostr.tell(nora, bot, "migrate " + own.handle());
        eventually(() -> assertThat(nostr.letters(nora, bot)).anyMatch(l -> l.contains("does not say that")));
        assertThat(fediverse.peer().received("Move")).isEmpty();

        fediverse.peer().alias("noraherself", ghost.id());
        // The same words in the same second are the same message, and one wish.
        nostr.letTimePass();
        nostr.tell(nora, bot, "migrate " + own.handle());
        eventually(() -> assertThat(fediverse.peer().received("Move")).isNotEmpty());
        JsonNode move = fediverse.peer().received("Move").getFirst();
        assertThat(move.path("actor").asString()).isEqualTo(ghost.id());
        assertThat(move.path("object").asString()).isEqualTo(ghost.id());
        assertThat(move.path("target").asString()).isEqualTo(own.id());
        assertThat(actor(fediverse, ghost.id()).path("movedTo").asString()).isEqualTo(own.id());
        assertThat(fediverse.peer().received("Update"))
                .anyMatch(update -> update.at("/object/movedTo").asString("").equals(own.id()));

        nostr.publish(nora, Words.of("said at home alone"));
        nostr.letTimePass();
        nostr.tell(nora, bot, "delete");
        eventually(() -> assertThat(fediverse.deleted(ghost.id(), note)).isTrue());
        eventually(() -> assertThat(fediverse.gone(ghost.id())).isTrue());
        assertThat(fediverse.posts(ghost.id())).isEmpty();

        nostr.letTimePass();
        nostr.tell(nora, bot, "start");
        eventually(() -> assertThat(actor(fediverse, ghost.id()).has("movedTo")).isFalse());
    }

    private static JsonNode actor(FediverseSide fediverse, String id) {
        return fediverse.peer().fetch(FedifyPeer.INSTANCE, id).json();
    }
}
