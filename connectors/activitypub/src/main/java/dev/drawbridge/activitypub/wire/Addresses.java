package dev.drawbridge.activitypub.wire;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Where this instance and its actors are found.
///
/// @param base without a slash at the end
/// @param host what follows the `@` in a handle
/// @param hosts the same for people of one source network, where they have a host of their own
public record Addresses(String base, String host, Map<Network, String> hosts) {
    /// The username of the actor that stands for the instance itself and signs what it asks others.
    public static final String INSTANCE_USERNAME = "instance";

    private static final String HOST_SETTING = "host.";

    public static Addresses of(InstanceInfo instance, ConnectorSettings settings) {
        var hosts = settings.values().entrySet().stream()
                .filter(e ->
                        e.getKey().startsWith(HOST_SETTING) && !e.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(
                        e -> new Network(e.getKey().substring(HOST_SETTING.length())),
                        e -> e.getValue().strip().toLowerCase(Locale.ROOT)));
        return new Addresses(instance.baseUrl().toString(), instance.host().toLowerCase(Locale.ROOT), hosts);
    }

    public String instanceActor() {
        return base + "/ap/instance";
    }

    public String actor(String username) {
        return username.equals(INSTANCE_USERNAME) ? instanceActor() : base + "/ap/actors/" + username;
    }

    public String sharedInbox() {
        return base + "/ap/inbox";
    }

    public static String keyId(String actor) {
        return actor + "#main-key";
    }

    /// The username in an actor's id; empty if it is not one of ours.
    public Optional<String> username(String actor) {
        String start = base + "/ap/actors/";
        return actor.startsWith(start) && actor.indexOf('/', start.length()) < 0
                ? Optional.of(actor.substring(start.length()))
                : Optional.empty();
    }

    public boolean ours(String id) {
        return id.startsWith(base + "/");
    }

    /// The host in the handles of people who come from `source`.
    public String handleHost(Network source) {
        return hosts.getOrDefault(source, host);
    }

    /// Every host our handles may have.
    public Set<String> handleHosts() {
        var all = new TreeSet<>(hosts.values());
        all.add(host);
        return all;
    }

    public URI sharedInboxUri() {
        return URI.create(sharedInbox());
    }
}
