package dev.drawbridge.config.instance;

import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.console.ConsoleAccess;
import dev.drawbridge.console.oidc.OidcClient;
import dev.drawbridge.console.oidc.OpenIdProvider;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.LiveRules;
import dev.drawbridge.engine.LiveWatchlist;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.broker.Broker;
import dev.drawbridge.engine.broker.BrokerUnavailableException;
import dev.drawbridge.engine.broker.EmbeddedBroker;
import dev.drawbridge.engine.broker.ExternalBroker;
import dev.drawbridge.engine.crypto.Argon2Hashes;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.KeyRotation;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.engine.net.GuardedHttp;
import dev.drawbridge.engine.net.GuardedSockets;
import dev.drawbridge.engine.net.NetSettings;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.NetworkConnector;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What an instance consists of before anything moves: the one place where the combination is chosen.
///
/// @param opened what is closed with it
record Parts(
        Opened opened,
        Store store,
        Broker broker,
        Path keyFile,
        Cryptography cryptography,
        KeyRotation rotation,
        Connectors connectors,
        LiveWatchlist watchlist,
        LiveRules rules,
        MicrometerMeters meters,
        Optional<OpenIdProvider> provider,
        InstantSource clock,
        SecureRandom random)
        implements AutoCloseable {

    Ports ports() {
        return store.ports();
    }

    /// Opens everything in order. If one does not open, those before it are closed again.
    ///
    /// @throws StartFailure with a sentence for the operator
    static Parts open(Settings settings, List<ConnectorFactory> factories) {
        var opened = new Opened();
        try {
            return open(settings, factories, opened);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static Parts open(Settings settings, List<ConnectorFactory> factories, Opened opened) {
        Path data = DataFolder.open(settings.dataDir());
        // Store and broker know nothing of each other, and opening them is most of a start.
        try (var broker = Beside.start("open-broker", () -> opened.add("the broker", broker(settings, data)))) {
            Store store = opened.add("the store", Store.open(settings.storeUri(), data));
            return open(settings, factories, opened, data, store, broker);
        }
    }

    private static Parts open(
            Settings settings,
            List<ConnectorFactory> factories,
            Opened opened,
            Path data,
            Store store,
            Beside<Broker> broker) {
        var clock = InstantSource.system();
        var random = new SecureRandom();
        Path keyFile = data.resolve("master.keys");
        Cryptography cryptography = Cryptography.start();
        MasterKeys masterKeys = masterKeys(keyFile, store.ports().keys(), random);
        Signer signer = cryptography.signer(store.ports().keys(), masterKeys, random);
        var keys = new KeyRotation(store.ports().keys(), masterKeys);
        var net = NetSettings.of(settings.loopback(), userAgent(settings));
        var http = opened.add("outbound HTTP", new GuardedHttp(net));
        var sockets = opened.add("outbound WebSockets", new GuardedSockets(net));
        var watchlist = new LiveWatchlist();
        var meters = new MicrometerMeters();
        Set<Network> reached = reached(factories, settings.networks().keySet());
        var outfit = new Outfit(
                settings, store, clock, random, signer, cryptography, http, sockets, watchlist, meters, reached);
        var connectors = connectors(factories, settings.networks().keySet(), outfit::of);
        var rules = new LiveRules(settings.gates().denied(), clock);
        return new Parts(
                opened,
                store,
                broker.get(),
                keyFile,
                cryptography,
                keys,
                connectors,
                watchlist,
                rules,
                meters,
                settings.oidc().map(client -> provider(client, settings, net, http, opened, random, clock)),
                clock,
                random);
    }

    /// The provider that says who operators are. One on a private address is asked by a client of its own, which goes
    /// nowhere else.
    private static OpenIdProvider provider(
            OidcClient client,
            Settings settings,
            NetSettings net,
            GuardedHttp http,
            Opened opened,
            SecureRandom random,
            InstantSource clock) {
        OutboundHttp line = client.near() ? opened.add("HTTP to the provider", GuardedHttp.near(net)) : http;
        URI back = settings.baseUrl().resolve(ConsoleAccess.OIDC_BACK);
        return new OpenIdProvider(client, back, line, random, clock);
    }

    /// What every connector is given.
    ///
    /// @param reached the networks that can be written to
    private record Outfit(
            Settings settings,
            Store store,
            InstantSource clock,
            SecureRandom random,
            Signer signer,
            Cryptography cryptography,
            GuardedHttp http,
            GuardedSockets sockets,
            LiveWatchlist watchlist,
            MicrometerMeters meters,
            Set<Network> reached) {
        ConnectorContext of(Network network) {
            return new ConnectorContext(
                    settings.instance(network),
                    Objects.requireNonNull(settings.networks().get(network)),
                    clock,
                    random,
                    signer,
                    cryptography,
                    new Argon2Hashes(random),
                    http,
                    sockets,
                    store.ports().identities(),
                    store.ports().follows(),
                    store.ports().cursors(),
                    watchlist,
                    store.ports().deadLetters(),
                    reached,
                    meters.of(network),
                    store.resources());
        }
    }

    private static Set<Network> reached(List<ConnectorFactory> factories, Set<Network> chosen) {
        return factories.stream()
                .filter(factory -> !factory.receiveOnly())
                .map(ConnectorFactory::network)
                .filter(chosen::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Those of the networks that have settings.
    private static Connectors connectors(
            List<ConnectorFactory> factories, Set<Network> chosen, Function<Network, ConnectorContext> contexts) {
        return new Connectors(factories.stream()
                .filter(factory -> chosen.contains(factory.network()))
                .map(factory -> connector(factory, contexts.apply(factory.network())))
                .toList());
    }

    private static NetworkConnector connector(ConnectorFactory factory, ConnectorContext context) {
        NetworkConnector connector = factory.create(context);
        if (connector.capabilities().has(Trait.RECEIVE_ONLY) != factory.receiveOnly()) {
            throw new IllegalStateException(factory.network() + " does not know whether it is receive only");
        }
        return connector;
    }

    private static MasterKeys masterKeys(Path file, KeyStore keys, SecureRandom random) {
        try {
            return MasterKeys.open(file, keys, random);
        } catch (IllegalStateException | UncheckedIOException e) {
            throw new StartFailure("the master keys cannot be used: " + e.getMessage(), e);
        }
    }

    private static Broker broker(Settings settings, Path data) {
        try {
            return settings.brokerUrl()
                    .<Broker>map(ExternalBroker::connect)
                    .orElseGet(() -> EmbeddedBroker.start(data.resolve("broker")));
        } catch (BrokerUnavailableException e) {
            throw StartFailure.saidBy(e);
        }
    }

    private static String userAgent(Settings settings) {
        return Settings.SOFTWARE + "/" + dev.drawbridge.config.settings.Version.current() + " (+" + settings.baseUrl()
                + "/)";
    }

    @Override
    public void close() {
        opened.close();
    }
}
