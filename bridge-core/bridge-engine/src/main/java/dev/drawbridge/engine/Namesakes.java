package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.spi.Sought;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Whom somebody means by a name of another network.
final class Namesakes {
    private final Connectors connectors;
    private final Resolver resolver;

    Namesakes(Connectors connectors, Resolver resolver) {
        this.connectors = connectors;
        this.resolver = resolver;
    }

    /// People of other networks than `person` is of, on their own networks, who are called so. Asks the networks.
    ///
    /// @param called without `@` in front
    List<NativeId> of(NativeId person, String called) {
        // Whoever is asked would see it.
        return PrivateKeys.in(called)
                ? List.of()
                : ask(called, other -> !other.network().equals(person.network()));
    }

    /// People of any network, on their own networks, who are called so. Asks the networks.
    ///
    /// @param called without `@` in front
    List<NativeId> anywhere(String called) {
        return PrivateKeys.in(called) ? List.of() : ask(called, _ -> true);
    }

    private List<NativeId> ask(String called, Predicate<NativeId> wanted) {
        return Stream.of(called, "@" + called)
                .map(name -> connectors.all().stream()
                        .map(connector -> connector.seek(name))
                        .filter(Sought.Found.class::isInstance)
                        .map(sought -> resolver.originOf(((Sought.Found) sought).actor()))
                        .filter(other -> !other.network().equals(Network.BRIDGE))
                        .filter(wanted)
                        .distinct()
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElseGet(List::of);
    }
}
