package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.FakePeer;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.store.EventStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which events our relay takes, and what it answers to those who send them.
class RelaySessionPublishTest extends SessionScene {
    @Test
    void takesAndServesWhatPeopleWhoOptedInSay() {
        Event note = carol.note(now, "hello");

        assertThat(publish(note)).isEqualTo(ok(note, ""));
        assertThat(sink.taken()).extracting(e -> e.body().text()).containsExactly(note.json());
        assertThat(ask("s", Filter.ANY.authors(List.of(carol.key))))
                .containsExactly(new RelayMessage.Sent("s", note), end("s"));
    }

    @Test
    void aPrivateKeyIsServedToNobody() {
        String key = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
        for (Event event : List.of(
                carol.note(now, "mine is " + key),
                carol.note(now, "see", Tag.of("r", "https://site.example/" + key)))) {
            assertThat(publish(event))
                    .isEqualTo(no(event, "blocked: a private key stands in it, which nobody else is to see"));
        }
        assertThat(sink.taken())
                .as("the bridge decides what it hears")
                .extracting(NativeEvent::kind)
                .containsOnly(NativeEvent.Kind.POST);
        assertThat(store.query(Filter.ANY, 9)).isEmpty();
        Event fleeting = carol.event(20_001, now, key);
        assertThat(publish(fleeting))
                .isEqualTo(no(fleeting, "blocked: a private key stands in it, which nobody else is to see"));
    }

    @Test
    void whatEndsSomethingIsHeardAlsoWithAPrivateKeyInItAndKeptByNobody() {
        String key = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
        String secret = "blocked: a private key stands in it, which nobody else is to see";
        Event profile = carol.event(0, now, "{\"about\":\"#nobridge " + key + "\"}");
        Event follows = carol.event(3, now, key);
        Event mutes = carol.event(10_000, now, key, Tag.of("p", ghost.key.hex()));
        for (Event event : List.of(profile, follows, mutes)) {
            assertThat(publish(event)).isEqualTo(no(event, secret));
        }
        assertThat(sink.taken()).extracting(e -> e.body().text()).contains(profile.json(), mutes.json());
        assertThat(store.query(Filter.ANY, 9)).isEmpty();

        Event note = carol.note(now, "hello");
        publish(note);
        sink.taken();
        Event deletion =
                carol.event(5, now, "I said " + key, Tag.of("e", note.id().hex()));
        assertThat(publish(deletion)).isEqualTo(ok(deletion, ""));
        assertThat(sink.taken()).extracting(NativeEvent::kind).containsExactly(NativeEvent.Kind.DELETE);
        assertThat(store.query(Filter.ANY, 9)).as("neither is kept").isEmpty();
        assertThat(publish(note)).isEqualTo(no(note, "blocked: its author deleted it"));
    }

    @Test
    void saysOkAgainForWhatItHasWithoutTellingTheBridgeTwice() {
        Event note = carol.note(now, "hello");
        publish(note);
        sink.taken();

        assertThat(publish(note)).isEqualTo(ok(note, "duplicate: it is here already"));
        assertThat(sink.taken()).isEmpty();
    }

    @Test
    void refusesAWrongId() {
        Event note = carol.note(now, "hello");
        Event changed =
                new Event(note.id(), note.pubkey(), note.createdAt(), note.kind(), note.tags(), "goodbye", note.sig());

        assertThat(publish(changed)).isEqualTo(no(note, "invalid: the id does not match the content"));
        assertThat(sink.taken()).isEmpty();
        assertThat(store.query(Filter.ANY, 1)).isEmpty();
    }

    @Test
    void refusesATamperedEventAlsoIfItKnowsTheId() {
        Event note = carol.note(now, "hello");
        publish(note);
        Event changed =
                new Event(note.id(), note.pubkey(), note.createdAt(), note.kind(), note.tags(), "goodbye", note.sig());

        assertThat(publish(changed)).isEqualTo(no(note, "invalid: the id does not match the content"));
        assertThat(publish(note.unsigned().signed(new byte[64])))
                .isEqualTo(no(note, "invalid: the signature does not match the author"));
    }

