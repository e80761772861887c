package dev.drawbridge.nostr.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.RelayUrl;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

abstract class PlacementsContract {
    private static final RelayUrl ONE = RelayUrl.tryParse("wss://one.example").orElseThrow();
    private static final RelayUrl TWO = RelayUrl.tryParse("wss://two.example").orElseThrow();

    private final People people = new People();
    private final People.Person ghost = people.person("ghost");
    private final Event note = ghost.note(100, "hi");
    private final Event other = ghost.note(200, "ho");

    abstract Placements placements();

    @Test
    void remembersWhoHasWhat() {
        placements().sent(note, ONE);
        placements().accepted(note, TWO);
        placements().accepted(people.person("another").note(1, "x"), ONE);

        assertThat(placements().find(note.id(), ONE)).contains(Placements.State.SENT);
        assertThat(placements().find(note.id(), TWO)).contains(Placements.State.ACCEPTED);
        assertThat(placements().find(other.id(), ONE)).isEmpty();
        assertThat(placements().relaysOf(note.id())).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(placements().relaysOf(other.id())).isEmpty();
        assertThat(placements().relaysOf(ghost.key)).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void whatIsKnownIsNotForgottenByTryingAgain() {
        placements().accepted(note, ONE);
        placements().sent(note, ONE);
        placements().due(note, ONE);

        assertThat(placements().find(note.id(), ONE)).contains(Placements.State.ACCEPTED);
        assertThat(placements().due(ONE, 10)).isEmpty();
    }

    @Test
    void whatIsDueIsNowhereYet() {
        placements().due(note, ONE);
        placements().due(other, ONE);
        placements().due(note, TWO);

        assertThat(placements().relaysOf(ghost.key)).isEmpty();
        assertThat(placements().due(ONE, 10))
                .isEqualTo(Stream.of(note, other).map(Event::id).sorted().toList());
        assertThat(placements().due(ONE, 1)).hasSize(1);
    }

    @Test
    void whatIsDueStaysDueUntilItIsAnswered() {
        placements().due(note, ONE);
        placements().sent(note, ONE);
        assertThat(placements().due(ONE, 10)).containsExactly(note.id());
        assertThat(placements().relaysOf(note.id())).containsExactly(ONE);

        placements().notSent(note.id(), ONE);
        assertThat(placements().due(ONE, 10)).containsExactly(note.id());
        assertThat(placements().relaysOf(note.id())).isEmpty();
        placements().accepted(note, ONE);
        assertThat(placements().due(ONE, 10)).isEmpty();
        placements().due(note, ONE);
        placements().notSent(note.id(), ONE);
        assertThat(placements().find(note.id(), ONE)).contains(Placements.State.ACCEPTED);
        assertThat(placements().due(ONE, 10)).isEmpty();
    }

    @Test
    void whatDidNotLeaveUsIsNowhere() {
        placements().sent(note, ONE);
        placements().notSent(note.id(), ONE);

        assertThat(placements().find(note.id(), ONE)).isEmpty();
    }

    @Test
    void forgetsOneOrAllOfAnAuthorAtOneRelay() {
        List.of(ONE, TWO).forEach(relay -> {
            placements().accepted(note, relay);
            placements().accepted(other, relay);
        });
        placements().remove(note.id(), ONE);
        assertThat(placements().relaysOf(note.id())).containsExactly(TWO);
        assertThat(placements().relaysOf(other.id())).containsExactlyInAnyOrder(ONE, TWO);

        placements().removeAll(ghost.key, ONE);
        assertThat(placements().relaysOf(ghost.key)).containsExactly(TWO);
        placements().removeAll(people.person("another").key, TWO);
        assertThat(placements().relaysOf(ghost.key)).containsExactly(TWO);
    }
}
