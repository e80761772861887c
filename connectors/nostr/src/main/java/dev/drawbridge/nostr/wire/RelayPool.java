package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.negentropy.Item;
import dev.drawbridge.nostr.store.LatestLists;
import dev.drawbridge.nostr.translate.PollCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All relays we talk to: the configured ones, those where people who opted in write, and for a while those somebody
/// published to.
public final class RelayPool {
    private static final Logger LOG = LoggerFactory.getLogger(RelayPool.class);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration SETTLE = Duration.ofMillis(250);
    private static final int MOST_LIST_OWNERS = 5_000;
    private static final int MOST_FORGED = 10;
    private static final Duration BROKEN = Duration.ofSeconds(10);

    private final ConnectorContext context;
    private final RelaySettings settings;
    private final Timer timer;
    private final Intake intake;
    private final EventVerifier verifier;
    private final LatestLists lists;
    private final RelayLists relayLists;
    private final Identity identity;
    private final TermsLookup terms;
    private final Map<RelayUrl, Relay> relays = new ConcurrentHashMap<>();
    private final Map<RelayUrl, RelayReader> readers = new ConcurrentHashMap<>();
    private final Taken seen = new Taken();
    private final RelayReader.Inlet inlet = new RelayReader.Inlet() {
        @Override
        public Receipt take(Event event, Relay from) {
            return RelayPool.this.take(event, from);
        }

        @Override
        public Collection<Item> taken(Filter filter) {
            return seen.matching(filter);
        }
    };
    private boolean running;
    private boolean changing;

    /// @param identity who we say we are where a relay asks
    public RelayPool(
            ConnectorContext context,
            RelaySettings settings,
            Timer timer,
            Intake intake,
            LatestLists lists,
            Identity identity) {
        this.context = context;
        this.settings = settings;
        this.timer = timer;
        this.intake = intake;
        this.lists = lists;
        this.identity = identity;
        this.terms = new TermsLookup(context.http());
        this.verifier = new EventVerifier(context.verifier());
        this.relayLists = new RelayLists(settings::allows);
        context.watchlist().onChange(Network.NOSTR, this::changed);
    }

    public synchronized void start() {
        running = true;
        rebalance();
    }

    public synchronized void stop() {
        running = false;
        relays.values().forEach(Relay::stop);
        relays.clear();
        readers.clear();
    }

    /// Many people may opt in at once; one change is enough for all of them.
    private synchronized void changed() {
        if (running && !changing) {
            changing = true;
            timer.after(SETTLE, this::rebalance);
        }
    }

    private synchronized void rebalance() {
        changing = false;
        if (!running) {
            return;
        }
        Set<PublicKey> people = keys(context.watchlist().people(Network.NOSTR));
        Set<PublicKey> ours = keys(context.watchlist().ours(Network.NOSTR));
        relayLists.keepOnly(people);
        List<PublicKey> owners = lists.authorsNamingUs(Kind.FOLLOWS, MOST_LIST_OWNERS).stream()
                .filter(owner -> !people.contains(owner))
                .toList();
        Map<RelayUrl, Interest> wanted = new HashMap<>();
        relayLists
                .writers(people, settings.mostRelays())
                .forEach((url, writers) -> wanted.put(url, Interest.of(writers, Set.of(), List.of())));
        settings.relays().forEach(url -> wanted.merge(url, Interest.of(people, ours, owners), Interest::and));
        if (!people.isEmpty()) {
            settings.indexers().forEach(url -> wanted.merge(url, Interest.lists(people), Interest::and));
        }
        for (RelayUrl url : List.copyOf(readers.keySet())) {
            if (!wanted.containsKey(url)) {
                readers.remove(url);
                Optional.ofNullable(relays.remove(url)).ifPresent(Relay::stop);
            }
        }
        wanted.forEach((url, interest) -> reader(url).read(interest));
    }

    private static Set<PublicKey> keys(Collection<NativeId> ids) {
        Set<PublicKey> keys = new HashSet<>();
        ids.forEach(id -> PublicKey.tryParse(id.value()).ifPresent(keys::add));
        return keys;
    }

