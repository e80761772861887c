package dev.drawbridge.it.interop;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.peers.FedifyPeer;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Words;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What Fedify and the bridge say to each other, one exchange at a time: follows, posts, edits, deletes, reactions,
/// failing inboxes.
class FedifyExchangesIT extends FedifyFixture {
    @Test
    void aFollowOfABotIsAcceptedWithTheWholeFollowInside() {
        Person anna = fediverse.join(name());
        String bot = botFor("nostr");
        FedifyPeer.Sent follow = peer.follow(anna.name(), bot);

        eventually(() -> assertThat(peer.following(anna.name())).contains(bot));
        JsonNode accept = peer.arrivals("Accept").stream()
                .filter(a -> a.at("/body/object/id").asString("").equals(follow.id()))
                .findFirst()
                .orElseThrow();
        // It signed its Follow with RFC 9421, so it is answered in kind.
        assertThat(accept.path("sig").asString()).isEqualTo("rfc9421");
        assertThat(accept.path("status").asInt()).isEqualTo(202);
        assertThat(accept.at("/body/object/type").asString()).isEqualTo("Follow");
        assertThat(accept.at("/body/object/actor").asString()).isEqualTo(anna.id());
    }

    @Test
    void followersOnlyAndDirectNotesStayHome() {
        Person anna = author();
        String token = token();
        var create = note(anna, token);
        create.put("to", List.of(anna.id() + "/followers"));
        var narrowed = new LinkedHashMap<String, Object>(object(create));
        narrowed.put("to", List.of(anna.id() + "/followers"));
        create.put("object", narrowed);

        assertThat(raw(anna, create, Map.of())).isEqualTo(202);
        nothingCame(anna, token);
    }

    @Test
    void reactionsAndBoostsReachTheAuthorAndCanBeTakenBack() {
        Person anna = author();
        Person nora = nostrAuthor();
        String ghost = followedBy(anna, nora);
        String original = nostr.publish(nora, Words.of("react to me"));
        eventually(() -> assertThat(fediverse.posts(ghost)).hasSize(1));
        String note = fediverse.posts(ghost).getFirst().id();

        var like = peer.send(anna.name(), Map.of("type", "Like", "object", note, "recipient", ghost));
        peer.send(anna.name(), Map.of("type", "Announce", "object", note, "recipient", ghost));
        eventually(() -> assertThat(about(original, 7)).hasSize(1));
        eventually(() -> assertThat(about(original, 6)).hasSize(1));

        peer.send(
                anna.name(),
                Map.of(
                        "type",
                        "Undo",
                        "recipient",
                        ghost,
                        "inner",
                        Map.of("type", "Like", "object", note, "id", like.id())));
        eventually(() -> assertThat(about(original, 7)).isEmpty());
        assertThat(about(original, 6)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408})
    void anInboxThatFailsForAWhileMissesNothing(int status) {
        Person anna = author();
        Person nora = nostrAuthor();
        String ghost = followedBy(anna, nora);

        peer.fail(status, 1, ghost);
        nostr.publish(nora, Words.of("first"));
        nostr.publish(nora, Words.of("second"));
        eventually(() -> assertThat(fediverse.posts(ghost)).hasSize(2));
        assertThat(creates(ghost)).as("each was acted on once").hasSize(2);
    }

    @Test
    void anInboxThatSaysNoIsNotAskedAgain() {
        Person anna = author();
        Person nora = nostrAuthor();
        String ghost = followedBy(anna, nora);

        // it is asked once with either kind of signature: the first may be one it does not know
        peer.fail(403, 2, "to be refused");
        nostr.publish(nora, Words.of("to be refused"));
        eventually(() -> assertThat(arrivalsFrom(ghost)).hasSize(2));
        assertThat(arrivalsFrom(ghost))
                .extracting(a -> a.path("sig").asString())
                .containsExactlyInAnyOrder("cavage", "rfc9421");
        nostr.publish(nora, Words.of("taken"));
        eventually(() -> assertThat(fediverse.posts(ghost)).hasSize(1));
        assertThat(fediverse.posts(ghost).getFirst().text()).contains("taken");
        assertThat(arrivalsFrom(ghost)).hasSize(3);
    }

    @Test
    void aStrangerIsNotCarried() {
        Person stranger = fediverse.join(name());
        String token = token();

        assertThat(raw(stranger, note(stranger, token), Map.of())).isEqualTo(202);
        nothingCame(author(), token);
    }

