package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.BridgedText;
import dev.drawbridge.nostr.event.EventTemplate;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What every copy carries.
///
/// @param ownRelay where copies are always found
/// @param bridge the domain copies are labelled with; empty for events without an instance around them
/// @param protectCopies whether copies that stay on our relay ask not to be passed on
/// ([NIP-70](https://nips.nostr.com/70))
record Marks(RelayUrl ownRelay, Optional<String> bridge, boolean protectCopies) {
    /// What other relays are asked to take, or to do something about.
    private static final Set<Integer> TRAVELS =
            Set.of(Kind.PROFILE, Kind.FOLLOWS, Kind.DELETION, Kind.VANISH, Kind.REPORT, Kind.RELAY_LIST);

    static Marks of(InstanceInfo instance, boolean labelled, boolean protectCopies) {
        Optional<String> bridge = labelled ? Optional.of(instance.domain()) : Optional.empty();
        return new Marks(RelayUrl.besideWeb(instance.baseUrl()), bridge, protectCopies);
    }

    /// Says where the original is ([NIP-48](https://nips.nostr.com/48)). Nothing for what the bridge itself says.
    List<Tag> of(NativeId source) {
        List<Tag> marks = new ArrayList<>();
        Network network = source.network();
        if (!network.equals(Network.BRIDGE) && !network.equals(Network.NOSTR)) {
            marks.add(Tag.of("proxy", BridgedText.clean(source.value()), protocol(network)));
        }
        return marks;
    }

    /// What NIP-48 calls the protocol of a network.
    private static String protocol(Network network) {
        return network.equals(Network.FEED) ? "rss" : network.name();
    }

    /// The event with all that a copy carries: a label that relays can be asked for (NIP-32), who made it (NIP-89),
    /// and the wish to stay on our relay. What is said to natives goes without that wish: relays refuse it.
    EventTemplate finish(EventTemplate event, Resolved resolved) {
        Optional<Tag> proxy =
                event.tags().stream().filter(tag -> tag.is("proxy")).findFirst();
        if (proxy.isEmpty()) {
            return event;
        }
        List<Tag> tags = new ArrayList<>(event.tags());
        bridge.ifPresent(domain -> tags.addAll(labels(domain, proxy.get())));
        if (protectCopies && !TRAVELS.contains(event.kind()) && ghosts(resolved).containsAll(people(event))) {
            tags.add(Tag.of("-"));
        }
        return new EventTemplate(event.createdAt(), event.kind(), tags, event.content());
    }

    private static List<Tag> labels(String domain, Tag proxy) {
        String namespace = namespace(domain);
        return List.of(
                Tag.of("L", namespace),
                Tag.of("l", namespace + "." + proxy.get(2) + ":" + proxy.value(), namespace),
                Tag.of("client", domain));
    }

    /// A domain the way namespaces are written, without a port.
    static String namespace(String domain) {
        List<String> labels = new ArrayList<>(
                Arrays.asList(domain.replaceFirst(":[0-9]*$", "").split("\\.")));
        Collections.reverse(labels);
        return String.join(".", labels);
    }

    private static Set<String> people(EventTemplate event) {
        Set<String> people = new HashSet<>();
        event.tags().stream().filter(tag -> tag.is("p")).map(Tag::value).forEach(people::add);
        return people;
    }

    private static Set<String> ghosts(Resolved resolved) {
        Set<String> ghosts = new HashSet<>();
        resolved.actors().values().stream()
                .filter(actor -> !actor.origin().network().equals(Network.NOSTR))
                .forEach(actor -> actor.here().ifPresent(id -> ghosts.add(id.value())));
        resolved.objects().values().stream()
                .filter(post -> !post.original().network().equals(Network.NOSTR))
                .forEach(post -> post.authorHere().ifPresent(id -> ghosts.add(id.value())));
        return ghosts;
    }

    /// Where an event is found: our relay for copies, unknown for what is native here.
    String relayHint(NativeId original) {
        return original.network().equals(Network.NOSTR) ? "" : ownRelay.value();
    }

    /// A time that relays take: not later than `now`, and the same on every try because both are.
    static long seconds(Instant at, Instant now) {
        Instant earlier = at.isBefore(now) ? at : now;
        return Math.max(0, earlier.getEpochSecond());
    }
}