    private RelayReader reader(RelayUrl url) {
        return readers.computeIfAbsent(url, u -> {
            Relay relay = relay(u);
            var reader = new RelayReader(relay, inlet, context.cursors(), context.clock(), timer);
            if (relay.isOpen()) {
                reader.reconnected(terms.known(u));
            }
            relay.start();
            return reader;
        });
    }

    private Relay relay(RelayUrl url) {
        return relays.computeIfAbsent(
                url, u -> new Relay(u, context.sockets(), timer, context.random(), identity, () -> opened(u)));
    }

    private void opened(RelayUrl url) {
        // What it can bear has to be asked for elsewhere: nobody waits for that here.
        timer.after(Duration.ZERO, () -> {
            RelayReader reader = readers.get(url);
            if (reader != null) {
                reader.reconnected(terms.of(url));
            }
        });
    }

    private Receipt take(Event event, Relay from) {
        if (seen.contains(event.id())) {
            return new Receipt.Ignored("seen before");
        }
        Optional<String> problem = verifier.problem(event);
        if (problem.isPresent()) {
            LOG.info("relay {}: event {} refused: {}", from.url(), event.id(), problem.get());
            return new Receipt.Ignored(problem.get());
        }
        Receipt receipt = event.kind() == Kind.RELAY_LIST ? learn(event) : intake(event);
        if (!(receipt instanceof Receipt.Busy)) {
            seen.add(event);
        }
        return receipt;
    }

    private Receipt learn(Event event) {
        if (intake.watches(event.pubkey()) && relayLists.learn(event)) {
            changed();
        }
        return new Receipt.Ignored("a relay list");
    }

    private Receipt intake(Event event) {
        try {
            return intake.take(event);
        } catch (RuntimeException e) {
            LOG.error("event {} cannot be taken now", event.id(), e);
            return new Receipt.Busy(BROKEN);
        }
    }

    /// Whether we talk to a relay that somebody else named, or the operator.
    boolean allows(RelayUrl url) {
        return settings.relays().contains(url) || settings.allows(url);
    }

    /// Publishes a signed event.
    ///
    /// @param url one that is allowed
    /// @return what the relay said; never fails
    CompletableFuture<PublishAnswer> publish(Event event, RelayUrl url) {
        return relay(url).publish(event, ANSWER).thenApply(answer -> {
            if (!readers.containsKey(url)) {
                timer.after(IDLE, () -> leaveIfIdle(url));
            }
            return answer;
        });
    }

    /// Publishes what nobody will ever take back, and waits for the answer. Who has it is not written down.
    public DeliveryOutcome tell(Event event, RelayUrl url) {
        return allows(url)
                ? publish(event, url).join().outcome()
                : new DeliveryOutcome.Refused("not a relay we talk to: " + url);
    }

    /// A relay we only published to is not kept for ever.
    private synchronized void leaveIfIdle(RelayUrl url) {
        Relay relay = relays.get(url);
        if (relay != null && !readers.containsKey(url) && relay.idle()) {
            relays.remove(url);
            relay.stop();
        }
    }

    /// Asks every connected relay, and waits for the first that has what is looked for, or for all.
    public Optional<Event> find(EventId id) {
        return look(Filter.ANY.ids(List.of(id)).limit(1)).stream()
                .filter(e -> e.id().equals(id))
                .findFirst();
    }

    /// The latest replaceable event of a kind that any connected relay has.
    public Optional<Event> latest(int kind, PublicKey author) {
        return look(Filter.ANY.authors(List.of(author)).kinds(List.of(kind)).limit(1)).stream()
                .reduce((a, b) -> b.replaces(a) ? b : a);
    }

    /// The latest event at an address that any connected relay has.
    ///
    /// @param identifier its `d` tag; empty where the kind has one event for each author
    public Optional<Event> latest(int kind, PublicKey author, String identifier) {
        if (!Kind.isAddressable(kind)) {
            return latest(kind, author);
        }
        Filter filter = Filter.ANY
                .authors(List.of(author))
                .kinds(List.of(kind))
                .tag('d', List.of(identifier))
                .limit(1);
        return look(filter).stream().reduce((a, b) -> b.replaces(a) ? b : a);
    }

