package dev.drawbridge.atproto;

import dev.drawbridge.atproto.http.ClientMetadata;
import dev.drawbridge.atproto.http.OwnerMethods;
import dev.drawbridge.atproto.http.PdsEndpoints;
import dev.drawbridge.atproto.http.ServiceTokens;
import dev.drawbridge.atproto.media.MediaDesk;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.RelayLimits;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.atproto.store.blob.RecordFiles;
import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.atproto.wire.AccountSignIn;
import dev.drawbridge.atproto.wire.ChatClient;
import dev.drawbridge.atproto.wire.DidResolver;
import dev.drawbridge.atproto.wire.EventStream;
import dev.drawbridge.atproto.wire.Firehose;
import dev.drawbridge.atproto.wire.HandleResolver;
import dev.drawbridge.atproto.wire.HostClient;
import dev.drawbridge.atproto.wire.IdentityLookup;
import dev.drawbridge.atproto.wire.Jetstream;
import dev.drawbridge.atproto.wire.JetstreamDesk;
import dev.drawbridge.atproto.wire.ListMembers;
import dev.drawbridge.atproto.wire.ModerationLists;
import dev.drawbridge.atproto.wire.NewsDesk;
import dev.drawbridge.atproto.wire.Newsroom;
import dev.drawbridge.atproto.wire.People;
import dev.drawbridge.atproto.wire.PlcDirectory;
import dev.drawbridge.atproto.wire.RecordFetcher;
import dev.drawbridge.atproto.wire.RelayStatus;
import dev.drawbridge.atproto.wire.Relays;
import dev.drawbridge.atproto.wire.RepoHistory;
import dev.drawbridge.atproto.wire.StreamForm;
import dev.drawbridge.atproto.wire.StreamReader;
import dev.drawbridge.atproto.wire.TxtRecords;
import dev.drawbridge.model.spi.ConnectorContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts the connector together.
final class Assembly {
    private final ConnectorContext context;
    private final PdsStore store;
    private final RelayStatus status;
    private final AtprotoSettings settings;
    private final AtprotoTranslator translator;
    private final PlcDirectory directory;
    private final HostClient hosts;
    private final HandleResolver handles;
    private final DidResolver dids;
    private final People people;
    private final BlobStore blobs;
    private final MediaDesk media;
    private final AccountChanges changes;
    private final ChosenHandles names;
    private final MovesOut movesOut;
    private final Hearing hearing;

    Assembly(ConnectorContext context, PdsStore store, RelayStatus status) {
        this.context = context;
        this.store = store;
        blobs = BlobStore.open(context.resources());
        media = new MediaDesk(context.http(), blobs, context.clock());
        this.status = status;
        settings = AtprotoSettings.of(context.settings(), context.instance());
        translator = new AtprotoTranslator(settings.usual(), settings.editWindow());
        boolean loopback = context.instance().loopback();
        directory = new PlcDirectory(settings.plcDirectory(), context.http());
        hosts = new HostClient(context.http());
        // Names of tests are in no DNS; asking it would only cost time.
        TxtRecords dns = loopback ? _ -> List.of() : TxtRecords.ofSystem();
        handles = new HandleResolver(context.http(), dns);
        dids = new DidResolver(directory, context.http(), loopback, context.clock());
        people = new People(dids, handles, hosts, loopback);
        changes = new AccountChanges(
                store,
                directory,
                context.signer(),
                context.verifier(),
                new RotationKeys(settings.rotationKeys()),
                context.identities(),
                context.instance().baseUrl());
        names = new ChosenHandles(store, changes, handles::resolve, settings.domains()::covers, context.clock());
        movesOut = movesOut();
        hearing = new Hearing(people, translator, context.clock());
    }

    private MovesOut movesOut() {
        return new MovesOut(
                store,
                changes,
                context.passwords(),
                context.identities(),
                names,
                context.instance().baseUrl(),
                context.clock(),
                context.random());
    }

    private OwnerMethods owners() {
        return new OwnerMethods(
                context.instance(),
                store,
                blobs,
                movesOut,
                hearing,
                context.signer(),
                context.verifier(),
                context.passwords(),
                context.clock(),
                context.random());
    }

    /// What relays take of this instance; everything, if none is asked to read it.
    static RelayLimits limits(ConnectorContext context) {
        AtprotoSettings settings = AtprotoSettings.of(context.settings(), context.instance());
        return settings.relays().isEmpty() ? RelayLimits.NONE : settings.limits();
    }

    /// What the relays of the settings say of this instance.
    static RelayStatus status(ConnectorContext context) {
        return new RelayStatus(
                AtprotoSettings.of(context.settings(), context.instance()).relays(),
                context.instance().baseUrl().getHost(),
                context.http());
    }

