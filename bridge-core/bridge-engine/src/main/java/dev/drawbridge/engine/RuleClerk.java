package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Entry;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.moderation.RuleBook;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.port.Rules;
import dev.drawbridge.model.port.Rules.Subscription;
import dev.drawbridge.model.spi.Listing;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Sought;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the operator's rules: changes them, has those told whom a change concerns, and reads the lists of others again
/// when their time has come. What another instance changed is known here after a moment.
public final class RuleClerk {
    /// More than this on one list are not taken.
    public static final int MOST_ENTRIES = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(RuleClerk.class);
    private static final String CHANGED = "rules changed";
    /// How often a list is read.
    private static final Duration FRESH = Duration.ofHours(12);
    /// The first pause after one that could not be; each further one is twice as long, up to [#FRESH].
    private static final Duration AGAIN = Duration.ofMinutes(30);

    private final Rules store;
    private final LiveRules live;
    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Inbox inbox;
    private final InstantSource clock;
    private Optional<String> seen = Optional.empty();
    private long changes;
    private boolean first = true;
    private RuleBook told = RuleBook.EMPTY;
    private Instant toldAt;
    /// Held while the rules are read; to tell people takes longer.
    private final Object reading = new Object();

    /// @param live where the rules are read from
    /// @param inbox where goes what people are told
    public RuleClerk(
            Rules store,
            LiveRules live,
            Ports ports,
            Connectors connectors,
            Resolver resolver,
            Inbox inbox,
            InstantSource clock) {
        this.store = store;
        this.live = live;
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.inbox = inbox;
        this.clock = clock;
        this.toldAt = clock.instant();
    }

    /// Reads the rules before anything moves.
    public void load() {
        synchronized (reading) {
            seen = ports.cursors().get(CHANGED);
            live.take(store.all());
        }
    }

    /// Reads the rules again if another process changed them.
    public void read() {
        synchronized (reading) {
            if (!ports.cursors().get(CHANGED).equals(seen)) {
                load();
            }
        }
    }

    /// Has everybody told who was not yet. If there is something new it walks all who are carried, which takes a
    /// while. Doing it again tells nobody twice.
    public synchronized void look() {
        Instant now = clock.instant();
        read();
        RuleBook book = live.book();
        if (!book.sameAs(told) || told.endedSince(toldAt, now)) {
            tell(book, now);
            store.removeEnded(now);
        }
    }

