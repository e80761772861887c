package dev.drawbridge.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks up what a translator names, from the viewpoint of one network.
public final class Resolver {
    private static final Logger LOG = LoggerFactory.getLogger(Resolver.class);
    private final Ports ports;
    private final Connectors connectors;
    private final Cache<NativeId, Optional<Profile>> profiles = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    public Resolver(Ports ports, Connectors connectors) {
        this.ports = ports;
        this.connectors = connectors;
    }

    /// @param author who says it; whose follows are meant where `needs` asks for them
    Resolved resolve(Needs needs, Network viewpoint, NativeId author) {
        Map<NativeId, Resolved.Actor> actors = new HashMap<>();
        // Whoever a copy is by, also if its author has an account of their own there by now.
        List<Resolved.Actor> authors = new ArrayList<>();
        for (NativeId id : needs.actors()) {
            NativeId origin = originOf(id);
            // The author speaks by their stand-in: also to take back what it said.
            Optional<NativeId> account = origin.equals(author) ? Optional.empty() : linked(origin, viewpoint);
            Optional<Resolved.Actor> own = account.map(there -> own(origin, there));
            Resolved.Actor found = own.orElseGet(() -> actor(origin, viewpoint));
            actors.put(id, found);
            if (own.isEmpty()) {
                authors.add(found);
            }
        }
        Map<NativeId, Resolved.Post> objects = new HashMap<>();
        needs.objects().forEach(id -> objects.put(id, object(id, viewpoint, authors)));
        Map<NativeId, Follows.Edge> follows = new HashMap<>();
        needs.follows().forEach(id -> ports.follows().byFollow(id).ifPresent(edge -> follows.put(id, edge)));
        Set<NativeId> authorFollows = needs.authorFollows() ? authorFollows(author, viewpoint) : Set.of();
        return new Resolved(actors, objects, follows, authorFollows).withBlocks(blocks(needs.follows(), author));
    }

    /// Whom somebody blocks by what is named.
    private Map<NativeId, NativeId> blocks(Set<NativeId> named, NativeId author) {
        Map<NativeId, NativeId> blocks = new HashMap<>();
        if (!named.isEmpty()) {
            ports.preferences().of(author).blocked().forEach((other, by) -> {
                if (named.contains(by)) {
                    blocks.put(by, other);
                }
            });
        }
        return blocks;
    }

    /// The person a ghost stands for, or the id itself.
    NativeId originOf(NativeId actor) {
        return ports.identities().byId(actor).map(Ghost::origin).orElse(actor);
    }

    /// The object a copy was made of, or the id itself.
    NativeId originalOf(NativeId object) {
        return ports.ledger().byCopy(object).map(Ledger.Copy::original).orElse(object);
    }

    /// What a person shows on their own network, asked at most every ten minutes; empty if they do not answer.
    Optional<Profile> profile(NativeId origin) {
        try {
            return told(origin);
        } catch (RuntimeException e) {
            LOG.debug("profile of {} not available: {}", origin, e.toString());
            return Optional.empty();
        }
    }

    /// The same for what must not be decided on a guess; empty only if they are said to be gone.
    ///
    /// @throws RuntimeException if nobody can tell now
    Optional<Profile> told(NativeId origin) {
        if (!connectors.has(origin.network())) {
            return Optional.empty();
        }
        Optional<Profile> cached = profiles.getIfPresent(origin);
        if (cached != null) {
            return cached;
        }
        Optional<Profile> fresh =
                connectors.get(origin.network()).profile(origin).map(Secrets::without);
        profiles.put(origin, fresh);
        return fresh;
    }

    /// What a person showed when they were last asked or last said so; nobody is asked now.
    Optional<Profile> known(NativeId origin) {
        Optional<Profile> cached = profiles.getIfPresent(origin);
        return cached == null ? Optional.empty() : cached;
    }

    /// Asks anew next time.
    void forget(NativeId origin) {
        profiles.invalidate(origin);
    }

