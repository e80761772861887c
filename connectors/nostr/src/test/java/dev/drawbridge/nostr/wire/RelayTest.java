package dev.drawbridge.nostr.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.nostr.FakeSockets;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayTest extends RelayScene {
    @Test
    void tellsWhenItIsConnectedAndConnectsOnce() {
        sockets.silent(URL);
        relay.start();
        relay.start();
        timer.run();

        assertThat(log).containsExactly("opened");
        assertThat(sockets.attempts).isEqualTo(1);
        assertThat(relay.isOpen()).isTrue();
        assertThat(relay.trouble()).isEmpty();
    }

    @Test
    void carriesASubscription() {
        connect();
        assertThat(relay.subscribe("s", List.of(Filter.ANY), subscriber)).isTrue();
        say(new RelayMessage.Sent("s", note));
        say(new RelayMessage.Sent("other", note));
        say(new RelayMessage.EndOfStored("s", true));
        relay.unsubscribe("s");
        say(new RelayMessage.Sent("s", note));

        assertThat(log).containsExactly("hi", "end, complete");
        assertThat(sockets.line(URL).asked()).containsExactly("[\"REQ\",\"s\",{}]", "[\"CLOSE\",\"s\"]");
    }

    @Test
    void tellsASubscriberWhyItWasClosed() {
        connect();
        relay.subscribe("s", List.of(Filter.ANY), subscriber);
        say(new RelayMessage.Closed("s", "restricted: no"));

        assertThat(log).containsExactly("closed: restricted: no");
    }

    @Test
    void comesBackLaterAndLaterAfterFailures() {
        relay.start();
        timer.run();
        assertThat(sockets.attempts).isEqualTo(1);
        assertThat(relay.trouble().orElseThrow()).contains("UNREACHABLE");
        timer.run(Duration.ofMillis(400));
        assertThat(sockets.attempts).isEqualTo(1);
        timer.run(Duration.ofMillis(600));
        assertThat(sockets.attempts).isEqualTo(2);
        timer.run(Duration.ofHours(1));
        int slow = sockets.attempts;
        timer.run(Duration.ofMinutes(10));
        assertThat(sockets.attempts - slow).isBetween(2, 4);
    }

    @Test
    void tellsEverybodyWhenTheConnectionBreaksAndComesBack() {
        connect();
        relay.subscribe("s", List.of(Filter.ANY), subscriber);
        CompletableFuture<PublishAnswer> answer = relay.publish(note, PATIENCE);
        sockets.line(URL).cut();

        assertThat(log).containsExactly("closed: closed the connection (1006)");
        assertThat(answer).isCompletedWithValueMatching(a -> a instanceof PublishAnswer.None);
        assertThat(relay.subscribe("t", List.of(Filter.ANY), subscriber)).isFalse();
        timer.run(Duration.ofSeconds(1));
        assertThat(relay.isOpen()).isTrue();
        assertThat(log).last().isEqualTo("opened");
    }

    @Test
    void noticesThatNobodyAnswersAnyMore() {
        connect();
        timer.run(Duration.ofSeconds(55));
        assertThat(sockets.line(URL).asked()).hasSize(2).first().asString().startsWith("[\"REQ\",\"alive\"");
        say(new RelayMessage.EndOfStored("alive", false));
        timer.run(Duration.ofSeconds(55));
        assertThat(relay.isOpen()).isTrue();
        timer.run(Duration.ofSeconds(55));

        assertThat(relay.isOpen()).isFalse();
        assertThat(relay.trouble()).contains("does not answer any more");
    }

    @Test
    void hearsNothingFromAConnectionThatIsOver() {
        connect();
        FakeSockets.Line old = sockets.line(URL);
        relay.subscribe("s", List.of(Filter.ANY), subscriber);
        relay.pause(Duration.ofSeconds(3), "busy");
        log.clear();
        old.say(new RelayMessage.Sent("s", note).json());

        assertThat(log).isEmpty();
        assertThat(relay.trouble()).contains("busy");
        timer.run(Duration.ofMillis(2_999));
        assertThat(relay.isOpen()).isFalse();
        timer.run(Duration.ofMillis(1));
        assertThat(relay.isOpen()).isTrue();
    }

    @Test
    void staysStoppedOnceStopped() {
        connect();
        relay.stop();
        relay.stop();
        timer.run(Duration.ofHours(1));

        assertThat(sockets.attempts).isEqualTo(1);
        assertThat(sockets.connected(URL)).isFalse();
        assertThat(relay.trouble()).isEmpty();
    }

    @Test
    void closesAConnectionThatComesTooLate() {
        sockets.silent(URL);
        relay.start();
        relay.stop();
        timer.run();

        assertThat(sockets.attempts).isZero();
    }

    @Test
    void survivesWhatItCannotRead() {
        connect();
        relay.subscribe("s", List.of(Filter.ANY), subscriber);
        sockets.line(URL).say("nonsense");
        sockets.line(URL).say("[\"NOTICE\",\"hello\"]");
        sockets.line(URL).say("[\"AUTH\",\"challenge\"]");
        sockets.line(URL).say("[\"OK\",\"unknown\",true,\"\"]");
        say(new RelayMessage.Sent("s", note));

        assertThat(log).containsExactly("hi");
    }

    @Test
    void connectsToPublish() {
        sockets.silent(URL);
        CompletableFuture<PublishAnswer> answer = relay.publish(note, PATIENCE);
        timer.run();
        assertThat(sockets.line(URL).asked()).containsExactly(new ClientMessage.Publish(note).json());
        assertThat(answer).isNotDone();
        say(new RelayMessage.Ok(note.id().hex(), true, ""));

        assertThat(answer).isCompletedWithValue(new PublishAnswer.Said(true, ""));
        assertThat(relay.idle()).isTrue();
    }

    @Test
    void sendsAnEventOnceThatTwoWantPublished() {
        connect();
        CompletableFuture<PublishAnswer> first = relay.publish(note, PATIENCE);
        CompletableFuture<PublishAnswer> second = relay.publish(note, PATIENCE);
        assertThat(sockets.line(URL).asked()).hasSize(1);
        say(new RelayMessage.Ok(note.id().hex(), true, ""));

        assertThat(first).isCompletedWithValue(new PublishAnswer.Said(true, ""));
        assertThat(second).isCompletedWithValue(new PublishAnswer.Said(true, ""));
    }

    @Test
    void doesNotWaitForAnAnswerForEver() {
        connect();
        CompletableFuture<PublishAnswer> answer = relay.publish(note, PATIENCE);
        timer.run(PATIENCE);

        assertThat(answer).isCompletedWithValue(new PublishAnswer.None("no answer in 15 s", true));
        assertThat(relay.idle()).isTrue();
    }

    @Test
    void doesNotPublishWhereNobodyIs() {
        CompletableFuture<PublishAnswer> answer = relay.publish(note, PATIENCE);
        timer.run();
        assertThat(answer.join()).isInstanceOf(PublishAnswer.None.class);
        CompletableFuture<PublishAnswer> next = relay.publish(note, PATIENCE);

        assertThat(next).isCompletedWithValueMatching(a -> a instanceof PublishAnswer.None);
        assertThat(sockets.attempts).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        true  |                                  | Delivered
        true  | duplicate: have it               | Delivered
        false | duplicate: have it               | Delivered
        false | replaced: have newer event       | Delivered
        false | blocked: you are banned          | Refused
        false | invalid: bad event id            | Refused
        false | restricted: not for you          | Refused
        false | pow: 25 bits needed              | Refused
        false | auth-required: who are you       | Refused
        false | deleted: user requested deletion | Refused
        false | no colon at all                  | Refused
        false |                                  | Refused
        false | rate-limited: slow down          | Retry
        false | error: could not connect         | Retry
        """)
    void readsWhatARelaySaysAboutAnEvent(boolean accepted, String message, String outcome) {
        DeliveryOutcome made = new PublishAnswer.Said(accepted, message == null ? "" : message).outcome();

        assertThat(made.getClass().getSimpleName()).isEqualTo(outcome);
    }

    @Test
    void silenceIsWorthAnotherTry() {
        assertThat(new PublishAnswer.None("no answer in 15 s", true).outcome())
                .isEqualTo(new DeliveryOutcome.Retry(Optional.empty(), "no answer in 15 s"));
    }

    @Test
    void aQuestionIsAnsweredOnce() {
        connect();
        var query = new Query(relay, Filter.ANY, timer).run(Duration.ofSeconds(5));
        String name = sockets.line(URL).asked().getFirst().split("\"")[3];
        say(new RelayMessage.Sent(name, note));
        assertThat(query).isNotDone();
        say(new RelayMessage.EndOfStored(name, false));

        assertThat(query).isCompletedWithValue(List.of(note));
        assertThat(sockets.line(URL).asked()).containsExactly("[\"CLOSE\",\"" + name + "\"]");
    }

    @Test
    void aQuestionThatNobodyAnswersEnds() {
        connect();
        var query = new Query(relay, Filter.ANY, timer).run(Duration.ofSeconds(5));
        timer.run(Duration.ofSeconds(5));
        assertThat(query).isCompletedWithValue(List.of());

        var broken = new Query(relay, Filter.ANY, timer).run(Duration.ofSeconds(5));
        sockets.line(URL).cut();
        assertThat(broken).isCompletedWithValue(List.of());
        assertThat(new Query(relay, Filter.ANY, timer).run(Duration.ofSeconds(5)))
                .isCompletedWithValue(List.of());
    }
}