    /// A new rule of the operator's, in the place of one about the same.
    ///
    /// @throws IllegalArgumentException if nobody would know why: a rule has a reason
    public Rule put(Subject subject, Effect effect, String reason, Optional<Instant> until) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a rule has a reason, for everybody to read");
        }
        if (until.filter(end -> !end.isAfter(clock.instant())).isPresent()) {
            throw new IllegalArgumentException("a rule ends later than now");
        }
        var rule = new Rule(subject, effect, reason, Rule.OPERATOR, clock.instant(), until);
        store.put(rule);
        changed();
        return rule;
    }

    /// @return false if the operator had none
    public boolean remove(Subject subject) {
        boolean there = store.remove(subject, Rule.OPERATOR);
        changed();
        return there;
    }

    /// The subject that somebody means who typed `value`: accounts by their ids where a network says who is meant,
    /// since a handle may be somebody else's tomorrow.
    ///
    /// @throws IllegalArgumentException if it is no such thing
    public Subject meant(Subject.Kind kind, String value) {
        if (kind != Subject.Kind.ACTOR) {
            return new Subject(kind, value);
        }
        if (PrivateKeys.in(value)) {
            throw new IllegalArgumentException("that is a private key, and names nobody");
        }
        List<NativeId> found = connectors.all().stream()
                .map(connector -> connector.seek(value.strip()))
                .filter(Sought.Found.class::isInstance)
                .map(sought -> resolver.originOf(((Sought.Found) sought).actor()))
                .distinct()
                .toList();
        return new Subject(kind, found.size() == 1 ? found.getFirst().value() : value);
    }

    /// Takes the entries of a document as rules of the operator's.
    ///
    /// @param most what happens to those on it, where the list does not want less
    /// @return how many there are
    /// @throws IllegalArgumentException if no network reads such documents
    public int take(String document, Effect most, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a list has a reason, for everybody to read");
        }
        List<Entry> entries = entries(read(connector -> connector.readList(document)));
        Instant now = clock.instant();
        entries.forEach(entry -> store.put(rule(entry, most, reason, Rule.OPERATOR, now)));
        changed();
        return entries.size();
    }

    /// Follows a list from now on.
    ///
    /// @param most what happens to those on it, where the list does not want less
    /// @throws IllegalArgumentException if it cannot be read
    public Subscription subscribe(String address, Effect most) {
        if (most == Effect.ALLOW) {
            throw new IllegalArgumentException("a list of others allows nothing");
        }
        var wanted = new Subscription(address, most, clock.instant(), clock.instant(), 0, 0, "");
        List<Entry> entries = entries(read(connector -> connector.list(address)));
        return taken(wanted, entries);
    }

    /// @return false if it was not followed
    public boolean unsubscribe(String address) {
        boolean there = store.unsubscribe(address);
        if (store.replace(Rule.LIST + address, List.of())) {
            changed();
        }
        return there;
    }

    public Collection<Subscription> subscriptions() {
        return store.subscriptions();
    }

    public List<Rule> rules() {
        return store.all();
    }

    /// Reads again the lists whose time has come. One that cannot be read stays as it was. Asks networks.
    public void refresh() {
        Instant now = clock.instant();
        for (Subscription subscription : store.subscriptions()) {
            if (!subscription.next().isAfter(now)) {
                refresh(subscription, now);
            }
        }
    }

    private void refresh(Subscription subscription, Instant now) {
        try {
            taken(subscription, entries(read(connector -> connector.list(subscription.address()))));
        } catch (IllegalArgumentException e) {
            LOG.warn("the list {} stays as it was: {}", subscription.address(), e.getMessage());
            int failures = subscription.failures() + 1;
            Duration pause = AGAIN.multipliedBy(1L << Math.min(failures - 1, 10));
            store.subscribe(new Subscription(
                    subscription.address(),
                    subscription.effect(),
                    subscription.since(),
                    now.plus(pause.compareTo(FRESH) < 0 ? pause : FRESH),
                    failures,
                    subscription.entries(),
                    String.valueOf(e.getMessage())));
        }
    }

    private Subscription taken(Subscription wanted, List<Entry> entries) {
        List<Rule> rules = entries.stream()
                .map(entry -> rule(
                        entry, wanted.effect(), "on the list " + wanted.address(), wanted.source(), wanted.since()))
                .toList();
        if (store.replace(wanted.source(), rules)) {
            changed();
        }
        var taken = new Subscription(
                wanted.address(),
                wanted.effect(),
                wanted.since(),
                clock.instant().plus(FRESH),
                0,
                rules.size(),
                "");
        store.subscribe(taken);
        return taken;
    }

    private static Rule rule(Entry entry, Effect most, String reason, String source, Instant since) {
        boolean content =
                entry.subject().kind() == Subject.Kind.WORD || entry.subject().kind() == Subject.Kind.MEDIA;
        Effect effect =
                entry.effect().filter(wanted -> wanted.compareTo(most) < 0).orElse(most);
        return new Rule(
                entry.subject(),
                content ? Effect.DENY : effect,
                entry.reason().isBlank() ? reason : entry.reason(),
                source,
                since,
                Optional.empty());
    }

    /// The answer that says most.
    private Listing read(Function<NetworkConnector, Listing> question) {
        List<Listing> answers = new ArrayList<>();
        connectors.all().forEach(connector -> answers.add(question.apply(connector)));
        return answers.stream().max(Comparator.comparing(RuleClerk::weight)).orElseGet(Listing.Foreign::new);
    }

    private static int weight(Listing answer) {
        return switch (answer) {
            case Listing.Entries _ -> 3;
            case Listing.Silent _ -> 2;
            case Listing.Unreadable _ -> 1;
            case Listing.Foreign _ -> 0;
        };
    }

    private static List<Entry> entries(Listing listing) {
        return switch (listing) {
            case Listing.Entries(List<Entry> entries) -> {
                if (entries.size() > MOST_ENTRIES) {
                    throw new IllegalArgumentException("it has more than " + MOST_ENTRIES + " entries");
                }
                yield entries;
            }
            case Listing.Silent(String reason) -> throw new IllegalArgumentException(reason);
            case Listing.Unreadable(String reason) -> throw new IllegalArgumentException(reason);
            case Listing.Foreign _ -> throw new IllegalArgumentException("no network of this instance has such a list");
        };
    }

    private void changed() {
        synchronized (reading) {
            ports.cursors().put(CHANGED, clock.instant() + " " + ++changes);
            load();
        }
    }

    private void tell(RuleBook book, Instant now) {
        for (Network network : connectors.networks()) {
            ports.consents()
                    .forEachGiven(
                            network,
                            person -> news(person, book, now).ifPresent(ruling -> inbox.put(ruling.about(person))));
        }
        first = false;
        told = book;
        toldAt = now;
    }

    /// After a start nobody knows who was told: whatever holds may be new, and what has ended but is still stored may
    /// have ended meanwhile.
    private Optional<Ruling> news(NativeId person, RuleBook book, Instant now) {
        Optional<String> handle = LiveRules.handle(resolver.known(person));
        Optional<Rule> before =
                first ? book.onPerson(person, handle, Instant.EPOCH) : told.onPerson(person, handle, toldAt);
        Optional<Rule> after = book.onPerson(person, handle, now);
        if (after.isPresent()) {
            boolean isNew = first || !after.equals(before);
            return isNew ? Optional.of(new Ruling(Ruling.What.BEGINS, "", now)) : Optional.empty();
        }
        return before.map(rule -> new Ruling(Ruling.What.ENDS, Rulings.subject(rule), now));
    }
}
