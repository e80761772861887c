package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.drawbridge.nostr.FakeWatchlist;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.store.RelayRules.About;
import dev.drawbridge.nostr.store.RelayRules.Rule;
import dev.drawbridge.nostr.wire.Intake;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What our relay keeps of people, and what it does not once they left.
class DeparturesTest extends SessionScene {
    private final Event note = carol.note(now, "hello");
    private final Event bridged = ghost.note(now, "of a ghost");

    private List<Event> kept() {
        return store.query(Filter.ANY, 100);
    }

    private Departures afterARestart() {
        return new Departures(intake, stores, clock);
    }

    @Test
    void whoLeavesTakesAlongWhatWasKeptOfThem() {
        Event gone = carol.note(now, "gone");
        Event deletion = carol.event(5, now, "", Tag.of("e", gone.id().hex()));
        store.save(bridged);
        List.of(note, gone, carol.event(0, now, "{}"), deletion).forEach(this::publish);

        departures.look();
        assertThat(kept()).contains(note);
        watchlist.people.remove(carol.id());
        departures.look();

        assertThat(kept()).containsExactlyInAnyOrder(bridged, deletion);
        assertThat(stores.keptAuthors().all()).isEmpty();
    }

    @Test
    void whoComesBackIsKeptAgainAndMayLeaveAgain() {
        publish(note);
        watchlist.people.remove(carol.id());
        departures.look();
        watchlist.people.add(carol.id());

        assertThat(publish(note)).isEqualTo(ok(note, ""));
        departures.look();
        assertThat(kept()).containsExactly(note);
        watchlist.people.remove(carol.id());
        departures.look();
        assertThat(kept()).isEmpty();
    }

    @Test
    void whoLeftWhileNobodyLookedIsGoneAfterARestart() {
        publish(note);
        watchlist.people.remove(carol.id());
        clock.advance(Duration.ofSeconds(1));

        afterARestart().look();

        assertThat(kept()).isEmpty();
    }

    @Test
    void whoIsStillHereAfterARestartLosesNothingAndMayLeaveLater() {
        publish(note);
        clock.advance(Duration.ofSeconds(1));
        Departures again = afterARestart();

        again.look();
        assertThat(kept()).containsExactly(note);
        watchlist.people.remove(carol.id());
        again.look();
        assertThat(kept()).isEmpty();
    }

    @Test
    void anInstanceThatHasNotHeardOfSomebodyTakesNothingAway() {
        var unaware = new Intake(new FakeWatchlist(), stores.lists(), clock);
        var other = new Departures(unaware, stores, clock);
        clock.advance(Duration.ofSeconds(1));
        publish(note);

        other.look();

        assertThat(kept()).containsExactly(note);
    }

    @Test
    void whomTheOperatorAllowsStays() {
        publish(note);
        rules.put(new Rule(About.ALLOWED_KEY, carol.key.hex(), ""));
        watchlist.people.remove(carol.id());

        departures.look();
        assertThat(kept()).containsExactly(note);
        rules.remove(About.ALLOWED_KEY, carol.key.hex());
        departures.look();
        assertThat(kept()).isEmpty();
    }

    @Test
    void aStoreThatIsDownIsAskedAgain() {
        publish(note);
        watchlist.people.remove(carol.id());
        store.broken = true;
        assertThatIllegalStateException().isThrownBy(departures::look);
        store.broken = false;

        departures.look();

        assertThat(kept()).isEmpty();
    }
}
