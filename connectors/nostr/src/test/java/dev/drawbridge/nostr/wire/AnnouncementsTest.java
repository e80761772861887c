package dev.drawbridge.nostr.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.InMemoryEventStore;
import dev.drawbridge.nostr.store.Placements.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnnouncementsTest extends PoolScene {
    private final Answers index = new Answers(true, "");
    private final EventStore store = new InMemoryEventStore();
    private final Announcements announcements = announcements();
    private final Event profile = carol.event(0, now, "{}");
    private final Event list = carol.event(10_002, now, "");

    private Announcements announcements() {
        return new Announcements(List.of(THEIRS), store, placements, publisher, world.timer);
    }

    @BeforeEach
    void serve() {
        sockets.serve(THEIRS.value(), index::open);
        store.save(profile);
        store.save(list);
    }

    @Test
    void profilesAndRelayListsAreToldOnceAndNothingElse() {
        Event note = carol.note(now, "hi");
        store.save(note);
        announcements.announce(List.of(profile, note, list));
        world.timer.run();
        announcements.announce(List.of(profile, note, list));
        world.timer.run();

        assertThat(index.heard).containsExactlyInAnyOrder(profile, list);
        assertThat(placements.find(profile.id(), THEIRS)).contains(State.ACCEPTED);
    }

    @Test
    void whatCouldNotBeToldIsToldLaterAlsoAfterARestart() {
        sockets.remove(THEIRS.value());
        announcements.announce(List.of(profile));
        world.timer.run();
        sockets.serve(THEIRS.value(), index::open);
        world.timer.run(Duration.ofMinutes(6));
        assertThat(index.heard).containsExactly(profile);

        placements.due(list, THEIRS);
        announcements().start();
        world.timer.run();
        assertThat(index.heard).containsExactly(profile, list);
    }

    @Test
    void aRefusalEndsIt() {
        index.from(false, "blocked: no");
        announcements.announce(List.of(profile));
        world.timer.run(Duration.ofHours(1));

        assertThat(index.heard).containsExactly(profile);
        assertThat(placements.due(THEIRS, 10)).isEmpty();
    }

    @Test
    void whatWasReplacedMeanwhileIsNotTold() {
        Event later = carol.event(0, now + 1, "{\"name\":\"c\"}");
        sockets.remove(THEIRS.value());
        announcements.announce(List.of(profile));
        world.timer.run();
        store.save(later);
        sockets.serve(THEIRS.value(), index::open);
        announcements.announce(List.of(later));
        world.timer.run(Duration.ofMinutes(6));

        assertThat(index.heard).containsExactly(later);
    }
}
