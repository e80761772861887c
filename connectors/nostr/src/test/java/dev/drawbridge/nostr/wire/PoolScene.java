package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.FakeContext;
import dev.drawbridge.nostr.FakeSockets;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.InMemoryLatestLists;
import dev.drawbridge.nostr.store.InMemoryPlacements;
import dev.drawbridge.nostr.store.Placements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/// A pool with one configured relay, and the people it reads and writes for.
abstract class PoolScene {
    static final RelayUrl MAIN = RelayUrl.tryParse("wss://main.example").orElseThrow();
    static final RelayUrl THEIRS = RelayUrl.tryParse("wss://theirs.example").orElseThrow();
    static final RelayUrl INDEX = RelayUrl.tryParse("wss://index.example").orElseThrow();
    private static final RelayUrl OWN = RelayUrl.tryParse("wss://own.example").orElseThrow();

    final People people = new People();
    final People.Person carol = people.person("carol");
    final People.Person bot = people.person("bot");
    final FakeContext world = new FakeContext(people.signer, Map.of());
    final FakeSockets sockets = world.sockets;
    final long now = world.clock.instant().getEpochSecond();
    private final InMemoryLatestLists lists = new InMemoryLatestLists();
    final Intake intake = new Intake(world.watchlist, lists, world.clock);
    final Placements placements = new InMemoryPlacements();
    final RelayPool pool = new RelayPool(
            world.context,
            new RelaySettings(Set.of(MAIN), Set.of(INDEX), OWN, 5, false),
            world.timer,
            intake,
            lists,
            (_, challenge) -> Optional.of(bot.event(22_242, 1, challenge)));
    final Publisher publisher = new Publisher(pool, placements);

    @BeforeEach
    void start() {
        intake.start(world.sink);
        world.watchlist.ours.add(bot.id());
        sockets.silent(MAIN.value());
        sockets.silent(THEIRS.value());
        sockets.silent(INDEX.value());
    }

    void run() {
        pool.start();
        world.timer.run();
    }

    FakeSockets.Line main() {
        return sockets.line(MAIN.value());
    }

    /// What was asked for and not closed again, by name.
    List<ClientMessage.Request> requests(FakeSockets.Line line) {
        List<ClientMessage.Request> open = new ArrayList<>();
        for (String text : line.asked()) {
            switch (ClientMessage.read(text)) {
                case ClientMessage.Request request -> open.add(request);
                case ClientMessage.Close(String name) ->
                    open.removeIf(r -> r.subscription().equals(name));
                default -> throw new AssertionError(text);
            }
        }
        return open;
    }

    static boolean wants(ClientMessage.Request request, Event event) {
        return request.filters().stream().anyMatch(f -> f.matches(event));
    }

    String cursor() {
        return world.cursors.get("nostr " + MAIN).orElse("");
    }
}
