package dev.drawbridge.engine;

import java.time.InstantSource;

/// What people ask of bots beside being carried, each in a class of its own.
///
/// @param farewells going on under an account of one's own
/// @param awaited waiting for somebody who is not here yet
/// @param unheard hearing of answers that are not carried
/// @param linking saying that another account is one's own
/// @param asking having somebody asked whether they want to be here
/// @param vouches vouching for somebody whose profile shows little
record Errands(Farewells farewells, Awaited awaited, Unheard unheard, Linking linking, Asking asking, Vouches vouches) {
    /// @param inbox for what is too much to be planned at once
    static Errands of(
            Ports ports,
            Inbox inbox,
            Connectors connectors,
            Resolver resolver,
            Audience audience,
            OptIns optIns,
            Letters letters,
            Rulings rulings,
            Terms terms,
            InstantSource clock) {
        var targets = new MoveTargets(ports, connectors);
        var namesakes = new Namesakes(connectors, resolver);
        var farewells = new Farewells(targets, resolver, audience, optIns, terms.mirrors(), rulings);
        var proof = new LinkProof(ports, connectors, resolver, terms.rules());
        return new Errands(
                farewells,
                new Awaited(ports, namesakes, resolver, optIns, letters, inbox),
                new Unheard(ports, connectors, letters, inbox),
                new Linking(ports, connectors, resolver, proof, farewells, optIns, letters, rulings),
                new Asking(ports, connectors, resolver, letters, terms, clock),
                new Vouches(ports, connectors, resolver, terms, clock));
    }
}