    /// Takes a profile that arrived by itself.
    void learn(Profile profile) {
        profiles.put(profile.actor(), Optional.of(Secrets.without(profile)));
    }

    private Set<NativeId> authorFollows(NativeId author, Network viewpoint) {
        Set<NativeId> here = new HashSet<>();
        NativeId origin = originOf(author);
        for (NativeId followed : ports.follows().followedBy(origin)) {
            // Following a bot is between a person and the bridge: their ghosts elsewhere follow none.
            boolean bot = followed.network().equals(Network.BRIDGE);
            if (!bot || (viewpoint.equals(origin.network()) && !Awaited.isWish(followed))) {
                hereOf(followed, viewpoint).ifPresent(here::add);
            }
        }
        return here;
    }

    /// The account of their own that somebody linked on another network than `person` is of; empty if there is none.
    Optional<NativeId> linked(NativeId person, Network network) {
        return person.network().equals(network)
                ? Optional.empty()
                : ports.links().find(person, network).map(link -> link.other(person));
    }

    private Optional<NativeId> hereOf(NativeId origin, Network viewpoint) {
        return origin.network().equals(viewpoint)
                ? Optional.of(origin)
                : ports.identities().find(origin, viewpoint).map(Ghost::id);
    }

    /// @param account of theirs on the viewpoint network
    private Resolved.Actor own(NativeId origin, NativeId account) {
        Optional<Profile> profile = profile(account);
        return new Resolved.Actor(
                origin, Optional.of(account), profile.map(Profile::handle), profile.flatMap(Profile::url));
    }

    private Resolved.Actor actor(NativeId origin, Network viewpoint) {
        if (origin.network().equals(viewpoint)) {
            return own(origin, origin);
        }
        Optional<Ghost> ghost = ports.identities().find(origin, viewpoint);
        Optional<URI> url =
                ghost.isPresent() ? Optional.empty() : profile(origin).flatMap(Profile::url);
        Optional<String> handle =
                ghost.map(Ghost::handle).or(() -> profile(origin).map(Profile::handle));
        return new Resolved.Actor(origin, ghost.map(Ghost::id), handle, url);
    }

    /// @param actors who was looked up already; the author is usually among them
    private Resolved.Post object(NativeId id, Network viewpoint, Collection<Resolved.Actor> actors) {
        NativeId original = originalOf(id);
        Optional<Ledger.Original> known = ports.ledger().original(original);
        boolean stays = original.network().equals(viewpoint);
        Optional<Ledger.Copy> copy = stays ? Optional.empty() : ports.ledger().copy(original, viewpoint);
        Optional<ObjectRef> here = stays ? Optional.of(own(ObjectRef.of(original), known)) : copy.map(Ledger.Copy::ref);
        Optional<ObjectRef> root = known.flatMap(Ledger.Original::root);
        Optional<ObjectRef> rootHere = root.isEmpty()
                ? here
                : objectHere(root.get(), ports.ledger().original(root.get().id()), viewpoint);
        Optional<NativeId> author = known.map(Ledger.Original::author);
        return new Resolved.Post(
                original,
                author,
                here,
                rootHere,
                author.flatMap(a -> actors.stream()
                        .filter(actor -> actor.origin().equals(a))
                        .findFirst()
                        .map(Resolved.Actor::here)
                        .orElseGet(() -> hereOf(a, viewpoint))),
                Optional.empty(),
                known.map(Ledger.Original::options).orElse(List.of()),
                copy.map(Ledger.Copy::parts).orElse(Set.of()));
    }

    private Optional<ObjectRef> objectHere(ObjectRef original, Optional<Ledger.Original> known, Network viewpoint) {
        return original.id().network().equals(viewpoint)
                ? Optional.of(own(original, known))
                : ports.ledger().copy(original.id(), viewpoint).map(Ledger.Copy::ref);
    }

    private static ObjectRef own(ObjectRef original, Optional<Ledger.Original> known) {
        return known.map(Ledger.Original::ref).orElse(original);
    }
}
