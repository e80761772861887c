package dev.drawbridge.atproto;

import dev.drawbridge.atproto.http.PdsEndpoints;
import dev.drawbridge.atproto.media.MediaDesk;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.NotPublishing;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.atproto.translate.Letter;
import dev.drawbridge.atproto.wire.AccountSignIn;
import dev.drawbridge.atproto.wire.EventStream;
import dev.drawbridge.atproto.wire.RelayStatus;
import dev.drawbridge.atproto.wire.Relays;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.Capabilities;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.FileOutcome;
import dev.drawbridge.model.spi.Finding;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.Listing;
import dev.drawbridge.model.spi.MovingOut;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.PausedHost;
import dev.drawbridge.model.spi.Renaming;
import dev.drawbridge.model.spi.Shelf;
import dev.drawbridge.model.spi.Sought;
import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.Translator;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The AT Protocol: ghosts live on a PDS of ours, people are heard on event streams.
final class AtprotoConnector implements NetworkConnector {
    private static final int TEXT_LIMIT = 300;

    /// @param letters whether bots can write to people
    private static Capabilities capabilities(boolean letters) {
        Set<Trait> traits = EnumSet.of(Trait.EDITS, Trait.VERSIONED_REFERENCES, Trait.PINS_IN_PROFILE);
        if (letters) {
            traits.add(Trait.MESSAGES);
        }
        return new Capabilities(TEXT_LIMIT, Capabilities.TextUnit.GRAPHEMES, Capabilities.Deletes.HONOURED, traits);
    }

    /// How bots are written to, and write.
    record Chat(ChatDesk desk, ChatLetters letters) {}

    private final Capabilities capabilities;
    private final AtprotoTranslator translator;
    private final PdsEndpoints endpoints;
    private final GhostAccounts ghosts;
    private final GhostProfiles profiles;
    private final RepoDelivery delivery;
    private final Finders finders;
    private final ChosenHandles handles;
    private final AccountSignIn signIn;
    private final List<EventStream> streams;
    private final Relays relays;
    private final MediaDesk media;
    private final Optional<Chat> chat;
    private final RelayReport report;
    private final Leaving leaving;
    private final Hearing hearing;
    private final AccountChanges changes;
    private final PdsStore store;
    private final Upkeep upkeep;

    AtprotoConnector(
            AtprotoTranslator translator,
            PdsEndpoints endpoints,
            GhostAccounts ghosts,
            GhostProfiles profiles,
            RepoDelivery delivery,
            Finders finders,
            ChosenHandles handles,
            AccountSignIn signIn,
            List<EventStream> streams,
            Relays relays,
            MediaDesk media,
            Optional<Chat> chat,
            RelayReport report,
            Leaving leaving,
            Hearing hearing,
            AccountChanges changes,
            PdsStore store,
            Upkeep upkeep) {
        this.capabilities = capabilities(chat.isPresent());
        this.translator = translator;
        this.endpoints = endpoints;
        this.ghosts = ghosts;
        this.profiles = profiles;
        this.delivery = delivery;
        this.finders = finders;
        this.handles = handles;
        this.signIn = signIn;
        this.streams = List.copyOf(streams);
        this.relays = relays;
        this.media = media;
        this.chat = chat;
        this.report = report;
        this.leaving = leaving;
        this.hearing = hearing;
        this.changes = changes;
        this.store = store;
        this.upkeep = upkeep;
    }

    static AtprotoConnector create(ConnectorContext context) {
        RelayStatus status = Assembly.status(context);
        PdsStore store = PdsStore.open(
                context.resources(),
                context.signer(),
                context.clock(),
                context.random(),
                Assembly.limits(context),
                status::highestSeen,
                context.deadLetters());
        return new Assembly(context, store, status).connector();
    }

