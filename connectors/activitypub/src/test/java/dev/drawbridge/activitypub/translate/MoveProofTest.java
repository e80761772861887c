package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.Documents;
import org.junit.jupiter.api.Test;

class MoveProofTest {
    private static final String OLD = "https://old.example/alice";
    private static final String NEW = "https://new.example/alice";

    private static Actor actor(String id, String more) {
        String json = "{\"id\":\"" + id + "\",\"type\":\"Person\",\"inbox\":\"" + id + "/inbox\"" + more + "}";
        return Documents.parse(json).then(Actor::read).found().orElseThrow();
    }

    @Test
    void bothSidesHaveToAgree() {
        var left = actor(OLD, ",\"movedTo\":\"" + NEW + "\"");
        var knowsNew = actor(OLD, ",\"alsoKnownAs\":[\"" + NEW + "\"]");
        var silent = actor(OLD, "");
        var arrived = actor(NEW, ",\"alsoKnownAs\":\"" + OLD + "\"");
        var stranger = actor(NEW, ",\"alsoKnownAs\":[\"https://other.example/alice\"]");
        assertThat(MoveProof.objection(left, arrived)).isEmpty();
        assertThat(MoveProof.objection(knowsNew, arrived)).isEmpty();
        assertThat(MoveProof.objection(silent, arrived)).contains(OLD + " does not say that it moved to " + NEW);
        assertThat(MoveProof.objection(left, stranger)).contains(NEW + " does not say that it is also " + OLD);
        assertThat(MoveProof.objection(left, actor(NEW, ""))).isPresent();
    }

    @Test
    void nobodyMovesToThemselves() {
        var self = actor(OLD, ",\"movedTo\":\"" + OLD + "\",\"alsoKnownAs\":[\"" + OLD + "\"]");
        assertThat(MoveProof.objection(self, self)).contains("an account cannot move to itself");
    }
}
