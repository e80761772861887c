package dev.drawbridge.engine;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import java.util.Optional;

/// Makes stand-ins for people who opted in, and the bots they follow to do so.
public final class Ghosts {
    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final LiveWatchlist watchlist;

    public Ghosts(Ports ports, Connectors connectors, Resolver resolver, LiveWatchlist watchlist) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.watchlist = watchlist;
    }

    /// The stand-in of a person on a network, made now if it is missing or was given up.
    GhostOutcome ensure(NativeId origin, Network network) {
        Optional<Ghost> known = ports.identities().find(origin, network);
        if (known.filter(Ghost::active).isPresent()) {
            return new GhostOutcome.Ready(known.get());
        }
        Profile profile = resolver.profile(origin).orElseGet(() -> Profile.bare(origin, origin.value()));
        return make(new GhostRequest(origin, profile), network);
    }

    /// Makes every bot that is missing.
    ///
    /// @return what still fails, a sentence each; empty once all are there
    public java.util.List<String> ensureBots() {
        var troubles = new java.util.ArrayList<String>();
        for (Network here : connectors.reached()) {
            for (Network target : connectors.reached()) {
                if (!here.equals(target)) {
                    bot(here, target).ifPresent(troubles::add);
                }
            }
        }
        return troubles;
    }

    private Optional<String> bot(Network here, Network target) {
        NativeId origin = Ghost.botOrigin(target);
        if (ports.identities().find(origin, here).filter(Ghost::active).isPresent()) {
            return Optional.empty();
        }
        return switch (make(new GhostRequest(origin, BotProfile.of(origin, target)), here)) {
            case GhostOutcome.Ready _ -> Optional.empty();
            case GhostOutcome.Retry(var _, String reason) ->
                Optional.of("the bot for " + target + " on " + here + " is not there yet: " + reason);
            case GhostOutcome.Refused(String reason) ->
                Optional.of("the bot for " + target + " on " + here + " cannot be made: " + reason);
        };
    }

    private GhostOutcome make(GhostRequest request, Network network) {
        GhostOutcome outcome = connectors.get(network).ensureGhost(request);
        if (outcome instanceof GhostOutcome.Ready(Ghost made)) {
            Ghost stored = ports.identities().putIfAbsent(made);
            if (!stored.active()) {
                ports.identities().setActive(stored.id(), true);
            }
            watchlist.addOurs(stored);
            return new GhostOutcome.Ready(stored);
        }
        return outcome;
    }
}
