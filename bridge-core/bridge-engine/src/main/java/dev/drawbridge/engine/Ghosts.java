package dev.drawbridge.engine;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import java.util.ArrayList;
import java.util.List;
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

    /// A bot that is not there.
    ///
    /// @param reason a sentence
    /// @param needed whether there is no point in running without it
    public record Missing(String reason, boolean needed) {}

    /// Makes every bot that is missing.
    ///
    /// @return those that are still missing; empty once all are there
    public List<Missing> ensureBots() {
        var missing = new ArrayList<Missing>();
        for (Network here : connectors.reached()) {
            for (Network target : connectors.reached()) {
                if (!here.equals(target)) {
                    bot(here, target).ifPresent(missing::add);
                }
            }
        }
        return missing;
    }

    private Optional<Missing> bot(Network here, Network target) {
        NativeId origin = Ghost.botOrigin(target);
        if (ports.identities().find(origin, here).filter(Ghost::active).isPresent()) {
            return Optional.empty();
        }
        return switch (make(new GhostRequest(origin, BotProfile.of(origin, target)), here)) {
            case GhostOutcome.Ready _ -> Optional.empty();
            case GhostOutcome.Retry(var _, String reason) ->
                missing(target, here, " is not there yet: " + reason, true);
            case GhostOutcome.Awaited(String reason) -> missing(target, here, " is not there yet: " + reason, false);
            case GhostOutcome.Refused(String reason) -> missing(target, here, " cannot be made: " + reason, true);
        };
    }

    private static Optional<Missing> missing(Network target, Network here, String why, boolean needed) {
        return Optional.of(new Missing("the bot for " + target + " on " + here + why, needed));
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
