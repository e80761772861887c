package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Ledger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Where an activity goes on a network: to the author's followers there, to whom it names, and for what is taken back,
/// to wherever it went. Many followers are one destination, [Destination#isFollowers()].
final class Audience {
    /// More places than this are not planned one by one.
    static final int MANY = 50;

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Presence presence;
    private final Mirrors mirrors;

    Audience(Ports ports, Connectors connectors, Resolver resolver) {
        this(ports, connectors, resolver, new Mirrors());
    }

    /// @param mirrors to some of whom nothing comes back
    Audience(Ports ports, Connectors connectors, Resolver resolver, Mirrors mirrors) {
        this.mirrors = mirrors;
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.presence = new Presence(ports, connectors);
    }

    /// Followers and everybody named.
    Set<Destination> of(Activity activity, NativeId origin, Network network) {
        Set<Destination> audience = new HashSet<>(followers(origin, network));
        audience.addAll(named(activity, network));
        audience.removeIf(presence::forgotten);
        return route(origin, audience, network);
    }

    private List<Destination> followers(NativeId origin, Network network) {
        List<Destination> places = ports.follows().reachOf(origin, network, Optional.empty(), MANY + 1);
        return places.size() > MANY ? List.of(Destination.followers(network)) : places;
    }

    /// Only the people named: what is between two people.
    Set<Destination> ofNamed(Activity activity, NativeId origin, Network network) {
        return route(origin, named(activity, network), network);
    }

    /// Nowhere, where nothing can be carried to.
    private Set<Destination> route(NativeId origin, Set<Destination> audience, Network network) {
        var connector = connectors.get(network);
        return connector.capabilities().has(Trait.RECEIVE_ONLY) ? Set.of() : connector.route(origin, audience);
    }

    /// Where the copy of an object went.
    Set<Destination> ofCopy(NativeId original, Network network) {
        return ports.ledger()
                .copy(original, network)
                .map(Ledger.Copy::destinations)
                .orElse(Set.of());
    }

    /// Where the people are reached whom an activity names.
    Set<Destination> named(Activity activity, Network network) {
        var needs = ActivityNeeds.of(activity);
        // The author and their own object are on the network that the activity comes from.
        Set<NativeId> people = needs.actors().stream()
                .filter(actor -> !actor.equals(activity.author()))
                .map(resolver::originOf)
                .collect(Collectors.toSet());
        Set<NativeId> objects = new HashSet<>(needs.objects());
        objects.remove(ActivityNeeds.subject(activity));
        for (NativeId object : objects) {
            authorOf(resolver.originalOf(object)).ifPresent(people::add);
        }
        boolean talks = talks(activity);
        Set<Destination> found = new HashSet<>();
        for (NativeId named : people) {
            // Who has an account of their own there is reached by it.
            NativeId person = resolver.linked(named, network).orElse(named);
            boolean here = person.network().equals(network);
            if (here && !(talks && (spared(person, activity.author()) || spared(named, activity.author())))) {
                connectors.get(network).locate(person).ifPresent(found::add);
            }
        }
        return found;
    }

    /// Whether somebody is not brought what another says to them.
    private boolean spared(NativeId person, NativeId author) {
        return mirrors.broadcasts(person) || ports.preferences().of(person).shuns(author);
    }

    /// Whether it is what people say to each other, and neither ends something nor is said by the bridge.
    private static boolean talks(Activity activity) {
        if (activity.author().network().equals(Network.BRIDGE)) {
            return false;
        }
        return switch (activity) {
            case Activity.Delete _,
                    Activity.DeleteAccount _,
                    Activity.Unfollow _,
                    Activity.FollowAnswer _,
                    Activity.Block _,
                    Activity.Unblock _,
                    Activity.Report _,
                    Activity.Move _,
                    Activity.ProfileUpdate _ -> false;
            case Activity.Publish _,
                    Activity.Edit _,
                    Activity.Tally _,
                    Activity.React _,
                    Activity.Repost _,
                    Activity.Follow _,
                    Activity.Pin _,
                    Activity.Vote _,
                    Activity.InteractionRequest _,
                    Activity.InteractionAnswer _ -> true;
        };
    }

    private Optional<NativeId> authorOf(NativeId original) {
        return ports.ledger().original(original).map(Ledger.Original::author);
    }
}
