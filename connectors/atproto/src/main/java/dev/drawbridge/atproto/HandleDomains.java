package dev.drawbridge.atproto;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Under which domains ghosts have their handles: one for each network they come from.
///
/// @param all the domain of everybody, if there is one for all; else empty
/// @param byNetwork domains of single networks, by name
/// @param main the instance's own domain
record HandleDomains(String all, Map<String, String> byNetwork, String main) {
    private static final Map<Network, String> SUBDOMAINS = Map.of(Network.ACTIVITYPUB, "ap", Network.NOSTR, "nostr");

    /// For instances that are reached by a name no handle can end in, `localhost`: those of tests.
    private static final String FOR_TESTS = "drawbridge.test";

    HandleDomains {
        byNetwork = Map.copyOf(byNetwork);
    }

    static HandleDomains of(ConnectorSettings settings, InstanceInfo instance) {
        String host = instance.domain().replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        boolean usable = host.contains(".") && Character.isLetter(host.charAt(host.lastIndexOf('.') + 1));
        Map<String, String> single = new java.util.HashMap<>();
        for (Network network : SUBDOMAINS.keySet()) {
            settings.get("handle-domains." + network.name())
                    .ifPresent(domain -> single.put(network.name(), domain.toLowerCase(Locale.ROOT)));
        }
        String all = settings.get("handle-domain", usable ? "" : FOR_TESTS).toLowerCase(Locale.ROOT);
        return new HandleDomains(all, single, host);
    }

    String of(Network network) {
        String single = byNetwork.get(network.name());
        if (single != null) {
            return single;
        }
        return all.isEmpty() ? SUBDOMAINS.getOrDefault(network, network.name()) + "." + main : all;
    }

    String bots() {
        return all.isEmpty() ? main : all;
    }

    /// Whether a host may be a handle of ours.
    boolean covers(String host) {
        Set<String> domains = new LinkedHashSet<>(byNetwork.values());
        domains.add(bots());
        SUBDOMAINS.keySet().forEach(network -> domains.add(of(network)));
        return domains.stream().anyMatch(domain -> host.endsWith("." + domain));
    }
}