    @Test
    void keepsNothingOfPeopleWhoDidNotOptIn() {
        sink.answer = new Receipt.Ignored("the author did not opt in");
        Event toGhost = mallory.note(now, "hi", Tag.of("p", ghost.key.hex()));
        Event toNobody = mallory.note(now, "buy this");
        Event profile = mallory.event(0, now, "{}", Tag.of("p", ghost.key.hex()));
        Event ephemeral = mallory.event(20_001, now, "buy this");

        for (Event event : List.of(toGhost, toNobody, profile, ephemeral)) {
            assertThat(((RelayMessage.Ok) publish(event)).accepted()).isFalse();
            assertThat(((RelayMessage.Ok) publish(event)).message()).startsWith("restricted: ");
        }
        assertThat(store.query(Filter.ANY, 9)).isEmpty();
    }

    @Test
    void takesWhatTheBridgeHasToActOnWithoutStoringIt() {
        Event follow = mallory.event(3, now, "", Tag.of("p", ghost.key.hex()));

        assertThat(publish(follow)).isEqualTo(ok(follow, ""));
        assertThat(sink.taken()).hasSize(1);
        assertThat(store.query(Filter.ANY, 9)).isEmpty();
    }

    @Test
    void tellsStrangersToComeBackWhileTheBridgeIsBusy() {
        sink.answer = new Receipt.Busy(Duration.ofSeconds(7));
        Event follow = mallory.event(3, now, "", Tag.of("p", ghost.key.hex()));

        assertThat(publish(follow)).isEqualTo(no(follow, "error: come back in 7 seconds"));
    }

    @Test
    void followingAndUnfollowingAGhostBothReachTheBridge() {
        Event follow = mallory.event(3, now, "", Tag.of("p", ghost.key.hex()));
        Event unfollow = mallory.event(3, now + 1, "", Tag.of("p", carol.key.hex()));

        assertThat(publish(follow)).isEqualTo(ok(follow, ""));
        assertThat(publish(unfollow)).isEqualTo(ok(unfollow, ""));
        assertThat(sink.taken())
                .extracting(NativeEvent::names)
                .containsExactly(java.util.Set.of(ghost.id()), java.util.Set.of(ghost.id()));
    }

    @Test
    void whoLeftMayTakeBackWhatTheySaidHere() {
        Event hi = mallory.note(now, "hi", Tag.of("p", ghost.key.hex()));
        store.save(hi);
        Event deletion = mallory.event(5, now, "", Tag.of("e", hi.id().hex()));

        assertThat(publish(deletion)).isEqualTo(ok(deletion, ""));
        assertThat(store.save(hi)).isEqualTo(EventStore.Saved.DELETED);
        assertThat(ask("s", Filter.ANY)).containsExactly(new RelayMessage.Sent("s", deletion), end("s"));
    }

    @Test
    void nobodyTakesBackWhatOthersSaid() {
        Event note = carol.note(now, "hello");
        publish(note);
        Event attack = mallory.event(5, now, "", Tag.of("e", note.id().hex()), Tag.of("p", ghost.key.hex()));
        publish(attack);

        assertThat(store.find(note.id())).contains(note);
    }

    @Test
    void forgetsAPersonWhoWantsToVanishFromHere() {
        Event note = carol.note(now, "hello");
        publish(note);
        Event elsewhere = carol.event(62, now, "", Tag.of("relay", "wss://other.example"));
        publish(elsewhere);
        assertThat(store.find(note.id())).contains(note);
        Event here = carol.event(62, now + 1, "", Tag.of("relay", "wss://nostr.bridge.example/"));

        assertThat(publish(here)).isEqualTo(ok(here, ""));
        assertThat(store.find(note.id())).isEmpty();
        assertThat(publish(note)).isEqualTo(no(note, "blocked: its author deleted it"));
        assertThat(sink.taken()).extracting(NativeEvent::kind).contains(NativeEvent.Kind.DELETE_ACCOUNT);
    }

    @Test
    void saysOkOnlyWhenTheBridgeHasIt() {
        sink.answer = new Receipt.Busy(Duration.ofSeconds(7));
        Event note = carol.note(now, "hello");

        assertThat(publish(note)).isEqualTo(no(note, "error: come back in 7 seconds"));
        assertThat(store.find(note.id())).isEmpty();
        sink.answer = new Receipt.Accepted();
        assertThat(publish(note)).isEqualTo(ok(note, ""));
        assertThat(sink.taken()).hasSize(1);
    }

