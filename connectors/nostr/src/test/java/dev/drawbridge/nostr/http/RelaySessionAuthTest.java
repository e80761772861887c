package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.FakePeer;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who a client proves to be (NIP-42), and what that is needed for: protected events (NIP-70) and private messages.
class RelaySessionAuthTest extends SessionScene {
    private static final String HERE = "wss://nostr.bridge.example/";
    private static final String PROTECTED = "it is protected (NIP-70), only its author may publish it";
    private static final String PRIVATE = "auth-required: private messages are for those they name";

    private String challenge() {
        List<RelayMessage> answer = ask("c", Filter.ANY.kinds(List.of(1059)));
        assertThat(answer.getLast()).isEqualTo(new RelayMessage.Closed("c", PRIVATE));
        return ((RelayMessage.Challenge) answer.getFirst()).challenge();
    }

    private Event proof(People.Person by, long at, String relay, String challenge) {
        return by.event(22242, at, "", Tag.of("relay", relay), Tag.of("challenge", challenge));
    }

    private List<RelayMessage> prove(Event event) {
        return say(new ClientMessage.Authenticate(event).json());
    }

    private void prove(People.Person by) {
        Event proof = proof(by, now, HERE, challenge());
        assertThat(prove(proof)).containsExactly(ok(proof, ""));
    }

    @Test
    void asksOnlyWhenItMatters() {
        assertThat(ask("s", Filter.ANY)).containsExactly(end("s"));
        Event guarded = carol.note(now, "x", Tag.of("-"));
        session.text(new ClientMessage.Publish(guarded).json());

        List<RelayMessage> answers = heard(peer);
        assertThat(answers.getFirst()).isInstanceOf(RelayMessage.Challenge.class);
        assertThat(answers.getLast()).isEqualTo(no(guarded, "auth-required: " + PROTECTED));
        assertThat(answers).hasSize(2);
        assertThat(store.find(guarded.id())).isEmpty();
    }

    @Test
    void takesProtectedEventsFromTheirAuthorsOnly() {
        Event guarded = carol.note(now, "x", Tag.of("-"));
        prove(mallory);
        assertThat(publish(guarded)).isEqualTo(no(guarded, "restricted: " + PROTECTED));

        prove(carol);
        assertThat(publish(guarded)).isEqualTo(ok(guarded, ""));
        assertThat(store.find(guarded.id())).contains(guarded);
    }

    @Test
    void refusesRepostsThatHoldAProtectedEvent() {
        Event guarded = mallory.note(now, "x", Tag.of("-"));
        Event repost =
                carol.event(6, now, guarded.json(), Tag.of("e", guarded.id().hex()));
        Event bare = carol.event(6, now, "", Tag.of("e", guarded.id().hex()));

        assertThat(publish(repost)).isEqualTo(no(repost, "blocked: it holds an event that is protected (NIP-70)"));
        assertThat(publish(bare)).isEqualTo(ok(bare, ""));
    }

    @Test
    void refusesProofsThatProveNothing() {
        String challenge = challenge();
        Event old = proof(carol, now - 601, HERE, challenge);
        Event early = proof(carol, now + 601, HERE, challenge);
        Event elsewhere = proof(carol, now, "wss://other.example", challenge);
        Event another = proof(carol, now, HERE, "00".repeat(16));
        Event kind = carol.event(1, now, "", Tag.of("relay", HERE), Tag.of("challenge", challenge));
        Event forged = proof(carol, now, HERE, challenge).unsigned().signed(new byte[64]);

        assertThat(prove(old)).containsExactly(no(old, "invalid: created_at is more than 10 minutes from now"));
        assertThat(prove(early)).containsExactly(no(early, "invalid: created_at is more than 10 minutes from now"));
        assertThat(prove(elsewhere)).containsExactly(no(elsewhere, "invalid: the relay tag is not " + HERE));
        assertThat(prove(another)).containsExactly(no(another, "invalid: not the challenge of this connection"));
        assertThat(prove(kind)).containsExactly(no(kind, "invalid: not of kind 22242"));
        assertThat(prove(forged)).containsExactly(no(forged, "invalid: the signature does not match the author"));
        Event guarded = carol.note(now, "x", Tag.of("-"));
        assertThat(publish(guarded)).isEqualTo(no(guarded, "auth-required: " + PROTECTED));
    }

    @Test
    void aChallengeIsGoodForOneConnection() {
        String mine = challenge();
        var other = new FakePeer();
        RelaySession another = open(other);
        another.text(new ClientMessage.Authenticate(proof(carol, now, HERE, mine)).json());

        assertThat(((RelayMessage.Ok) heard(other).getFirst()).accepted()).isFalse();
    }

    @Test
    void aProofIsNoEventToPublish() {
        Event proof = proof(carol, now, HERE, challenge());

        assertThat(publish(proof)).isEqualTo(no(proof, "invalid: kind 22242 belongs into an AUTH message"));
    }

    @Test
    void givesPrivateMessagesToThoseTheyName() {
        Event wrap = mallory.event(1059, now, "secret", Tag.of("p", carol.key.hex()));
        Event note = carol.note(now - 1, "open");
        List.of(wrap, note).forEach(store::save);
        Filter toCarol = Filter.ANY.kinds(List.of(1059)).tag('p', List.of(carol.key.hex()));

        assertThat(ask("all", Filter.ANY)).containsExactly(new RelayMessage.Sent("all", note), end("all"));
        assertThat(ask("s", toCarol)).last().isEqualTo(new RelayMessage.Closed("s", PRIVATE));
        assertThat(say("[\"COUNT\",\"s\"," + toCarol.json() + "]"))
                .last()
                .isEqualTo(new RelayMessage.Closed("s", PRIVATE));
        prove(ghost);
        assertThat(ask("s", toCarol)).last().isEqualTo(new RelayMessage.Closed("s", PRIVATE));
        prove(carol);
        assertThat(ask("s", toCarol)).containsExactly(new RelayMessage.Sent("s", wrap), end("s"));
        assertThat(say("[\"COUNT\",\"s\"," + toCarol.json() + "]"))
                .containsExactly(new RelayMessage.Counted("s", 1, false));
        assertThat(ask("all", Filter.ANY)).hasSize(3);
    }

    @Test
    void livePrivateMessagesGoToThoseTheyNameOnly() {
        ask("all", Filter.ANY);
        Event first = mallory.event(1059, now, "secret", Tag.of("p", carol.key.hex()));
        hub.published(first);
        assertThat(heard(peer)).isEmpty();

        prove(carol);
        Event second = mallory.event(1059, now, "more", Tag.of("p", carol.key.hex()));
        hub.published(second);
        assertThat(heard(peer)).containsExactly(new RelayMessage.Sent("all", second));
    }
}
