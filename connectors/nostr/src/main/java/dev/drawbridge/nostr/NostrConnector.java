package dev.drawbridge.nostr;

import dev.drawbridge.model.Capabilities;
import dev.drawbridge.model.Capabilities.Deletes;
import dev.drawbridge.model.Capabilities.TextUnit;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.Listing;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.model.spi.Shelf;
import dev.drawbridge.model.spi.Sought;
import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.Translator;
import dev.drawbridge.nostr.dm.GiftWraps;
import dev.drawbridge.nostr.event.Address;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.HttpAuth;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Ncryptsec;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.http.Departures;
import dev.drawbridge.nostr.http.RelayEndpoints;
import dev.drawbridge.nostr.http.RelayHub;
import dev.drawbridge.nostr.http.RelayParts;
import dev.drawbridge.nostr.store.NostrStore;
import dev.drawbridge.nostr.store.Presentation;
import dev.drawbridge.nostr.translate.NativeEvents;
import dev.drawbridge.nostr.translate.NostrTranslator;
import dev.drawbridge.nostr.translate.Viewer;
import dev.drawbridge.nostr.wire.Announcements;
import dev.drawbridge.nostr.wire.History;
import dev.drawbridge.nostr.wire.IdentityLookup;
import dev.drawbridge.nostr.wire.Inboxes;
import dev.drawbridge.nostr.wire.Intake;
import dev.drawbridge.nostr.wire.ProfileLookup;
import dev.drawbridge.nostr.wire.Publisher;
import dev.drawbridge.nostr.wire.RelayPool;
import dev.drawbridge.nostr.wire.RelaySettings;
import dev.drawbridge.nostr.wire.ThreadTimer;
import dev.drawbridge.nostr.wire.Timer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [NetworkConnector] for Nostr: reads and publishes to relays, and is one.
///
/// Destinations are `own`, which is our relay's store, `inbox` and a key, which is wherever that person reads, and, if
/// we have no relay of our own, the addresses of the relays our people live on.
final class NostrConnector implements NetworkConnector {
    private static final Capabilities CAPABILITIES = new Capabilities(
            Integer.MAX_VALUE, TextUnit.CODE_POINTS, Deletes.ADVISORY, Trait.MESSAGES, Trait.ACCOUNTS_RETURN);
    private static final Logger LOG = LoggerFactory.getLogger(NostrConnector.class);
    private static final Duration SWEEP = Duration.ofMinutes(10);
    /// So that what somebody was just saying is there when it is looked for.
    private static final Duration AFTER_DEPARTURE = Duration.ofSeconds(10);

    private final ConnectorContext context;
    private final NostrSettings settings;
    private final NostrStore store;
    private final NostrTranslator translator;
    private final Intake intake;
    private final RelayPool pool;
    private final NostrGhosts ghosts;
    private final NostrDelivery delivery;
    private final BotCommands commands;
    private final Announcements announcements;
    private final Departures departures;
    private final AtomicBoolean looksSoon = new AtomicBoolean();
    private final ProfileLookup profiles;
    private final IdentityLookup identities;
    private final NameLookup names;
    private final History history;
    private final MuteLists lists;
    private final RelayEndpoints endpoints;
    private final NostrAccount account;
    private final Tallies tallies;
    private final Timer timer;

