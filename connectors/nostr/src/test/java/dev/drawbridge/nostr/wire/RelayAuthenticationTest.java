package dev.drawbridge.nostr.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Who we are to a relay that asks, and what becomes of one that does not answer.
class RelayAuthenticationTest extends RelayScene {
    /// The proof that was sent, as the relay sees it.
    private String proof() {
        List<String> asked = sockets.line(URL).asked();
        String auth = asked.stream()
                .filter(t -> t.startsWith("[\"AUTH\","))
                .findFirst()
                .orElseThrow();
        return auth.replaceAll(".*\"id\":\"([0-9a-f]{64})\".*", "$1");
    }

    @Test
    void saysWhoTheBridgeIsWhereItIsAsked() {
        connect();
        say(new RelayMessage.Challenge("c1"));

        String asked = sockets.line(URL).asked().getFirst();
        assertThat(asked).startsWith("[\"AUTH\",{").contains("[\"challenge\",\"c1\"]", "[\"relay\",\"" + URL + "\"]");
        assertThat(asked)
                .contains(people.person("bot").key.hex())
                .doesNotContain(note.pubkey().hex());
        say(new RelayMessage.Challenge("nobody"));
        assertThat(sockets.line(URL).asked()).isEmpty();
    }

    @Test
    void publishesAgainOnceTheRelayKnowsWhoWeAre() {
        connect();
        say(new RelayMessage.Challenge("c1"));
        String proof = proof();
        CompletableFuture<PublishAnswer> answer = relay.publish(note, PATIENCE);
        sockets.line(URL).asked();
        say(new RelayMessage.Ok(note.id().hex(), false, "auth-required: who are you"));
        assertThat(answer).isNotDone();
        assertThat(sockets.line(URL).asked()).isEmpty();

        say(new RelayMessage.Ok(proof, true, ""));
        assertThat(sockets.line(URL).asked()).containsExactly(new ClientMessage.Publish(note).json());
        say(new RelayMessage.Ok(note.id().hex(), true, ""));
        assertThat(answer).isCompletedWithValue(new PublishAnswer.Said(true, ""));
    }

    @Test
    void triesOnceAndNotForEver() {
        connect();
        say(new RelayMessage.Challenge("c1"));
        String proof = proof();
        CompletableFuture<PublishAnswer> answer = relay.publish(note, PATIENCE);
        say(new RelayMessage.Ok(note.id().hex(), false, "auth-required: who are you"));
        say(new RelayMessage.Ok(proof, true, ""));
        say(new RelayMessage.Ok(note.id().hex(), false, "auth-required: members only"));

        assertThat(answer).isCompletedWithValue(new PublishAnswer.Said(false, "auth-required: members only"));
    }

    @Test
    void whatARelayThatDoesNotBelieveUsRefusedStaysRefused() {
        connect();
        say(new RelayMessage.Challenge("c1"));
        String proof = proof();
        CompletableFuture<PublishAnswer> answer = relay.publish(note, PATIENCE);
        say(new RelayMessage.Ok(note.id().hex(), false, "auth-required: who are you"));
        say(new RelayMessage.Ok(proof, false, "restricted: not you"));

        assertThat(answer.join()).isEqualTo(new PublishAnswer.Said(false, "auth-required: restricted: not you"));
    }

    @Test
    void asksAgainForWhatWasRefusedBefore() {
        connect();
        relay.onAuthenticated(() -> log.add("known"));
        relay.subscribe("s", List.of(Filter.ANY), subscriber);
        say(new RelayMessage.Challenge("c1"));
        say(new RelayMessage.Closed("s", "auth-required: who are you"));
        say(new RelayMessage.Ok(proof(), true, ""));
        assertThat(log).containsExactly("closed: auth-required: who are you", "known");

        say(new RelayMessage.Challenge("c2"));
        say(new RelayMessage.Ok(proof(), true, ""));
        assertThat(log).hasSize(2);
    }

    @Test
    void leavesARelayAloneThatDoesNotAnswer() {
        connect();
        List<CompletableFuture<PublishAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(relay.publish(people.person("alice").note(i, "hi"), PATIENCE));
        }
        timer.run(PATIENCE);

        assertThat(answers)
                .allSatisfy(
                        a -> assertThat(((PublishAnswer.None) a.join()).sent()).isTrue());
        assertThat(relay.isOpen()).isFalse();
        assertThat(relay.publish(note, PATIENCE).join())
                .isEqualTo(new PublishAnswer.None("not connected: does not answer", false));
    }

    @Test
    void aRelayThatAnswersNowAndThenIsKept() {
        connect();
        for (int i = 0; i < 5; i++) {
            Event event = people.person("alice").note(i, "hi");
            relay.publish(event, PATIENCE);
            relay.publish(note, PATIENCE);
            say(new RelayMessage.Ok(event.id().hex(), true, ""));
            timer.run(PATIENCE);
        }

        assertThat(relay.isOpen()).isTrue();
    }
}
