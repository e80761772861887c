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
import tools.jackson.databind.json.JsonMapper;

/// What the page shows of each shore: what its person wrote there, what came from elsewhere, and who follows them.
final class Columns {
    private static final int MOST_CROSSINGS = 500;
    private static final int MOST_CARDS = 40;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Shore> shores;
    private final Ports ports;

    Columns(List<Shore> shores, Ports ports) {
        this.shores = List.copyOf(shores);
        this.ports = ports;
    }

    /// One shore.
    ///
    /// @param css a class, and the value that the forms send back
    /// @param name as a heading
    /// @param spoken as part of a sentence
    record Column(
            String css,
            String name,
            String spoken,
            String protocol,
            String person,
            String firstName,
            String handle,
            boolean pulled,
            List<Card> cards,
            List<String> followers) {}

    /// One post.
    ///
    /// @param from class of the shore it was written on
    /// @param copy whether it came from elsewhere
    /// @param answers whom it answers; empty if nobody
    /// @param document what was received, as JSON; empty for what was written here
    record Card(
            String id,
            String anchor,
            String from,
            boolean copy,
            String name,
            String face,
            String handle,
            String text,
            String answers,
            List<Chip> chips,
            String document,
            Instant at) {}

    /// @param css `ok`, `loss` or nothing
    record Chip(String css, String text) {}

    List<Column> all() {
        List<Crossing> crossings = ports.crossings().newest(MOST_CROSSINGS);
        return shores.stream().map(shore -> column(shore, crossings)).toList();
    }

    private Column column(Shore shore, List<Crossing> crossings) {
        List<Card> cards = new ArrayList<>();
        shore.journal().written().forEach(post -> cards.add(own(shore, post, crossings)));
        List<String> followers = new ArrayList<>();
        for (Sighting sighting : shore.journal().sightings()) {
            switch (sighting.kind()) {
                case POST -> cards.add(copy(shore, sighting, crossings));
                case FOLLOW -> followers.add(origin(sighting.author()));
            }
        }
        Person person = shore.person();
        return new Column(
                shore.network().name(),
                shortName(shore.network()),
                shore.name(),
                protocol(shore.network()),
                person.name(),
                person.name().split(" ", 2)[0],
                person.handle(),
                shore.plug().pulled(),
                cards.stream()
                        .sorted(Comparator.comparing(Card::at).reversed())
                        .limit(MOST_CARDS)
                        .toList(),
                followers);
    }

    private Card own(Shore shore, Written post, List<Crossing> crossings) {
        List<Chip> chips = states(post.id(), crossings);
        Person person = shore.person();
        return new Card(
                post.id().value(),
                anchor(post.id()),
                shore.network().name(),
                false,
                person.name(),
                face(person.name()),
                person.handle(),
                post.text(),
                post.parent().map(parent -> author(shore, parent)).orElse(""),
                chips,
                "",
                post.at());
    }

    /// Where a post stands on each other shore. A network may have several places; the one that lacks it counts.
    private static List<Chip> states(NativeId post, List<Crossing> crossings) {
        Map<Network, Crossing> worst = new TreeMap<>();
        crossings.stream()
                .filter(c -> c.original().equals(post))
                .forEach(c -> worst.merge(c.target(), c, (one, other) -> other.state() == State.CROSSED ? one : other));
        return worst.values().stream().map(Columns::chip).toList();
    }

    private Card copy(Shore shore, Sighting sighting, List<Crossing> crossings) {
        Optional<Ghost> ghost = ports.identities().byId(sighting.author());
        Network from = ghost.map(g -> g.origin().network()).orElse(shore.network());
        Optional<Crossing> crossing = crossings.stream()
                .filter(c -> c.target().equals(shore.network())
                        && c.copy().filter(sighting.id()::equals).isPresent())
                .findFirst();
        List<Chip> chips = new ArrayList<>();
        chips.add(new Chip("", "from " + Shore.nameOf(from)));
        crossing.map(c -> new Chip("", c.took().toMillis() + " ms")).ifPresent(chips::add);
        crossing.stream().flatMap(c -> c.losses().stream()).map(Columns::loss).forEach(chips::add);
        String name = origin(sighting.author());
        return new Card(
                sighting.id().value(),
                anchor(sighting.id()),
                from.name(),
                true,
                name,
                face(name),
                ghost.map(Ghost::handle).orElse(sighting.author().value()),
                sighting.text(),
                sighting.target().map(parent -> author(shore, parent)).orElse(""),
                chips,
                pretty(sighting.document()),
                sighting.at());
    }

    private static Chip chip(Crossing crossing) {
        String there = Shore.nameOf(crossing.target());
        return switch (crossing.state()) {
            case CROSSED -> new Chip("ok", "on " + there);
            case WAITING -> new Chip("loss", "waits for " + there);
            case SKIPPED, REFUSED -> new Chip("loss", "not on " + there + ": " + crossing.reason());
            case GIVEN_UP -> new Chip("loss", "given up for " + there);
        };
    }

    private static Chip loss(Loss loss) {
        return new Chip("loss", loss.field() + ": " + loss.reason());
    }

    /// Whose post is answered, by name.
    private String author(Shore shore, NativeId parent) {
        return shore.journal()
                .post(parent)
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
                .orElseGet(() -> origin.network().equals(Network.BRIDGE)
                        ? "the bot for " + Shore.nameOf(new Network(origin.value()))
                        : origin.value());
    }

    private static String face(String name) {
        return name.substring(0, 1);
    }

    private static String anchor(NativeId id) {
        return "p" + Integer.toHexString(id.hashCode());
    }

    private static String pretty(String json) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(json));
    }

    private static String shortName(Network network) {
        return network.equals(Network.ACTIVITYPUB) ? "Fediverse" : Shore.nameOf(network);
    }

    private static String protocol(Network network) {
        return switch (network.name()) {
            case "activitypub" -> "ActivityPub";
            case "atproto" -> "AT Protocol";
            default -> "";
        };
    }

    /// How many deliveries stand where.
    ///
    /// @param median milliseconds from receipt to arrival of the last posts; empty if there were none
    record Numbers(long crossed, long queued, long waiting, long givenUp, Optional<Long> median) {}

    Numbers numbers(long queued) {
        List<Long> times = ports.crossings().newest(MOST_CROSSINGS).stream()
                .filter(c -> c.state() == State.CROSSED && c.activity().equals("Publish"))
                .map(c -> c.took().toMillis())
                .sorted()
                .toList();
        return new Numbers(
                ports.crossings().count(State.CROSSED),
                queued,
                ports.parking().count(),
                ports.deadLetters().count(),
                times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2)));
    }
}
