package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Ledger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The posts that crossed lately, and where each of them is: only what its author put into public timelines, only of
/// people who are carried now, and nothing that was deleted. The bridge keeps no texts, so there are none here.
public final class PublicPosts {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int CROSSINGS = 1_000;
    private static final int MOST = 50;

    private final Ports ports;
    private final Connectors connectors;
    private final Lookup lookup;
    private final LastLook<List<Item>> last;

    public PublicPosts(Ports ports, Connectors connectors, Lookup lookup, InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.lookup = lookup;
        this.last = new LastLook<>(FRESH, clock, this::look);
    }

    /// A post and where it is.
    ///
    /// @param handle the author's, or their id where the handle is not known without asking
    /// @param page where the original is read
    /// @param at when it was published
    public record Item(
            NativeId original, NativeId author, String handle, Optional<URI> page, Instant at, List<Copy> copies) {
        public Item {
            copies = List.copyOf(copies);
        }
    }

    /// @param id empty while it is on its way
    public record Copy(Network network, Optional<NativeId> id, Optional<URI> page) {}

    /// Newest first, at most fifty. The answer is at most ten seconds old, or as old as the last one while somebody
    /// looks, however often it is asked for; who leaves is gone from it at once.
    public List<Item> newest() {
        Predicate<NativeId> carried = carriedNow();
        return last.get().stream().filter(item -> carried.test(item.author())).toList();
    }

    /// One post, by its id or a copy's; empty if its author is carried nowhere now.
    public Optional<Item> one(NativeId id) {
        return lookup.post(id).map(this::item);
    }

    private List<Item> look() {
        Map<NativeId, NativeId> posts = new LinkedHashMap<>();
        for (Crossings.Crossing crossing : ports.crossings().newest(CROSSINGS)) {
            boolean counts = crossing.listed() && crossing.state() == Crossings.State.CROSSED;
            if (counts && posts.size() < MOST) {
                posts.putIfAbsent(crossing.original(), crossing.author());
            }
        }
        var items = new ArrayList<Item>();
        Predicate<NativeId> carried = carriedNow();
        posts.forEach((original, author) -> {
            if (carried.test(author)) {
                lookup.post(original).map(this::item).ifPresent(items::add);
            }
        });
        return List.copyOf(items);
    }

    /// Asks the store once about each author. For one answer only: who leaves has left the next.
    private Predicate<NativeId> carriedNow() {
        Map<NativeId, Boolean> asked = new HashMap<>();
        return author -> asked.computeIfAbsent(
                author, a -> ports.consents().of(a).stream().anyMatch(Consent::given));
    }

    private Item item(Ledger.Original original) {
        NativeId id = original.ref().id();
        List<Ledger.Copy> copies = ports.ledger().copiesOf(id);
        Set<Network> networks = new LinkedHashSet<>();
        copies.forEach(copy -> networks.add(copy.network()));
        networks.addAll(original.plannedOn());
        List<Copy> shown = networks.stream()
                .filter(connectors::has)
                // What is being taken back is nobody's business any more.
                .filter(network -> ports.consents()
                        .find(original.author(), network)
                        .filter(Consent::given)
                        .isPresent())
                .sorted()
                .map(network -> copies.stream()
                        .filter(copy -> copy.network().equals(network))
                        .findFirst()
                        .map(copy -> copy.ref().id())
                        .map(copy -> new Copy(
                                network,
                                Optional.of(copy),
                                connectors.get(network).objectPage(copy)))
                        .orElseGet(() -> new Copy(network, Optional.empty(), Optional.empty())))
                .toList();
        return new Item(
                id,
                original.author(),
                lookup.knownHandle(original.author()),
                connectors.get(id.network()).objectPage(id),
                original.at(),
                shown);
    }
}
