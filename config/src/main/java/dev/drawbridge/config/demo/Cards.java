package dev.drawbridge.config.demo;

import dev.drawbridge.engine.Ports;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings.Crossing;
import dev.drawbridge.model.port.Crossings.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// The posts of one shore as its page shows them.
final class Cards {
    private static final int MOST = 30;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Shore> shores;
    private final Shore shore;
    private final Ports ports;
    private final List<Crossing> crossings;

    /// @param crossings the newest
    Cards(List<Shore> shores, Shore shore, Ports ports, List<Crossing> crossings) {
        this.shores = shores;
        this.shore = shore;
        this.ports = ports;
        this.crossings = crossings;
    }

    /// One post.
    ///
    /// @param anchor names the post within its column, in letters and digits
    /// @param version tells what it says now from what it said before
    /// @param from class of the shore it was written on
    /// @param copy whether it came from elsewhere
    /// @param answers whom it answers; empty if nobody
    /// @param warning empty if there is none, and an empty text if it has no words
    /// @param quoted what it shows of another post; empty if it shows none
    /// @param liked who of elsewhere likes it
    /// @param shared who of elsewhere shared it
    /// @param likes whether the sample person of this shore does
    /// @param shares whether the sample person of this shore did
    /// @param document what was received, as JSON; empty for what was written here
    record Card(
            String id,
            String anchor,
            String version,
            String from,
            boolean copy,
            String name,
            String face,
            String handle,
            String text,
            String answers,
            Optional<String> warning,
            List<Picture> pictures,
            Optional<String> quoted,
            List<String> choices,
            boolean edited,
            List<String> liked,
            List<String> shared,
            boolean likes,
            boolean shares,
            List<Chip> chips,
            List<String> losses,
            String document,
            Instant at) {}

    /// @param address on this page
    record Picture(String address, String alt) {}

    /// @param css `ok`, `loss` or nothing
    /// @param key of the words
    /// @param network of which the words speak
    /// @param more behind the words, in nobody's language
    record Chip(String css, String key, String network, String more) {}

    /// Newest first.
    List<Card> all() {
        return Stream.concat(
                        shore.journal().written().stream().map(this::own),
                        sightings(Sighting.Kind.POST).map(this::copy))
                .sorted(Comparator.comparing(Card::at).reversed())
                .limit(MOST)
                .toList();
    }

    /// Who of elsewhere follows the sample person.
    List<String> followers() {
        return sightings(Sighting.Kind.FOLLOW).map(s -> origin(s.author())).toList();
    }

    private Stream<Sighting> sightings(Sighting.Kind kind) {
        return shore.journal().sightings().stream().filter(s -> s.kind() == kind);
    }

    private Card own(Written post) {
        Person person = shore.person();
        Draft draft = post.draft();
        return new Card(
                post.id().value(),
                anchor(post.id()),
                version(post.text()),
                shore.network().name(),
                false,
                person.name(),
                face(person.name()),
                person.handle(),
                post.text(),
                post.parent().map(this::author).orElse(""),
                draft.warning(),
                draft.alt().map(alt -> new Picture(DemoPage.PICTURE, alt)).stream()
                        .toList(),
                draft.quoted().map(this::quote),
                draft.choices(),
                post.edited(),
                by(Sighting.Kind.LIKE, post.id()),
                by(Sighting.Kind.REPOST, post.id()),
                false,
                false,
                states(post.id()),
                List.of(),
                "",
                post.at());
    }