    @Override
    public Network network() {
        return Network.ATPROTO;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Translator translator() {
        return translator;
    }

    @Override
    public List<Endpoint> endpoints() {
        return endpoints.all();
    }

    @Override
    public void start(EventSink sink) {
        leaving.moves().start(sink);
        hearing.start(sink);
        streams.forEach(stream -> stream.start(sink));
        chat.ifPresent(service -> service.desk().start(sink));
        upkeep.start();
    }

    @Override
    public void stop() {
        streams.forEach(EventStream::stop);
        chat.ifPresent(service -> service.desk().stop());
        upkeep.stop();
        endpoints.close();
        store.sequencer().end();
    }

    @Override
    public GhostOutcome ensureGhost(GhostRequest request) {
        GhostOutcome outcome = ghosts.ensure(request);
        if (outcome instanceof GhostOutcome.Ready(var ghost)) {
            profiles.show(ghost, request.profile());
            relays.written();
        }
        return outcome;
    }

    @Override
    public Optional<Destination> locate(NativeId actor) {
        return Did.tryParse(actor.value())
                .filter(finders.lookup()::mayExist)
                .map(did -> new Destination(Network.ATPROTO, did.value()));
    }

    /// A post reaches everybody by being in its author's repository.
    @Override
    public Set<Destination> route(NativeId origin, Set<Destination> audience) {
        return Set.of(new Destination(Network.ATPROTO, "repo:" + origin.key()));
    }

    @Override
    public DeliveryOutcome deliver(NativeDraft draft, Destination destination) {
        Optional<Letter> letter = Letter.of(draft);
        if (letter.isPresent()) {
            return chat.map(service -> service.letters().send(letter.get(), draft.ghost()))
                    .orElseGet(() -> new DeliveryOutcome.Refused("bots write no letters on this network"));
        }
        DeliveryOutcome outcome = delivery.deliver(draft);
        relays.written();
        return outcome;
    }

    @Override
    public boolean letsChooseHandles() {
        return true;
    }

    @Override
    public Renaming rename(NativeId ghost, String name) {
        return handles.choose(ghost, name);
    }

    @Override
    public boolean letsMoveOut() {
        return true;
    }

    @Override
    public Optional<MovingOut> moveOut(NativeId ghost) {
        return Did.tryParse(ghost.value()).flatMap(leaving.moves()::prepare);
    }

    @Override
    public Optional<String> renewKey(NativeId ghost) {
        try {
            return Did.tryParse(ghost.value())
                    .map(changes::rotateKey)
                    .orElseGet(() -> Optional.of("nobody of this network: " + ghost));
        } catch (Unavailable e) {
            return Optional.of("the DID directory is not available: " + e.getMessage());
        } catch (NotPublishing e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean resume(DeadLetters.DeadLetter letter) {
        return store.writer().resume(letter);
    }

    /// Records cannot refer to files of others.
    @Override
    public FileOutcome host(Media file, NativeId ghost) {
        return Did.tryParse(ghost.value())
                .map(did -> media.host(file, did))
                .orElseGet(() -> new FileOutcome.Refused("nobody of this network: " + ghost));
    }

    @Override
    public Optional<NativeEvent> fetch(NativeId object) {
        return finders.lookup().record(object);
    }

    @Override
    public Optional<Profile> profile(NativeId actor) {
        return Did.tryParse(actor.value()).flatMap(finders.lookup()::profile);
    }

    @Override
    public Optional<List<NativeEvent>> history(NativeId author, int most) {
        return Did.tryParse(author.value())
                .map(did -> finders.past().list(did, most))
                .orElseGet(() -> Optional.of(List.of()));
    }

    @Override
    public Optional<NativeEvent> recall(NativeEvent past) {
        return finders.past().recall(past);
    }

    @Override
    public List<AccountProof> proofs() {
        return List.of(signIn);
    }

    @Override
    public Testimony testimony(NativeId account) {
        return Did.tryParse(account.value()).map(finders.identities()::of).orElseGet(Testimony.Nobody::new);
    }

    @Override
    public Optional<String> words(NativeId account, String post) {
        return Did.tryParse(account.value()).flatMap(did -> finders.identities().words(did, post));
    }

    @Override
    public Sought seek(String name) {
        return finders.names().seek(name);
    }

    @Override
    public void archive(NativeId ghost, Shelf shelf) throws IOException {
        Optional<Did> did = Did.tryParse(ghost.value());
        if (did.isPresent()) {
            leaving.belongings().of(did.get(), shelf);
        }
    }

    @Override
    public Listing list(String address) {
        return finders.lists().list(address);
    }

    @Override
    public Optional<URI> actorPage(NativeId actor) {
        return Did.tryParse(actor.value()).map(NameLookup::page);
    }

    @Override
    public Optional<URI> objectPage(NativeId object) {
        return AtUri.tryParse(object.value()).flatMap(NameLookup::page);
    }

    @Override
    public List<PausedHost> paused() {
        return finders.lookup().paused();
    }

    @Override
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        streams.forEach(stream -> stream.trouble().ifPresent(troubles::add));
        chat.ifPresent(service -> troubles.addAll(service.desk().troubles()));
        troubles.addAll(ghosts.troubles());
        troubles.addAll(relays.refusals());
        troubles.addAll(report.troubles());
        store.sequencer().trouble().ifPresent(troubles::add);
        return troubles;
    }

    @Override
    public List<Finding> examine() {
        return report.examine();
    }
}