    /// @param executor where our relay works on what clients say; may block
    NostrConnector(ConnectorContext context, NostrStore store, Timer timer, Executor executor) {
        this.context = context;
        this.store = store;
        this.timer = timer;
        this.settings = NostrSettings.of(context.settings(), context.instance());
        this.translator =
                NostrTranslator.labelling(context.instance(), settings.protectCopies(), settings.editWindow());
        this.intake = new Intake(context.watchlist(), store.lists(), context.clock(), this::message, store.polls());
        var bots = new BotIdentity(context.signer(), store.presentations(), context.clock());
        RelaySettings wire = settings.wire(context.instance().loopback());
        this.pool = new RelayPool(context, wire, timer, intake, store.lists(), bots);
        this.tallies = new Tallies(store.polls(), store.events(), pool, intake, context.clock(), timer);
        var hub = new RelayHub();
        var wraps = new GiftWraps(context.signer(), new EventVerifier(context.verifier()), context.random());
        var voice = new Voice(context.signer(), store.events(), hub);
        this.ghosts = new NostrGhosts(
                context.instance(), context.signer(), store, translator, voice, settings.homes(), context.clock());
        var publisher = new Publisher(pool, store.placements());
        this.announcements =
                new Announcements(settings.announcedTo(), store.events(), store.placements(), publisher, timer);
        this.delivery = new NostrDelivery(
                store, voice, publisher, new Inboxes(intake, pool), announcements, settings, mail(wraps, voice));
        this.commands = commands(wraps);
        this.departures = new Departures(intake, store, context.clock());
        this.profiles = new ProfileLookup(context, store.events(), pool);
        this.identities = new IdentityLookup(store.events(), pool);
        this.names = new NameLookup(context.instance().host(), store.presentations(), store.events(), profiles);
        this.history = new History(
                pool, store.events(), intake, new EventVerifier(context.verifier()), settings.own(), context.clock());
        this.lists = new MuteLists(store.events(), pool, new EventVerifier(context.verifier()));
        this.account = new NostrAccount(
                new HttpAuth(new EventVerifier(context.verifier())), commands, intake, context.clock());
        this.endpoints = new RelayEndpoints(
                context.instance(),
                store.presentations(),
                relay(hub, executor),
                settings.relay().operators(),
                this::isHere,
                settings.homes());
    }

    private RelayParts relay(RelayHub hub, Executor executor) {
        return new RelayParts(
                settings.own(),
                new EventVerifier(context.verifier()),
                store.events(),
                store.rules(),
                intake,
                hub,
                departures,
                context.clock(),
                context.random(),
                executor,
                context.meters(),
                settings.relay().limits());
    }

    private Receipt message(Event event, Function<NativeEvent, Receipt> sink) {
        return commands.take(event, sink);
    }

    private Mail mail(GiftWraps wraps, Voice voice) {
        var relays = new MessageRelays(store.events(), pool, voice, settings.homes());
        return new Postman(wraps, relays, settings.own(), timer, context.clock());
    }

    private BotCommands commands(GiftWraps wraps) {
        return new BotCommands(
                context.signer(),
                wraps,
                store.presentations(),
                context.identities(),
                context.networks(),
                context.clock());
    }