    private Card copy(Sighting post) {
        Optional<Ghost> ghost = ports.identities().byId(post.author());
        Network from = ghost.map(g -> g.origin().network()).orElse(shore.network());
        Optional<Crossing> crossing = crossings.stream()
                .filter(c -> c.target().equals(shore.network())
                        && c.copy().filter(post.id()::equals).isPresent())
                .findFirst();
        String name = origin(post.author());
        String anchor = anchor(post.id());
        var marks = shore.journal().marks();
        return new Card(
                post.id().value(),
                anchor,
                version(post.document()),
                from.name(),
                true,
                name,
                face(name),
                ghost.map(Ghost::handle).orElse(post.author().value()),
                post.text(),
                post.target().map(this::author).orElse(""),
                post.shown().warning(),
                pictures(post, anchor),
                post.shown().quoted().map(this::quote),
                post.shown().choices(),
                post.edited(),
                by(Sighting.Kind.LIKE, post.id()),
                by(Sighting.Kind.REPOST, post.id()),
                marks.contains(new Journal.Mark(Sighting.Kind.LIKE, post.id())),
                marks.contains(new Journal.Mark(Sighting.Kind.REPOST, post.id())),
                arrived(from, crossing),
                crossing.map(Crossing::losses).orElse(List.of()).stream()
                        .map(Cards::loss)
                        .toList(),
                pretty(post.document()),
                post.at());
    }

    private List<Picture> pictures(Sighting post, String anchor) {
        var pictures = new ArrayList<Picture>();
        for (Shown.Picture picture : post.shown().pictures()) {
            String address = "/demo/pictures/%s/%s/%d".formatted(shore.network().name(), anchor, pictures.size());
            pictures.add(new Picture(address, picture.alt()));
        }
        return pictures;
    }

    private List<String> by(Sighting.Kind kind, NativeId post) {
        return sightings(kind)
                .filter(s -> s.target().filter(post::equals).isPresent())
                .map(s -> origin(s.author()))
                .distinct()
                .toList();
    }

    private static List<Chip> arrived(Network from, Optional<Crossing> crossing) {
        var chips = new ArrayList<Chip>();
        chips.add(new Chip("", "demo.from", from.name(), ""));
        crossing.map(c -> new Chip("", "demo.after", "", c.took().toMillis() + " ms"))
                .ifPresent(chips::add);
        return chips;
    }

    /// Where a post stands on each other shore. A network may have several places; the one that lacks it counts.
    private List<Chip> states(NativeId post) {
        Map<Network, Crossing> worst = new TreeMap<>();
        crossings.stream()
                .filter(c -> c.original().equals(post))
                .filter(c -> c.activity().equals("Publish") || c.activity().equals("Edit"))
                .forEach(c -> worst.merge(c.target(), c, (one, other) -> other.state() == State.CROSSED ? one : other));
        return worst.values().stream().map(Cards::chip).toList();
    }

    private static Chip chip(Crossing crossing) {
        String there = crossing.target().name();
        return switch (crossing.state()) {
            case CROSSED -> new Chip("ok", "demo.on", there, "");
            case WAITING -> new Chip("loss", "demo.waits", there, "");
            case SKIPPED, REFUSED -> new Chip("loss", "demo.not", there, crossing.reason());
            case GIVEN_UP -> new Chip("loss", "demo.given-up", there, "");
        };
    }

    private static String loss(Loss loss) {
        return loss.field() + ": " + loss.reason();
    }

    private String quote(NativeId post) {
        return author(post) + ": " + shore.journal().text(post).orElse("…");
    }

    /// Whose post is answered, by name.
    private String author(NativeId post) {
        return shore.journal()
                .post(post)
                .map(s -> origin(s.author()))
                .orElseGet(() -> shore.person().name());
    }

    /// The name of the person a ghost stands for.
    private String origin(NativeId ghost) {
        NativeId origin = ports.identities().byId(ghost).map(Ghost::origin).orElse(ghost);
        return shores.stream()
                .map(Shore::person)
                .filter(p -> p.id().equals(origin))
                .map(Person::name)
                .findFirst()
                .orElseGet(() ->
                        origin.network().equals(Network.BRIDGE) ? "Bot (" + origin.value() + ")" : origin.value());
    }

    private static String face(String name) {
        return name.substring(0, name.offsetByCodePoints(0, 1));
    }

    /// What a post is called within a column.
    static String anchor(NativeId id) {
        return "p" + Integer.toHexString(id.hashCode());
    }

    private static String version(String content) {
        return Integer.toHexString(content.hashCode());
    }

    private static String pretty(String json) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(json));
    }
}
