package dev.drawbridge.activitypub;

import dev.drawbridge.activitypub.http.Admission;
import dev.drawbridge.activitypub.http.ClientPage;
import dev.drawbridge.activitypub.http.FollowersSynchronizationEndpoint;
import dev.drawbridge.activitypub.http.InboxEndpoint;
import dev.drawbridge.activitypub.http.SelfTestEndpoint;
import dev.drawbridge.activitypub.http.Served;
import dev.drawbridge.activitypub.inbox.Background;
import dev.drawbridge.activitypub.inbox.Gate;
import dev.drawbridge.activitypub.inbox.Intake;
import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.store.Stores;
import dev.drawbridge.activitypub.translate.ActivityPubTranslator;
import dev.drawbridge.activitypub.translate.CopyIds;
import dev.drawbridge.activitypub.translate.ProfileReader;
import dev.drawbridge.activitypub.wire.ActorDocuments;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.Amendments;
import dev.drawbridge.activitypub.wire.Authenticity;
import dev.drawbridge.activitypub.wire.Belongings;
import dev.drawbridge.activitypub.wire.BlockLists;
import dev.drawbridge.activitypub.wire.CatchUp;
import dev.drawbridge.activitypub.wire.Deliverer;
import dev.drawbridge.activitypub.wire.DeniedDomains;
import dev.drawbridge.activitypub.wire.FollowerComparison;
import dev.drawbridge.activitypub.wire.FollowerLists;
import dev.drawbridge.activitypub.wire.HostMemory;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.activitypub.wire.MentionPages;
import dev.drawbridge.activitypub.wire.MoveConfirmation;
import dev.drawbridge.activitypub.wire.NameLookup;
import dev.drawbridge.activitypub.wire.Outbox;
import dev.drawbridge.activitypub.wire.Probes;
import dev.drawbridge.activitypub.wire.ProofKeys;
import dev.drawbridge.activitypub.wire.QuoteConfirmation;
import dev.drawbridge.activitypub.wire.RemoteActors;
import dev.drawbridge.activitypub.wire.RemoteDocuments;
import dev.drawbridge.activitypub.wire.RemoteNotes;
import dev.drawbridge.activitypub.wire.SelfTest;
import dev.drawbridge.activitypub.wire.ServerSignIn;
import dev.drawbridge.activitypub.wire.SignedHttp;
import dev.drawbridge.model.Capabilities;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.Claim;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.Finding;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.Listing;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.PausedHost;
import dev.drawbridge.model.spi.Shelf;
import dev.drawbridge.model.spi.Sought;
import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.Translator;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The connector for [ActivityPub](https://www.w3.org/TR/activitypub/).
final class ActivityPubConnector implements NetworkConnector {
    private static final Capabilities CAPABILITIES = new Capabilities(
            Integer.MAX_VALUE,
            Capabilities.TextUnit.CODE_POINTS,
            Capabilities.Deletes.HONOURED,
            Trait.EDITS,
            Trait.FOLLOWS_NEED_ANSWER,
            Trait.MUST_FOLLOW_TO_RECEIVE,
            Trait.QUOTES_NEED_PERMISSION,
            Trait.MESSAGES,
            Trait.RUNNING_RESULTS);

    private final Addresses addresses;
    private final ActivityPubTranslator translator;
    private final LocalActors localActors;
    private final RemoteActors remoteActors;
    private final RemoteNotes notes;
    private final Deliverer deliverer;
    private final DeniedDomains denied;
    private final Amendments amendments;
    private final Belongings belongings;
    private final SignedHttp http;
    private final SelfTest selfTest;
    private final CatchUp catchUp;
    private final NameLookup names;
    private final BlockLists blockLists;
    private final ServerSignIn signIn;
    private final List<Endpoint> endpoints;
    private final Intake intake;

    /// @param threads where it works while nobody waits; asked for on each start
    ActivityPubConnector(ConnectorContext context, Supplier<Background> threads) {
        String agent = SignedHttp.userAgent(context.instance());
        var stores = Stores.open(context.resources());
        addresses = Addresses.of(context.instance(), context.settings());
        denied = DeniedDomains.of(context.settings().list(ActivityPubFactory.DENIED_DOMAINS));
        translator = new ActivityPubTranslator(new CopyIds(addresses.base(), addresses.homes()));
        var hosts = new HostMemory(stores.hosts(), context.clock());
        http = new SignedHttp(context.http(), context.signer(), context.clock(), hosts, agent, addresses);
        var documents = new RemoteDocuments(http);
        remoteActors = new RemoteActors(documents, hosts, context.clock());
        var quotes = new QuoteConfirmation(documents, addresses);
        localActors = new LocalActors(stores.presentations(), context.signer(), addresses, context.clock());
        var mentions = new MentionPages(localActors, remoteActors, addresses);
        notes = new RemoteNotes(documents, quotes, mentions, translator, context.clock());
        catchUp = CatchUp.of(context, remoteActors, documents, quotes, mentions, translator, denied);
        names = names(context, documents);
        blockLists = new BlockLists(context.http(), agent);
        signIn = signIn(context);
        var proofs = new ProofKeys(context.signer(), context.clock());
        var actorDocuments = new ActorDocuments(addresses, proofs);
        var outbox = new Outbox(stores.utterances(), localActors, actorDocuments, proofs);
        amendments = new Amendments(stores.utterances());
        belongings = new Belongings(stores.utterances());
        var lists = new FollowerLists(context.follows(), context.clock());
        deliverer = new Deliverer(outbox, localActors, lists, http, context.clock());
        var authenticity = authenticity(context, stores, documents, quotes, mentions);
        intake = intake(context, stores, hosts, authenticity, comparison(context, documents), threads);
        var served = new Served(context, addresses, localActors, stores.utterances(), actorDocuments, http);
        var probes = new Probes(context.signer(), context.verifier(), http, context.random(), context.clock());
        selfTest = new SelfTest(
                addresses, probes, http, context.clock(), context.instance().loopback());
        endpoints = Stream.of(
                        admission(context, authenticity).guarded(served.endpoints()),
                        new InboxEndpoint(addresses, localActors, intake, context.clock()).endpoints(),
                        new SelfTestEndpoint(probes, http, context.verifier(), context.clock()).endpoints(),
                        synchronization(context, lists, authenticity).endpoints())
                .flatMap(List::stream)
                .toList();
    }

    private FollowersSynchronizationEndpoint synchronization(
            ConnectorContext context, FollowerLists lists, Authenticity authenticity) {
        return new FollowersSynchronizationEndpoint(
                addresses, localActors, lists, authenticity::signer, context.clock());
    }

    private ServerSignIn signIn(ConnectorContext context) {
        var page = new ClientPage(context.instance());
        var random = context.random();
        return new ServerSignIn(
                context.http(), names, remoteActors, addresses, context.instance(), page::id, random, context.clock());
    }

    private NameLookup names(ConnectorContext context, RemoteDocuments documents) {
        String scheme = context.instance().loopback() ? "http" : "https";
        return new NameLookup(context.http(), documents, remoteActors, localActors, addresses, denied, scheme);
    }

    private Authenticity authenticity(
            ConnectorContext context,
            Stores stores,
            RemoteDocuments documents,
            QuoteConfirmation quotes,
            MentionPages mentions) {
        return new Authenticity(
                remoteActors,
                documents,
                stores.utterances(),
                addresses,
                new MoveConfirmation(remoteActors, addresses, stores.moves(), context.clock()),
                quotes,
                mentions,
                context.verifier(),
                context.clock());
    }

    private FollowerComparison comparison(ConnectorContext context, RemoteDocuments documents) {
        return new FollowerComparison(
                remoteActors,
                documents,
                localActors,
                http,
                context.follows(),
                context.identities(),
                context.networks(),
                context.clock());
    }

    private Intake intake(
            ConnectorContext context,
            Stores stores,
            HostMemory hosts,
            Authenticity authenticity,
            FollowerComparison comparison,
            Supplier<Background> threads) {
        return new Intake(
                translator,
                authenticity,
                remoteActors,
                hosts,
                stores.pending(),
                Gate.of(context, addresses::ours, denied::contain),
                comparison::later,
                context.clock(),
                threads);
    }

    private Admission admission(ConnectorContext context, Authenticity authenticity) {
        boolean everybodySigns = context.settings()
                .get(ActivityPubFactory.AUTHORIZED_FETCH, "false")
                .equals("true");
        return new Admission(addresses, authenticity, denied, everybodySigns, context.clock());
    }

    @Override
    public Network network() {
        return Network.ACTIVITYPUB;
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
        return endpoints;
    }

    @Override
    public List<PausedHost> paused() {
        return deliverer.paused();
    }

    @Override
    public List<AccountProof> proofs() {
        return List.of(signIn);
    }

    @Override
    public void start(EventSink events) {
        // Made now rather than while another server waits for it.
        http.instancePublicKey();
        intake.start(events);
        catchUp.start(events);
    }

    @Override
    public void stop() {
        catchUp.stop();
        intake.stop();
    }

    @Override
    public GhostOutcome ensureGhost(GhostRequest request) {
        return localActors.ensure(request);
    }

    @Override
    public Optional<Destination> locate(NativeId actor) {
        return remote(actor).map(a -> new Destination(Network.ACTIVITYPUB, a.preferredInbox()));
    }

    @Override
    public Optional<Destination> mailbox(NativeId stranger) {
        remoteActors.changed(stranger.value());
        return askable(stranger) ? locate(stranger) : Optional.empty();
    }

    @Override
    public Set<Destination> route(NativeId origin, Set<Destination> audience) {
        return Stream.concat(audience.stream(), Stream.of(Deliverer.outbox(origin)))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<String> home(String address) {
        return Uris.authority(address);
    }

    @Override
    public DeliveryOutcome deliver(NativeDraft draft, Destination destination) {
        return prepare(draft, List.of(destination)).getFirst().get();
    }

    @Override
    public List<Supplier<DeliveryOutcome>> prepare(NativeDraft draft, List<Destination> places) {
        var whole = amendments.complete(draft);
        return places.stream().map(place -> ready(draft, whole, place)).toList();
    }

    private Supplier<DeliveryOutcome> ready(NativeDraft draft, Optional<NativeDraft> whole, Destination place) {
        if (denied.contain(place.address()) && !Deliverer.takesBack(draft)) {
            return () -> new DeliveryOutcome.Refused("the operator denies the domain of " + place.address());
        }
        return whole.map(complete -> deliverer.prepare(complete, place))
                .orElse(() -> new DeliveryOutcome.Refused("what would be changed is not there any more"));
    }

    @Override
    public boolean followersGoAlong() {
        return true;
    }

    @Override
    public Claim claim(NativeId account, NativeId ghost) {
        return askable(account) ? remoteActors.claim(account.value(), ghost.value()) : Claim.MISSING;
    }

    @Override
    public Testimony testimony(NativeId account) {
        return askable(account) ? remoteActors.testimony(account.value()) : new Testimony.Nobody();
    }

    @Override
    public Optional<String> words(NativeId account, String post) {
        return askable(account) ? notes.words(account, post) : Optional.empty();
    }

    private boolean askable(NativeId id) {
        return !addresses.ours(id.value()) && !denied.contain(id.value());
    }

    @Override
    public Optional<NativeEvent> fetch(NativeId object) {
        return askable(object) ? notes.note(object) : Optional.empty();
    }

    @Override
    public Optional<List<NativeEvent>> history(NativeId author, int most) {
        return catchUp.history(author);
    }

    @Override
    public Optional<Profile> profile(NativeId actor) {
        return remote(actor).map(ProfileReader::read);
    }

    @Override
    public Sought seek(String name) {
        return names.seek(name);
    }

    @Override
    public void archive(NativeId ghost, Shelf shelf) throws IOException {
        belongings.of(ghost.value(), shelf);
    }

    @Override
    public Listing list(String address) {
        return blockLists.list(address);
    }

    @Override
    public Listing readList(String document) {
        return BlockLists.read(document);
    }

    /// What is here has its page at its id.
    @Override
    public Optional<URI> actorPage(NativeId actor) {
        return Uris.tryHttp(actor.value());
    }

    @Override
    public Optional<URI> objectPage(NativeId object) {
        return Uris.tryHttp(object.value());
    }

    @Override
    public List<Finding> examine() {
        return selfTest.run();
    }

    private Optional<Actor> remote(NativeId actor) {
        String id = actor.value();
        return addresses.ours(id) ? Optional.empty() : remoteActors.actor(id).found();
    }
}