    @Override
    public Network network() {
        return Network.NOSTR;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Translator translator() {
        return translator;
    }

    @Override
    public List<Endpoint> endpoints() {
        List<Endpoint> all = new ArrayList<>(endpoints.endpoints(settings.ownRelay()));
        all.addAll(account.endpoints());
        return all;
    }

    @Override
    public List<AccountProof> proofs() {
        return List.of(account.proof());
    }

    private boolean isHere(Presentation ghost) {
        return context.identities()
                .byId(NativeEvents.id(ghost.key()))
                .map(Ghost::active)
                .orElse(true);
    }

    @Override
    public void start(EventSink sink) {
        intake.start(sink);
        if (settings.ownRelay()) {
            timer.after(SWEEP, this::sweep);
            timer.after(Duration.ZERO, departures::look);
            context.watchlist().onChange(Network.NOSTR, this::lookForDepartures);
        }
        pool.start();
        announcements.start();
        tallies.start();
        store.presentations().bots().forEach(bot -> announce(bot.key()));
    }

    /// What expired is not served anyway; here it goes for good.
    private void sweep() {
        timer.after(SWEEP, this::sweep);
        long gone = store.events().removeExpired(context.clock().instant().getEpochSecond());
        LOG.debug("{} events expired", gone);
        departures.look();
    }

    private void lookForDepartures() {
        if (looksSoon.compareAndSet(false, true)) {
            timer.after(AFTER_DEPARTURE, () -> {
                looksSoon.set(false);
                departures.look();
            });
        }
    }

    @Override
    public void stop() {
        tallies.stop();
        pool.stop();
        intake.stop();
        if (timer instanceof ThreadTimer threads) {
            threads.close();
        }
    }

    @Override
    public GhostOutcome ensureGhost(GhostRequest request) {
        GhostOutcome outcome = ghosts.ensure(request);
        if (request.bot() && outcome instanceof GhostOutcome.Ready(Ghost bot)) {
            announce(new PublicKey(bot.id().value()));
        }
        return outcome;
    }

    /// Nobody delivers what bots say about themselves.
    private void announce(PublicKey bot) {
        announcements.announce(Stream.of(Kind.PROFILE, Kind.RELAY_LIST, Kind.MESSAGE_RELAYS)
                .flatMap(kind -> store.events().at(kind + ":" + bot.hex() + ":").stream())
                .toList());
    }

    @Override
    public Optional<Destination> locate(NativeId actor) {
        return PublicKey.tryParse(actor.value()).map(person -> {
            // Only who opted in is written to where they read; others come to us.
            boolean elsewhere =
                    intake.watches(person) && !pool.inboxesOf(person).isEmpty();
            return elsewhere ? NostrDelivery.inbox(person) : home();
        });
    }

    @Override
    public Optional<Destination> mailbox(NativeId stranger) {
        return PublicKey.tryParse(stranger.value()).flatMap(delivery::mailbox);
    }

    /// Whoever follows reads where the followed writes ([NIP-65](https://nips.nostr.com/65)), which is here.
    @Override
    public Optional<Destination> locateFollower(NativeId follower) {
        return PublicKey.tryParse(follower.value()).map(_ -> home());
    }

    /// Where somebody reads of whom no better place is known.
    private Destination home() {
        return settings.ownRelay()
                ? NostrDelivery.own()
                : NostrDelivery.relay(settings.homes().getFirst());
    }

    @Override
    public Set<Destination> route(NativeId origin, Set<Destination> audience) {
        Set<Destination> route = new LinkedHashSet<>();
        if (settings.ownRelay()) {
            route.add(NostrDelivery.own(origin));
        } else {
            settings.homes().forEach(url -> route.add(NostrDelivery.relay(url)));
        }
        audience.stream().filter(NostrDelivery::isInbox).forEach(route::add);
        return route;
    }

    @Override
    public DeliveryOutcome deliver(NativeDraft draft, Destination destination) {
        return delivery.deliver(draft, destination);
    }

    @Override
    public Optional<NativeEvent> fetch(NativeId object) {
        return EventId.tryParse(object.value())
                .flatMap(id -> store.events().find(id).or(() -> pool.find(id)))
                .or(() -> store.events().at(object.value()))
                .map(event -> NativeEvents.of(event, context.clock().instant()));
    }

    @Override
    public Optional<List<NativeEvent>> history(NativeId author, int most) {
        return PublicKey.tryParse(author.value())
                .map(key -> history.of(key, most).map(this::received))
                .orElseGet(() -> Optional.of(List.of()));
    }

    private List<NativeEvent> received(List<Event> events) {
        return events.stream()
                .map(event -> NativeEvents.of(event, context.clock().instant()))
                .toList();
    }

    @Override
    public Optional<Profile> profile(NativeId actor) {
        return PublicKey.tryParse(actor.value()).map(profiles::of);
    }

    @Override
    public Testimony testimony(NativeId account) {
        return PublicKey.tryParse(account.value())
                .filter(key -> store.presentations().byKey(key).isEmpty())
                .map(identities::of)
                .orElseGet(Testimony.Nobody::new);
    }

    @Override
    public Sought seek(String name) {
        return names.seek(name);
    }

    /// As `ncryptsec` ([NIP-49](https://nips.nostr.com/49)).
    @Override
    public Optional<String> key(NativeId ghost, String password) {
        return PublicKey.tryParse(ghost.value())
                .flatMap(store.presentations()::byKey)
                .map(shown -> Ncryptsec.encode(context.signer().export(shown.keyRef(), password)));
    }

    @Override
    public void archive(NativeId ghost, Shelf shelf) throws IOException {
        Optional<PublicKey> key = PublicKey.tryParse(ghost.value());
        if (key.isPresent()) {
            new Belongings(store.events()).of(key.get(), shelf);
        }
    }

    @Override
    public Listing list(String address) {
        return lists.list(address);
    }

    @Override
    public Listing readList(String document) {
        return lists.read(document);
    }

    @Override
    public Optional<URI> actorPage(NativeId actor) {
        return PublicKey.tryParse(actor.value()).map(Viewer::page);
    }

    @Override
    public Optional<URI> objectPage(NativeId object) {
        return EventId.tryParse(object.value())
                .map(Viewer::page)
                .or(() -> Address.tryParse(object.value()).map(Viewer::page));
    }

    @Override
    public List<String> troubles() {
        return pool.troubles();
    }
}