    @Test
    void aFollowFromTheOtherSideIsAnsweredAndTakenBack() {
        Person anna = author();
        Person nora = nostrAuthor();
        String ghost = fediverse.ghost(nora).orElseThrow().id();
        String followed = nostr.ghost(anna).orElseThrow().id();

        nostr.follow(nora, followed);
        eventually(() -> assertThat(peer.followers(anna.name())).contains(ghost));
        nostr.unfollow(nora, followed);
        eventually(() -> assertThat(peer.followers(anna.name())).doesNotContain(ghost));
    }

    @Test
    void whatIsSentIsProvenAndCanBeAskedFor() {
        Person anna = author();
        Person nora = nostrAuthor();
        String ghost = followedBy(anna, nora);
        nostr.publish(nora, Words.of("prove me"));
        eventually(() -> assertThat(arrivalsFrom(ghost)).hasSize(1));

        JsonNode create = arrivalsFrom(ghost).getFirst();
        assertThat(create.path("hasProof").asBoolean()).isTrue();
        assertThat(create.path("status").asInt()).isEqualTo(202);
        String note = fediverse.posts(ghost).getFirst().id();
        for (String kind : List.of("cavage", "rfc9421")) {
            var answer = peer.ask(anna.name(), note, Map.of("spec", kind));
            assertThat(answer.status()).as(kind).isEqualTo(200);
            assertThat(answer.json().path("type").asString()).isEqualTo("Note");
        }
    }

    @Test
    void anEmojiReactionCrosses() {
        Person anna = author();
        Person nora = nostrAuthor();
        String ghost = followedBy(anna, nora);
        String original = nostr.publish(nora, Words.of("hedgehogs?"));
        eventually(() -> assertThat(fediverse.posts(ghost)).hasSize(1));
        String note = fediverse.posts(ghost).getFirst().id();

        peer.send(
                anna.name(),
                Map.of("type", "EmojiReact", "object", note, "recipient", ghost, "content", "\uD83E\uDD94"));
        eventually(() -> assertThat(about(original, 7))
                .singleElement()
                .satisfies(r -> assertThat(r.path("content").asString()).isEqualTo("\uD83E\uDD94")));
    }

    @Test
    void anEditAndADeleteCross() {
        Person anna = author();
        String written = token();
        String edited = token();
        var create = note(anna, written);
        assertThat(raw(anna, create, Map.of())).isEqualTo(202);
        eventually(() -> assertThat(copies(written)).hasSize(1));

        var update = note(anna, written);
        update.put("id", create.get("id") + "#update");
        update.put("type", "Update");
        var changed = new LinkedHashMap<String, Object>(object(update));
        changed.put("content", "<p>" + edited + "</p>");
        changed.put("updated", Instant.now().toString());
        update.put("object", changed);
        assertThat(raw(anna, update, Map.of("spec", "rfc9421"))).isEqualTo(202);
        eventually(() -> assertThat(copies(edited)).hasSize(1));

        var delete = note(anna, written);
        delete.put("id", create.get("id") + "#delete");
        delete.put("type", "Delete");
        delete.put("object", Map.of("id", object(create).get("id"), "type", "Tombstone"));
        assertThat(raw(anna, delete, Map.of())).isEqualTo(202);
        eventually(() -> assertThat(copies(edited)).isEmpty());
        assertThat(copies(written)).isEmpty();
    }

    @Test
    void whoRefusesOneKindOfSignatureGetsTheOther() {
        Person anna = author();
        Person nora = nostrAuthor();
        String ghost = followedBy(anna, nora);

        // Fedify signs with RFC 9421, so that is what it hears first.
        // The ghost's profile may come at the same time: only the note is refused.
        peer.refuse("rfc9421", 401, 1, "knock knock");
        nostr.publish(nora, Words.of("knock knock"));
        eventually(() -> assertThat(fediverse.posts(ghost)).hasSize(1));
        assertThat(arrivalsFrom(ghost))
                .extracting(
                        a -> a.path("sig").asString() + " " + a.path("status").asInt())
                .containsExactly("rfc9421 401", "cavage 202");
    }

    /// Lets somebody on the Fediverse follow somebody on Nostr.
    ///
    /// @return the ghost followed
    private String followedBy(Person follower, Person followed) {
        String ghost = fediverse.ghost(followed).orElseThrow().id();
        peer.follow(follower.name(), ghost);
        eventually(() -> assertThat(peer.following(follower.name())).contains(ghost));
        return ghost;
    }
}
