package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.FakePeer;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What our relay sends to those who ask, and what it answers to messages it cannot serve.
class RelaySessionRequestTest extends SessionScene {
    @Test
    void doesNotServeWhatExpiredMeanwhile() {
        publish(carol.note(now, "x", Tag.of("expiration", Long.toString(now + 60))));
        assertThat(ask("s", Filter.ANY)).hasSize(2);

        clock.advance(Duration.ofSeconds(60));
        assertThat(ask("s", Filter.ANY)).containsExactly(end("s"));
    }

    @Test
    void passesNewEventsOnToThoseWhoAskedForTheirLike() {
        var other = new FakePeer();
        RelaySession listener = open(other);
        listener.text(new ClientMessage.Request(
                        "mentions", List.of(Filter.ANY.kinds(List.of(1)).tag('p', List.of(ghost.key.hex()))))
                .json());
        assertThat(heard(other)).containsExactly(end("mentions"));
        Event aimed = carol.note(now, "hi", Tag.of("p", ghost.key.hex()));
        publish(aimed);
        publish(carol.note(now, "to nobody"));
        publish(carol.event(7, now, "+", Tag.of("p", ghost.key.hex())));

        assertThat(heard(other)).containsExactly(new RelayMessage.Sent("mentions", aimed));
        listener.text(new ClientMessage.Close("mentions").json());
        publish(carol.note(now, "again", Tag.of("p", ghost.key.hex())));
        assertThat(heard(other)).isEmpty();
    }

    @Test
    void hearsNothingAfterItWasClosed() {
        ask("s", Filter.ANY);
        session.closed(1000, "");
        hub.published(carol.note(now, "hello"));

        assertThat(peer.heard()).isEmpty();
        assertThat(hub.size()).isZero();
    }

    @Test
    void aSecondRequestOfTheSameNameTakesThePlaceOfTheFirst() {
        ask("s", Filter.ANY.kinds(List.of(1)));
        ask("s", Filter.ANY.kinds(List.of(7)));
        publish(carol.note(now, "hello"));

        assertThat(peer.heard()).isEmpty();
    }

    @Test
    void sendsStoredEventsOnceAndNewestFirst() {
        Event old = carol.note(now - 10, "old");
        Event young = carol.note(now, "young");
        publish(old);
        publish(young);

        assertThat(ask("s", Filter.ANY.kinds(List.of(1)), Filter.ANY.authors(List.of(carol.key))))
                .containsExactly(new RelayMessage.Sent("s", young), new RelayMessage.Sent("s", old), end("s"));
        assertThat(ask("t", Filter.ANY.limit(1))).containsExactly(new RelayMessage.Sent("t", young), end("t"));
    }

    @Test
    void saysWhenALimitHeldSomethingBack() {
        for (int i = 0; i < RelayLimits.DEFAULT.events() + 1; i++) {
            store.save(carol.note(now - i, "x"));
        }

        List<RelayMessage> answer = ask("s", Filter.ANY);
        assertThat(answer).hasSize(RelayLimits.DEFAULT.events() + 1);
        assertThat(answer.getLast()).isEqualTo(new RelayMessage.EndOfStored("s", false));
    }

    @Test
    void aLimitOfZeroAsksForNothingThatIsStored() {
        publish(carol.note(now, "stored"));
        Event live = carol.note(now, "live");

        assertThat(ask("s", Filter.ANY.limit(0))).containsExactly(end("s"));
        assertThat(say(new ClientMessage.Publish(live).json())).contains(new RelayMessage.Sent("s", live));
    }

    @Test
    void passesEphemeralEventsOnWithoutKeepingThem() {
        ask("s", Filter.ANY);
        Event typing = carol.event(20_001, now, "typing");

        assertThat(say(new ClientMessage.Publish(typing).json()))
                .containsExactly(new RelayMessage.Sent("s", typing), ok(typing, ""));
        assertThat(store.find(typing.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{}",
                "[]",
                "[\"AUTH\",{}]",
                "[\"EVENT\"]",
                "[\"EVENT\",{}]",
                "[\"CLOSE\"]",
                "[[[[[[[[[[[[[[[[[[[["
            })
    void answersWhatItCannotReadWithANotice(String text) {
        assertThat(say(text)).hasSize(1).first().isInstanceOf(RelayMessage.Notice.class);
    }

    @Test
    void closesRequestsItCannotServe() {
        assertThat(say("[\"REQ\",\"s\",{\"ids\":[\"abc\"]}]"))
                .containsExactly(
                        new RelayMessage.Closed("s", "invalid: ids: not 64 characters of lower-case hexadecimal"));
        assertThat(say("[\"REQ\",\"s\",{\"lookup\":\"x\"}]"))
                .containsExactly(new RelayMessage.Closed("s", "unsupported: filter: unknown element lookup"));
        assertThat(say("[\"REQ\",\"s\"" + ",{}".repeat(1_000) + "]"))
                .containsExactly(new RelayMessage.Closed("s", "invalid: filter: more than 20"));
        assertThat(say("[\"REQ\",\"" + "s".repeat(65) + "\",{}]")).first().isInstanceOf(RelayMessage.Closed.class);
    }

    @Test
    void closesSubscriptionsBeyondTheLimit() {
        for (int i = 0; i < RelayLimits.DEFAULT.subscriptions(); i++) {
            ask("s" + i, Filter.ANY.limit(0));
        }

        assertThat(ask("more", Filter.ANY))
                .containsExactly(new RelayMessage.Closed("more", "rate-limited: more than 40 subscriptions"));
        assertThat(ask("s0", Filter.ANY)).containsExactly(end("s0"));
    }

    @Test
    void endsTheConnectionOfASlowReader() {
        ask("s", Filter.ANY);
        peer.pending = RelayLimits.DEFAULT.pending() + 1;
        hub.published(carol.note(now, "hello"));

        assertThat(peer.closedWith).isEqualTo(1013);
        assertThat(peer.heard()).isEmpty();
        assertThat(hub.size()).isZero();
    }

    @Test
    void answersBinaryMessages() {
        session.binary(new byte[] {1});

        assertThat(heard(peer)).containsExactly(new RelayMessage.Notice("invalid: messages are text"));
    }

    @Test
    void neitherMissesNorRepeatsWhatArrivesWhileItReadsTheStore() {
        Event stored = carol.note(now, "stored");
        store.save(stored);
        Event meanwhile = carol.note(now, "meanwhile");
        store.whileReading = () -> {
            hub.published(stored);
            hub.published(meanwhile);
        };

        assertThat(ask("s", Filter.ANY))
                .containsExactly(new RelayMessage.Sent("s", stored), end("s"), new RelayMessage.Sent("s", meanwhile));
    }
}