    /// Every event of a replaceable kind that connected relays have; empty if none of them said that this is all.
    Optional<List<Event>> told(int kind, PublicKey author) {
        List<Query> asked = new ArrayList<>();
        List<Event> found =
                look(Filter.ANY.authors(List.of(author)).kinds(List.of(kind)).limit(1), asked);
        return asked.stream().anyMatch(Query::told) ? Optional.of(found) : Optional.empty();
    }

    private List<Event> look(Filter filter) {
        return look(filter, new ArrayList<>());
    }

    /// @param asked gets the questions
    private List<Event> look(Filter filter, List<Query> asked) {
        List<CompletableFuture<List<Event>>> answers = new ArrayList<>();
        for (Relay relay : relays.values()) {
            if (relay.isOpen()) {
                var query = new Query(relay, filter, timer);
                asked.add(query);
                answers.add(query.run(LOOK));
            }
        }
        return answers.stream()
                .flatMap(a -> a.join().stream())
                .filter(filter::matches)
                .filter(e -> verifier.problem(e).isEmpty())
                .toList();
    }

    /// Counts what the connected relays, and those named that we talk to, have for one filter. Takes its time, and
    /// after `until` it asks nobody else. A relay that brings forgeries is not read to its end.
    public void survey(Filter filter, Collection<RelayUrl> named, Instant until, PollCount count) {
        Set<RelayUrl> urls = new LinkedHashSet<>(relays.keySet());
        named.stream().filter(this::allows).forEach(urls::add);
        for (RelayUrl url : urls) {
            if (count.isFull() || !context.clock().instant().isBefore(until)) {
                return;
            }
            var forged = new AtomicInteger();
            survey(url, filter, until, event -> {
                if (filter.matches(event) && count.wants(event)) {
                    if (verifier.problem(event).isEmpty()) {
                        count.add(event);
                    } else {
                        forged.incrementAndGet();
                    }
                }
                return forged.get() < MOST_FORGED && !count.isFull();
            });
        }
    }

    /// Reads everything that one relay has for a filter. Takes its time.
    ///
    /// @param url one that is allowed
    /// @param reader of events that nobody has checked; says whether it wants more
    /// @return how much of it was read
    Survey.Extent survey(RelayUrl url, Filter filter, Instant until, Predicate<Event> reader) {
        Relay relay = relay(url);
        boolean known = readers.containsKey(url);
        boolean there = relay.isOpen() || relay.reach(LOOK).join();
        Survey.Extent extent = there
                ? new Survey(relay, timer, context.clock(), LOOK).read(filter, until, reader)
                : Survey.Extent.NOTHING;
        if (!known) {
            timer.after(IDLE, () -> leaveIfIdle(url));
        }
        return extent;
    }

    /// Where what somebody wrote is: the relays of the settings, and those they say they write to. May ask for that.
    Set<RelayUrl> writtenBy(PublicKey person) {
        if (relayLists.writesTo(person).isEmpty()) {
            latest(Kind.RELAY_LIST, person).ifPresent(this::learn);
        }
        Set<RelayUrl> urls = new LinkedHashSet<>(settings.relays());
        urls.addAll(relayLists.writesTo(person));
        return urls;
    }

    /// Whether somebody says that they write there.
    boolean writes(PublicKey person, RelayUrl url) {
        return relayLists.writesTo(person).contains(url);
    }

    /// Where a person who opted in wants to be written to; empty if unknown.
    public List<RelayUrl> inboxesOf(PublicKey person) {
        return relayLists.readsFrom(person);
    }

    /// What is wrong with which relay.
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        relays.forEach((url, relay) -> relay.trouble().ifPresent(t -> troubles.add("relay " + url + ": " + t)));
        readers.forEach((url, reader) -> reader.trouble().ifPresent(t -> troubles.add("relay " + url + ": " + t)));
        return troubles;
    }
}
