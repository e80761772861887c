package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Ledger;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What became of somebody's posts, place by place, for themselves; and how they take one back.
public final class MyPosts {
    private static final int CROSSINGS = 2_000;
    private static final int MOST = 50;
    private static final int LONGEST_ID = 2_000;
    private static final Set<String> OF_POSTS = Set.of("Publish", "Edit", "Delete");
    private static final String TO = " > ";

    private final Ports ports;
    private final Connectors connectors;
    private final Inbox inbox;
    private final InstantSource clock;

    MyPosts(Ports ports, Connectors connectors, Inbox inbox, InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.inbox = inbox;
        this.clock = clock;
    }

    /// One post.
    ///
    /// @param page where its author wrote it
    /// @param at when something became of it last
    /// @param takenBack whether it was deleted, or taken back here
    /// @param copies those that are somewhere
    /// @param places where it went or goes, each with what became of it last there
    public record Item(
            NativeId original,
            Optional<URI> page,
            Instant at,
            boolean takenBack,
            List<Copy> copies,
            List<Place> places) {
        public Item {
            copies = List.copyOf(copies);
            places = List.copyOf(places);
        }
    }

    /// @param page where it is looked at
    public record Copy(NativeId id, Optional<URI> page) {}

    /// @param name the server or relay, as far as there is one; may be empty
    /// @param last what became of it there
    public record Place(Network network, String name, Crossings.Crossing last) {}

    /// The newest first.
    public List<Item> newest(NativeId person) {
        Map<NativeId, List<Crossings.Crossing>> posts = new LinkedHashMap<>();
        for (Crossings.Crossing crossing : ports.crossings().newest(CROSSINGS)) {
            boolean theirs = crossing.author().equals(person) && OF_POSTS.contains(crossing.activity());
            if (theirs && (posts.size() < MOST || posts.containsKey(crossing.original()))) {
                posts.computeIfAbsent(crossing.original(), _ -> new ArrayList<>())
                        .add(crossing);
            }
        }
        return posts.entrySet().stream()
                .map(post -> item(person, post.getKey(), post.getValue()))
                .toList();
    }

    private Item item(NativeId person, NativeId original, List<Crossings.Crossing> crossings) {
        Map<String, Place> places = new LinkedHashMap<>();
        for (Crossings.Crossing crossing : crossings) {
            String address = address(crossing);
            places.putIfAbsent(
                    crossing.target() + "|" + address,
                    new Place(crossing.target(), name(crossing.target(), address), crossing));
        }
        return new Item(
                original,
                page(original),
                crossings.getFirst().at(),
                ports.ledger().tombstoned(original, person),
                ports.ledger().copiesOf(original).stream()
                        .map(copy -> copy.ref().id())
                        .map(id -> new Copy(id, page(id)))
                        .toList(),
                List.copyOf(places.values()));
    }

    private Optional<URI> page(NativeId id) {
        return connectors.has(id.network()) ? connectors.get(id.network()).objectPage(id) : Optional.empty();
    }

    /// What stands behind the network in the id of a delivery; empty for what was never planned.
    private static String address(Crossings.Crossing crossing) {
        String id = crossing.id();
        int to = id.lastIndexOf(TO + crossing.target().name() + "|");
        return to < 0
                ? ""
                : id.substring(to + TO.length() + crossing.target().name().length() + 1);
    }

    private String name(Network network, String address) {
        return connectors.has(network) ? connectors.get(network).home(address).orElse(address) : address;
    }

    /// Takes every copy of a post back; again, if a copy stayed where it was.
    ///
    /// @param id of the post or of one of its copies
    /// @return false if it is no post of theirs that was carried
    public boolean takeBack(NativeId person, String id) {
        Optional<NativeId> original = id.isBlank() || id.length() > LONGEST_ID ? Optional.empty() : theirs(person, id);
        original.ifPresent(post -> inbox.put(new TakeBack(post.value(), clock.instant()).by(person)));
        return original.isPresent();
    }

    private Optional<NativeId> theirs(NativeId person, String id) {
        var own = new NativeId(person.network(), id);
        return ports.ledger()
                .original(own)
                .filter(original -> original.author().equals(person))
                .map(original -> original.ref().id())
                .or(() -> named(own)
                        .filter(copy -> copy.author().equals(person))
                        .map(Ledger.Copy::original)
                        .findFirst());
    }

    /// The copies of what has that id, or with that id: of what was taken back nothing else is known.
    private Stream<Ledger.Copy> named(NativeId own) {
        return Stream.concat(
                ports.ledger().copiesOf(own).stream(),
                connectors.networks().stream()
                        .flatMap(network -> ports.ledger().byCopy(new NativeId(network, own.value())).stream()));
    }
}
