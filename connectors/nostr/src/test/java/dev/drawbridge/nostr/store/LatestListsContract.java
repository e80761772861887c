package dev.drawbridge.nostr.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Tag;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class LatestListsContract {
    private final People people = new People();
    private final People.Person carol = people.person("carol");
    private final People.Person ghost = people.person("ghost");
    private final Event early = carol.event(3, 100, "");
    private final Event late = carol.event(3, 200, "");

    abstract LatestLists lists();

    @Test
    void remembersTheLatest() {
        lists().put(late, Set.of(ghost.key));
        lists().put(early, Set.of());

        var latest = lists().find(3, carol.key).orElseThrow();
        assertThat(latest).isEqualTo(new LatestLists.Latest(late.id(), 200, Set.of(ghost.key), Set.of()));
        assertThat(latest.outdates(early)).isTrue();
        assertThat(latest.outdates(late)).isTrue();
        assertThat(latest.outdates(carol.event(3, 201, ""))).isFalse();
        assertThat(lists().find(0, carol.key)).isEmpty();
        assertThat(lists().find(3, ghost.key)).isEmpty();
    }

    @Test
    void remembersWhatAListPutsFirst() {
        Event pins = carol.event(
                10_001,
                100,
                "",
                Tag.of("e", early.id().hex()),
                Tag.of("e", late.id().hex()));
        lists().put(pins, Set.of());
        lists().put(carol.event(3, 100, "", Tag.of("e", late.id().hex())), Set.of());

        assertThat(lists().find(10_001, carol.key).orElseThrow().posts())
                .containsExactlyInAnyOrder(early.id(), late.id());
        assertThat(lists().find(3, carol.key).orElseThrow().posts()).isEmpty();
        lists().put(carol.event(10_001, 200, ""), Set.of());
        assertThat(lists().find(10_001, carol.key).orElseThrow().posts()).isEmpty();
    }

    @Test
    void knowsWhoNamesUs() {
        lists().put(early, Set.of(ghost.key));
        lists().put(ghost.event(3, 1, ""), Set.of());
        lists().put(people.person("dave").event(0, 1, ""), Set.of(ghost.key));

        assertThat(lists().authorsNamingUs(3, 10)).containsExactly(carol.key);
        lists().put(late, Set.of());
        assertThat(lists().authorsNamingUs(3, 10)).isEmpty();
    }
}
