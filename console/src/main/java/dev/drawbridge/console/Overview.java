package dev.drawbridge.console;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings;
import java.util.ArrayList;
import java.util.List;

/// What the pages show, read from the stores.
final class Overview {
    private static final int ON_ONE_PAGE = 120;
    private final Ports ports;
    private final Connectors connectors;
    private final PostTexts texts;

    Overview(Ports ports, Connectors connectors, PostTexts texts) {
        this.ports = ports;
        this.connectors = connectors;
        this.texts = texts;
    }

    /// @param id the bot as its network names it
    record Bot(Shore target, String handle, String id) {}

    /// One network and the bots to follow there.
    record Place(Shore shore, List<Bot> bots) {}

    record Numbers(long crossed, long waiting, long givenUp) {}

    /// One column of the demo.
    ///
    /// @param left what started here
    /// @param arrived what came here from elsewhere
    record Column(Shore shore, List<CrossingView> arrived, List<CrossingView> left) {}

    /// Where people live who can be carried; from a feed nobody follows a bot.
    List<Place> places() {
        return connectors.reached().stream()
                .map(here -> new Place(Shore.of(here), bots(here)))
                .toList();
    }

    /// The networks whose bots write back.
    List<Place> writing() {
        return connectors.all().stream()
                .filter(connector -> connector.capabilities().has(Trait.MESSAGES))
                .map(connector -> new Place(Shore.of(connector.network()), bots(connector.network())))
                .toList();
    }

    private List<Bot> bots(Network here) {
        var bots = new ArrayList<Bot>();
        for (Network target : connectors.networks()) {
            if (!target.equals(here)) {
                ports.identities()
                        .find(Ghost.botOrigin(target), here)
                        .filter(Ghost::active)
                        .ifPresent(g -> bots.add(new Bot(Shore.of(target), g.handle(), g.id().value())));
            }
        }
        return bots;
    }

    Numbers numbers() {
        return new Numbers(
                ports.crossings().count(Crossings.State.CROSSED),
                ports.parking().count(),
                ports.deadLetters().count());
    }

    List<Crossings.Crossing> newest(int limit) {
        return ports.crossings().newest(limit);
    }

    List<Column> columns() {
        List<Crossings.Crossing> newest = newest(ON_ONE_PAGE);
        return connectors.networks().stream()
                .map(network -> new Column(
                        Shore.of(network),
                        views(newest.stream()
                                .filter(c -> c.target().equals(network))
                                .toList()),
                        views(newest.stream()
                                .filter(c -> c.author().network().equals(network))
                                .toList())))
                .toList();
    }

    private List<CrossingView> views(List<Crossings.Crossing> crossings) {
        return crossings.stream()
                .map(crossing -> CrossingView.of(crossing, texts))
                .toList();
    }
}
