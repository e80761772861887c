package dev.drawbridge.config.settings;

import dev.drawbridge.console.oidc.OidcClient;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Asks;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Everything an instance is told, checked.
///
/// @param domain the main domain, with a port only in loopback mode
/// @param baseUrl public address, without a slash at the end
/// @param hosts public addresses of networks that have a host of their own
/// @param dataDir where the embedded store, the broker's journal and the key file live
/// @param storeUri a MongoDB; empty for the embedded store
/// @param brokerUrl an Artemis broker; empty for the embedded one
/// @param loopback whether http and private addresses are allowed
/// @param contact how to reach the operator; may be empty
/// @param port where the web server listens; 0 for any that is free
/// @param address what the web server binds to; empty for every address
/// @param trustedProxies addresses or blocks whose `X-Forwarded-*` headers are believed
/// @param retryFirst how long something waits after its first failure; doubles with each further one
/// @param retryLongest the longest wait between two attempts
/// @param retryMaxAge how long something is tried before it is given up
/// @param consumers how many items each stage works on at once
/// @param mirrors the file that lists the mirrors; empty for none
/// @param gates what is asked of those who want to be carried
/// @param asks how many people are asked whether they want to be
/// @param oidc the provider that says who operators are; empty for none
/// @param privacy what the page about privacy says; empty for the text that comes with it
/// @param age what the page about age says; empty for the text that comes with it
/// @param tryOut whether there is no file: then the instance starts although a bot cannot be made yet
/// @param networks the networks that take part, with their own settings
/// @param spring keys of Spring Boot (`server.*`, `logging.*`, `management.*`, `spring.*`), passed on as they are
public record Settings(
        String domain,
        URI baseUrl,
        Map<Network, URI> hosts,
        Path dataDir,
        Optional<String> storeUri,
        Optional<String> brokerUrl,
        boolean loopback,
        String contact,
        int port,
        Optional<String> address,
        List<String> trustedProxies,
        Duration retryFirst,
        Duration retryLongest,
        Duration retryMaxAge,
        int consumers,
        Optional<Path> mirrors,
        Gates gates,
        Asks asks,
        Optional<OidcClient> oidc,
        String privacy,
        String age,
        boolean tryOut,
        Map<Network, ConnectorSettings> networks,
        Map<String, String> spring) {
    public static final String SOFTWARE = "drawbridge";

    public Settings {
        hosts = Map.copyOf(hosts);
        trustedProxies = List.copyOf(trustedProxies);
        networks = Map.copyOf(networks);
        spring = Map.copyOf(spring);
    }

    /// The instance as the connector of `network` sees it.
    public InstanceInfo instance(Network network) {
        return new InstanceInfo(
                hosts.getOrDefault(network, baseUrl), domain, SOFTWARE, Version.current(), contact, loopback);
    }

    /// The same on a port that is chosen at start.
    public Settings onAnyPort() {
        return onPort(0);
    }

    /// The same on another port, with the public addresses that name the present one moved along.
    public Settings onPort(int chosen) {
        return new Settings(
                moved(domain, chosen),
                URI.create(moved(baseUrl.toString(), chosen)),
                hosts.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                e -> URI.create(moved(e.getValue().toString(), chosen)))),
                dataDir,
                storeUri,
                brokerUrl,
                loopback,
                contact,
                chosen,
                address,
                trustedProxies,
                retryFirst,
                retryLongest,
                retryMaxAge,
                consumers,
                mirrors,
                gates,
                asks,
                oidc,
                privacy,
                age,
                tryOut,
                networks,
                spring);
    }

    private String moved(String text, int chosen) {
        String suffix = ":" + port;
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) + ":" + chosen : text;
    }
}
