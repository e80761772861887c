package dev.drawbridge.engine;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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

    /// The stand-in of a person on a network, made now if it is missing or was given up. Not before their profile can
    /// be read: when they asked, nobody may have been able to tell whether it refuses.
    ///
    /// @param refused takes who refuses, for whom none is made
    GhostOutcome ensure(NativeId origin, Network network, Consumer<NativeId> refused) {
        Optional<Ghost> known = ports.identities().find(origin, network);
        if (known.filter(Ghost::active).isPresent()) {
            return new GhostOutcome.Ready(known.get());
        }
        Profile profile;
        try {
            profile = resolver.told(origin).orElseGet(() -> Profile.bare(origin, origin.value()));
        } catch (RuntimeException e) {
            Optional<Duration> after = e instanceof UnavailableException busy ? busy.retryAfter() : Optional.empty();
            return new GhostOutcome.Retry(after, "nobody can tell what its author shows: " + e.getMessage());
        }
        if (profile.refusesBridging()) {
            refused.accept(origin);
            return new GhostOutcome.Refused("its author refuses in the profile");
        }
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
