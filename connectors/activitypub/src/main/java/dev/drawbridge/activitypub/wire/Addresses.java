package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.store.Presentation;
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
/// A *home* is an address under which actors and what they say live, without a slash at the end: the instance's own,
/// or one that only people of one source network have, so that an admin can block that network and not the instance.
/// An actor keeps the home it was made under, whatever the settings say later.
///
/// @param base the instance's own home
/// @param host what follows the `@` in a handle
/// @param hosts the same for people of one source network, where only their handles have a host of their own
/// @param ownHomes the homes of source networks that have one of their own
public record Addresses(String base, String host, Map<Network, String> hosts, Map<Network, String> ownHomes) {
    /// The username of the actor that stands for the instance itself and signs what it asks others.
    public static final String INSTANCE_USERNAME = "instance";

    private static final String HANDLE_HOST_SETTING = "host.";
    private static final String HOME_SETTING = "hosts.";
    private static final String ACTORS = "/ap/actors/";

    public static Addresses of(InstanceInfo instance, ConnectorSettings settings) {
        String scheme = instance.baseUrl().getScheme() + "://";
        var homes = byNetwork(settings, HOME_SETTING).entrySet().stream()
                .filter(e -> !e.getValue().equals(instance.host().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> scheme + e.getValue()));
        return new Addresses(
                instance.baseUrl().toString(),
                instance.host().toLowerCase(Locale.ROOT),
                byNetwork(settings, HANDLE_HOST_SETTING),
                homes);
    }

    private static Map<Network, String> byNetwork(ConnectorSettings settings, String prefix) {
        return settings.values().entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix) && !e.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(
                        e -> new Network(e.getKey().substring(prefix.length())),
                        e -> e.getValue().strip().toLowerCase(Locale.ROOT)));
    }

    public String instanceActor() {
        return base + "/ap/instance";
    }

    public String actor(Presentation shown) {
        return actor(home(shown), shown.username());
    }

    public static String actor(String home, String username) {
        return home + ACTORS + username;
    }

    public String sharedInbox() {
        return sharedInbox(base);
    }

    public static String sharedInbox(String home) {
        return home + "/ap/inbox";
    }

    public static String keyId(String actor) {
        return actor + "#main-key";
    }

    /// The home of new actors who come from `source`.
    public String home(Network source) {
        return ownHomes.getOrDefault(source, base);
    }

    public String home(Presentation shown) {
        return shown.home().isEmpty() ? base : shown.home();
    }

    /// The home that a request asks; empty if it asks for none of them. Where there is only one, every request means
    /// it, whatever a proxy made of its host.
    public Optional<String> home(URI request) {
        return ownHomes.isEmpty()
                ? Optional.of(base)
                : homes().stream()
                        .filter(home -> authority(home).equalsIgnoreCase(request.getRawAuthority()))
                        .findFirst();
    }

    /// Every home.
    public Set<String> homes() {
        var all = new TreeSet<>(ownHomes.values());
        all.add(base);
        return all;
    }

    /// Host and port of a home.
    public static String authority(String home) {
        return home.substring(home.indexOf("://") + "://".length());
    }

    /// The username in an actor's id; empty if it cannot be one of ours.
    public Optional<String> username(String actor) {
        return homes().stream()
                .map(home -> home + ACTORS)
                .filter(start -> actor.startsWith(start) && actor.indexOf('/', start.length()) < 0)
                .map(start -> actor.substring(start.length()))
                .findFirst();
    }

    public boolean ours(String id) {
        return homes().stream().anyMatch(home -> id.startsWith(home + "/"));
    }

    /// Whether handles of ours end with it.
    public boolean isHandleHost(String name) {
        return name.equals(host)
                || hosts.containsValue(name)
                || ownHomes.values().stream().anyMatch(home -> authority(home).equals(name));
    }

    /// The host in the handles of people who come from `source`.
    public String handleHost(Network source) {
        return ownHomes.containsKey(source) ? authority(home(source)) : hosts.getOrDefault(source, host);
    }
}