    private RepoDelivery delivery() {
        return new RepoDelivery(store, new RecordFiles(blobs, context.clock()), gates(), context.clock());
    }

    AtprotoConnector connector() {
        var seek = new NameLookup(store.accounts(), settings.domains()::covers, people, handles);
        RepoDelivery delivery = delivery();
        PdsEndpoints endpoints = new PdsEndpoints(
                context.instance(),
                store,
                blobs,
                owners(),
                settings.domains()::covers,
                context.clock(),
                context.meters());
        Relays relays =
                new Relays(settings.relays(), context.instance().baseUrl().getHost(), hosts, context.clock());
        RelayCare care = new RelayCare(store, status, relays, endpoints::readers, context.clock());
        return new AtprotoConnector(
                translator,
                endpoints,
                ghosts(),
                new GhostProfiles(translator, delivery, media, context.clock()),
                delivery,
                finders(seek),
                names,
                signIn(seek),
                streams(),
                relays,
                media,
                chat(),
                new RelayReport(store, status, care, context.instance()),
                new Leaving(movesOut, new Belongings(store.archive(), blobs)),
                hearing,
                changes,
                store,
                upkeep(care));
    }

    Upkeep upkeep(RelayCare care) {
        return new Upkeep(
                store,
                blobs,
                status,
                care,
                accounts(),
                movesOut,
                settings.chat().isPresent() ? () -> {} : bots()::withdraw,
                settings.retention(),
                context.clock());
    }

    private ChatBots bots() {
        var tokens = new ServiceTokens(context.signer(), context.clock(), context.random());
        return new ChatBots(store, tokens, context.networks());
    }

    private Finders finders(NameLookup seek) {
        var fetcher = new RecordFetcher(people, hosts, context.verifier());
        return new Finders(
                new Lookup(people, hosts, fetcher, translator, context.clock()),
                seek,
                new IdentityLookup(people, hosts),
                new ModerationLists(new ListMembers(people, hosts, context.clock()), handles),
                new RepoHistory(people, hosts, context.verifier(), translator, context.clock()));
    }

    private AccountSignIn signIn(NameLookup seek) {
        return new AccountSignIn(
                seek::seek,
                did -> store.accounts().byDid(did).isPresent(),
                people,
                new ClientMetadata(context.instance())::id,
                context.http(),
                context.clock(),
                context.random(),
                context.instance().loopback());
    }

    private GhostAccounts ghosts() {
        return new GhostAccounts(
                store,
                directory,
                new HandleNames(settings.domains()),
                context.signer(),
                new RotationKeys(settings.rotationKeys()),
                changes::isElsewhere,
                new GhostAccounts.Bots(settings.webBots(), this::shown),
                context.instance().baseUrl(),
                context.clock());
    }

    /// Names of tests are found nowhere.
    private Optional<DidDocument> shown(Did did) {
        if (context.instance().loopback()) {
            return store.accounts().byDid(did).flatMap(Account::document);
        }
        dids.forget(did);
        return dids.resolve(did);
    }

    /// Where bots are written to, if anywhere.
    private Optional<AtprotoConnector.Chat> chat() {
        return settings.chat().map(service -> {
            var bots = bots();
            var client = new ChatClient(service, dids::resolve, context.http());
            return new AtprotoConnector.Chat(
                    new ChatDesk(client, bots, store, context.cursors(), context.clock()),
                    new ChatLetters(client, bots));
        });
    }

    private Gates gates() {
        return new Gates(
                store,
                new RecordFetcher(people, hosts, context.verifier()),
                new ListMembers(people, hosts, context.clock()),
                context.follows(),
                context.clock());
    }

    private AccountUpkeep accounts() {
        return new AccountUpkeep(store, blobs, changes, settings.deleteAfter(), context.clock());
    }

    private List<EventStream> streams() {
        Newsroom room = Newsroom.of(
                translator,
                context.watchlist(),
                context.follows(),
                context.identities(),
                context.verifier(),
                people,
                hosts,
                context.clock());
        List<EventStream> streams = new ArrayList<>();
        NewsDesk relays = new NewsDesk(room);
        settings.firehose().forEach(service -> streams.add(stream(new Firehose(service, relays))));
        JetstreamDesk jetstreams = new JetstreamDesk(room);
        Optional<byte[]> dictionary = settings.dictionary().map(Assembly::read);
        settings.jetstream()
                .forEach(service -> streams.add(stream(
                        new Jetstream(service, settings.jetstreamVersion(), jetstreams, dictionary, context.clock()))));
        return streams;
    }

    private StreamReader stream(StreamForm form) {
        return new StreamReader(
                form, context.sockets(), context.cursors(), context.clock(), context.random(), settings.firehoseFrom());
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
