package dev.drawbridge.config.demo;

import dev.drawbridge.engine.Ports;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings.Crossing;
import dev.drawbridge.model.port.Crossings.State;
import java.util.List;
import java.util.Optional;

/// What the page shows of each shore: what its person wrote there, what came from elsewhere, and who follows them.
final class Columns {
    private static final int MOST_CROSSINGS = 300;

    private final List<Shore> shores;
    private final Ports ports;
    private final long queued;

    /// @param queued how much is in the instance's queues
    Columns(List<Shore> shores, Ports ports, long queued) {
        this.shores = List.copyOf(shores);
        this.ports = ports;
        this.queued = queued;
    }

    /// Everything that changes on the page, at one moment.
    record Moment(Numbers numbers, List<Column> columns) {}

    /// One shore.
    ///
    /// @param css a class, and the value that the forms send back
    /// @param edits whether people change what they wrote
    /// @param polls whether people ask each other
    /// @param wordedWarnings whether a warning is in one's own words
    record Column(
            String css,
            String protocol,
            String person,
            String firstName,
            String handle,
            boolean pulled,
            boolean edits,
            boolean polls,
            boolean wordedWarnings,
            List<Cards.Card> cards,
            List<String> followers) {}

    /// How many deliveries stand where.
    ///
    /// @param median milliseconds from receipt to arrival of the last posts; empty if there were none
    record Numbers(long crossed, long queued, long waiting, long givenUp, Optional<Long> median) {}

    Moment now() {
        List<Crossing> crossings = ports.crossings().newest(MOST_CROSSINGS);
        return new Moment(
                numbers(crossings),
                shores.stream().map(shore -> column(shore, crossings)).toList());
    }

    private Column column(Shore shore, List<Crossing> crossings) {
        Person person = shore.person();
        var cards = new Cards(shores, shore, ports, crossings);
        return new Column(
                shore.network().name(),
                protocol(shore.network()),
                person.name(),
                person.name().split(" ", 2)[0],
                person.handle(),
                shore.plug().pulled(),
                shore.features().contains(Shore.Feature.EDIT),
                shore.features().contains(Shore.Feature.POLL),
                shore.features().contains(Shore.Feature.WORDED_WARNING),
                cards.all(),
                cards.followers());
    }

    private static String protocol(Network network) {
        return switch (network.name()) {
            case "activitypub" -> "ActivityPub";
            case "atproto" -> "AT Protocol";
            default -> "";
        };
    }

    private Numbers numbers(List<Crossing> crossings) {
        List<Long> times = crossings.stream()
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