    @Test
    void saysOkOnlyWhenItIsStored() {
        store.broken = true;
        Event note = carol.note(now, "hello");

        assertThat(publish(note)).isEqualTo(no(note, "error: it could not be stored, try again later"));
        assertThat(ask("s", Filter.ANY))
                .containsExactly(new RelayMessage.Closed("s", "error: this relay has a problem, try again later"));
        store.broken = false;
        assertThat(publish(note)).isEqualTo(ok(note, ""));
    }

    @Test
    void waitsForTheEngineToStart() {
        intake.stop();
        Event note = carol.note(now, "hello");

        assertThat(((RelayMessage.Ok) publish(note)).message()).startsWith("error: ");
    }

    @Test
    void refusesEventsOfTheWrongTimeOrSize() {
        Event future = carol.note(now + 901, "x");
        Event expired = carol.note(now, "x", Tag.of("expiration", Long.toString(now)));
        Event long1 = carol.note(now, "x".repeat(64_001));

        assertThat(publish(future)).isEqualTo(no(future, "invalid: created_at is too far in the future"));
        assertThat(publish(expired)).isEqualTo(no(expired, "invalid: it has expired"));
        assertThat(publish(long1)).isEqualTo(no(long1, "invalid: content is longer than 64000"));
        assertThat(sink.taken()).isEmpty();
    }

    @Test
    void keepsReplaceableEventsInTheRightVersion() {
        Event first = carol.event(0, now - 1, "{\"name\":\"a\"}");
        Event second = carol.event(0, now, "{\"name\":\"b\"}");
        publish(second);

        assertThat(publish(first)).isEqualTo(ok(first, "duplicate: a later version is here"));
        assertThat(ask("s", Filter.ANY)).containsExactly(new RelayMessage.Sent("s", second), end("s"));
        assertThat(sink.taken()).hasSize(1);
    }

    @Test
    void keepsKindsThatDoNotCrossForPeopleWhoOptedIn() {
        Event article = carol.event(30_024, now, "# hi", Tag.of("d", "x"));

        assertThat(publish(article)).isEqualTo(ok(article, ""));
        assertThat(sink.taken()).isEmpty();
    }

    @Test
    void answersBadEventsByTheirId() {
        Event note = carol.note(now, "hello");
        String text = new ClientMessage.Publish(note).json().replace("\"tags\":[]", "\"tags\":[[1]]");

        assertThat(say(text)).containsExactly(no(note, "invalid: tags: not a string"));
    }

    @Test
    void surfacesDeepNestingAsARefusalOfTheEvent() {
        Event note = carol.note(now, "hello");
        String text = new ClientMessage.Publish(note).json().replace("\"tags\":[]", "\"tags\":" + "[".repeat(5_000));

        assertThat(say(text)).hasSize(1).first().isInstanceOfSatisfying(RelayMessage.Ok.class, ok -> {
            assertThat(ok.accepted()).isFalse();
            assertThat(ok.message()).startsWith("invalid: ");
        });
    }

    @Test
    void slowsStrangersDownButNotPeopleWhoOptedIn() {
        for (int i = 0; i < RelayLimits.DEFAULT.strangers().burst(); i++) {
            publish(mallory.note(now, "spam " + i, Tag.of("p", ghost.key.hex())));
        }
        Event more = mallory.note(now, "more spam", Tag.of("p", ghost.key.hex()));

        assertThat(publish(more)).isEqualTo(no(more, "rate-limited: slow down"));
        clock.advance(Duration.ofSeconds(1));
        assertThat(publish(more)).isEqualTo(ok(more, ""));

        var fresh = new FakePeer();
        RelaySession carols = open(fresh);
        for (int i = 0; i < 100; i++) {
            carols.text(new ClientMessage.Publish(carol.note(now, "post " + i)).json());
        }
        assertThat(heard(fresh))
                .allSatisfy(m -> assertThat(((RelayMessage.Ok) m).accepted()).isTrue());
    }
}
