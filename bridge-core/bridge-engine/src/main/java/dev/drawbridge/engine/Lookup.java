package dev.drawbridge.engine;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.consent.Reason;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.port.StoreUnavailableException;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Sought;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who is behind a name of any network, and whether they are carried and why not: for everybody to ask. Writes nothing,
/// and logs no name but for debugging.
public final class Lookup {
    /// Characters of what may be asked for.
    public static final int LONGEST = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Lookup.class);
    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Objections objections;

    public Lookup(Ports ports, Connectors connectors, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = new Resolver(ports, connectors);
        this.objections =
                new Objections(ports.consents(), terms, new Vouches(ports, connectors, resolver, terms, clock));
    }

    /// What there is to say about a name.
    public sealed interface Answer {
        /// Everybody it may mean: a name can be one on several networks.
        record People(List<Person> people) implements Answer {
            public People {
                people = List.copyOf(people);
            }
        }

        /// No network has names like this.
        record Unreadable() implements Answer {}

        /// @param silent networks on which somebody may have it, but who could tell does not answer
        record Nobody(List<Network> silent) implements Answer {
            public Nobody {
                silent = List.copyOf(silent);
            }
        }

        /// A private key was typed.
        record Secret() implements Answer {}
    }

    /// @param id on their own network; on [Network#BRIDGE] for a bot
    /// @param handle as their network writes it
    /// @param name the name they show; may be empty
    /// @param page where they are at home
    /// @param places the other networks, in order
    public record Person(NativeId id, String handle, String name, Optional<URI> page, List<Place> places) {
        public Person {
            places = List.copyOf(places);
        }

        public boolean bot() {
            return id.network().equals(Network.BRIDGE);
        }

        /// Whether they are carried anywhere.
        public boolean carried() {
            return places.stream().anyMatch(p -> p.objection().isEmpty());
        }
    }

    /// How a person stands with one network.
    ///
    /// @param objection why they are not carried there; empty if they are
    /// @param handle the stand-in's; empty if there is none yet
    /// @param id the stand-in's
    /// @param page where the stand-in is looked at
    /// @param mirror whether the operator carries them with their permission
    public record Place(
            Network network,
            Optional<Reason> objection,
            Optional<String> handle,
            Optional<NativeId> id,
            Optional<URI> page,
            boolean mirror) {}

    /// The networks somebody may be on.
    public Collection<Network> networks() {
        return connectors.networks();
    }

    /// @param typed without space around it, of 1 to [#LONGEST] characters
    public Answer about(String typed) {
        // Whoever is asked would see it.
        if (PrivateKeys.in(typed)) {
            return new Answer.Secret();
        }
        List<Sought> sought = ask(typed);
        if (sought.stream().anyMatch(Sought.Secret.class::isInstance)) {
            return new Answer.Secret();
        }
        List<Person> people = sought.stream()
                .<NativeId>mapMulti((s, into) -> {
                    if (s instanceof Sought.Found(NativeId actor)) {
                        into.accept(actor);
                    }
                })
                .flatMap(actor -> origin(actor).stream())
                .filter(origin -> origin.network().equals(Network.BRIDGE) || connectors.has(origin.network()))
                .distinct()
                .map(this::person)
                .toList();
        if (!people.isEmpty()) {
            return new Answer.People(people);
        }
        if (sought.stream().allMatch(Sought.Foreign.class::isInstance)) {
            return new Answer.Unreadable();
        }
        var silent = new ArrayList<Network>();
        int i = 0;
        for (Network network : connectors.networks()) {
            if (sought.get(i++) instanceof Sought.Silent) {
                silent.add(network);
            }
        }
        return new Answer.Nobody(silent);
    }

    /// Somebody by their id; empty if they are carried nowhere now, whoever they are.
    public Optional<Person> carried(NativeId id) {
        return origin(id)
                .filter(origin -> connectors.has(origin.network()))
                .filter(origin -> ports.consents().of(origin).stream().anyMatch(Consent::given))
                .map(this::person)
                .filter(Person::carried);
    }

    /// Every network at once: a server that does not answer takes its time.
    private List<Sought> ask(String typed) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Sought>> asked = connectors.all().stream()
                    .map(connector -> threads.submit(() -> seek(connector, typed)))
                    .toList();
            var answers = new ArrayList<Sought>();
            for (Future<Sought> answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException told ? told : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Sought seek(NetworkConnector connector, String typed) {
        try {
            return connector.seek(typed);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.info(
                    "{} could not look somebody up: {}",
                    connector.network(),
                    e.getClass().getName());
            return new Sought.Silent();
        }
    }

    /// Whom an id stands for. A stand-in whose owner left stands for nobody.
    private Optional<NativeId> origin(NativeId actor) {
        Optional<Ghost> ghost = ports.identities().byId(actor);
        return ghost.isEmpty()
                ? Optional.of(actor)
                : ghost.filter(Ghost::active).map(Ghost::origin);
    }

    private Person person(NativeId origin) {
        if (origin.network().equals(Network.BRIDGE)) {
            return bot(origin);
        }
        Optional<Profile> profile = resolver.profile(origin);
        List<Place> places = connectors.reached().stream()
                .filter(Predicate.not(origin.network()::equals))
                .map(target -> place(origin, target, profile))
                .toList();
        return new Person(
                origin,
                profile.map(Profile::handle).filter(h -> !h.isBlank()).orElse(origin.value()),
                profile.map(Profile::displayName).orElse(""),
                connectors.get(origin.network()).actorPage(origin),
                places);
    }

    private Person bot(NativeId origin) {
        List<Ghost> faces = ports.identities().of(origin);
        List<Place> places = faces.stream()
                .filter(Ghost::active)
                .filter(ghost -> connectors.has(ghost.network()))
                .map(ghost -> shown(ghost, false))
                .toList();
        return new Person(
                origin, faces.isEmpty() ? origin.value() : faces.getFirst().handle(), "", Optional.empty(), places);
    }

    private Place place(NativeId person, Network target, Optional<Profile> profile) {
        Optional<NativeId> own = resolver.linked(person, target);
        if (own.isPresent()) {
            return new Place(
                    target,
                    Optional.of(Reason.LINKED),
                    Optional.of(Linking.handle(resolver, own.get())),
                    own,
                    connectors.get(target).actorPage(own.get()),
                    false);
        }
        // Who left is like anybody who never asked: that they were here is nobody's business.
        Optional<Reason> objection =
                objections.against(person, target, profile).map(r -> r == Reason.LEFT ? Reason.NOT_ASKED : r);
        if (objection.isPresent()) {
            return new Place(target, objection, Optional.empty(), Optional.empty(), Optional.empty(), false);
        }
        boolean mirror = ports.consents()
                .find(person, target)
                .filter(Mirrors::vouchesFor)
                .isPresent();
        return ports.identities()
                .find(person, target)
                .filter(Ghost::active)
                .map(ghost -> shown(ghost, mirror))
                .orElseGet(() -> new Place(
                        target, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), mirror));
    }

    private Place shown(Ghost ghost, boolean mirror) {
        return new Place(
                ghost.network(),
                Optional.empty(),
                Optional.of(ghost.handle()),
                Optional.of(ghost.id()),
                connectors.get(ghost.network()).actorPage(ghost.id()),
                mirror);
    }

    /// The original that an id names, itself or by one of its copies, if its author is carried somewhere now.
    public Optional<Ledger.Original> post(NativeId id) {
        NativeId original = resolver.originalOf(id);
        return ports.ledger()
                .original(original)
                .filter(o -> ports.consents().of(o.author()).stream().anyMatch(Consent::given))
                .filter(o -> connectors.has(o.ref().id().network()));
    }

    /// What somebody is called, as far as it is known without asking; else their id.
    String knownHandle(NativeId person) {
        return resolver.known(person)
                .map(Profile::handle)
                .filter(handle -> !handle.isBlank())
                .orElse(person.value());
    }
}
