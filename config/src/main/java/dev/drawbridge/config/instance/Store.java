package dev.drawbridge.config.instance;

import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.port.Operators;
import dev.drawbridge.model.port.Rules;
import dev.drawbridge.model.port.StoreUnavailableException;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.mongo.DeliveryFormat;
import dev.drawbridge.mongo.MongoStores;
import dev.drawbridge.mongo.embedded.EmbeddedMongo;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/// The truth of an instance: MongoDB by address, or the embedded one under the data folder.
///
/// @param description one line for the log at start
record Store(MongoStores stores, Ports ports, String description, AutoCloseable server) implements AutoCloseable {
    /// @throws StartFailure if the server does not answer or its data cannot be used
    static Store open(Optional<String> uri, Path data) {
        if (uri.isPresent()) {
            return connect(uri.get(), "MongoDB at " + withoutSecrets(uri.get()), () -> {});
        }
        return embedded(data.resolve("store"));
    }

    private static Store embedded(Path folder) {
        EmbeddedMongo server;
        try {
            server = EmbeddedMongo.open(folder);
        } catch (IllegalStateException | UncheckedIOException e) {
            throw StartFailure.saidBy(e);
        }
        try {
            return connect(
                    server.uri(),
                    "embedded under " + folder + ": for trying out and small instances; larger ones set"
                            + " drawbridge.store.uri",
                    server);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static Store connect(String uri, String description, AutoCloseable server) {
        try {
            MongoStores stores = MongoStores.open(uri, new AsJson(new EngineJson()));
            return new Store(stores, ports(stores), description, server);
        } catch (StoreUnavailableException | IllegalArgumentException | IllegalStateException e) {
            throw new StartFailure(description + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Ports ports(MongoStores stores) {
        return new Ports(
                stores.consents(),
                stores.identities(),
                stores.ledger(),
                stores.follows(),
                stores.parking(),
                stores.deadLetters(),
                stores.crossings(),
                stores.cursors(),
                stores.absences(),
                stores.keys(),
                stores.preferences(),
                stores.notices(),
                stores.complaints(),
                stores.digests(),
                stores.quotas(),
                stores.links());
    }

    /// What connectors find in the store beside the ports.
    ConnectorContext.Resources resources() {
        return stores::resource;
    }

    /// What the operator allows and denies.
    Rules rules() {
        return stores.rules();
    }

    /// Who may run the instance from its pages.
    Operators operators() {
        return stores.operators();
    }

    /// @return empty if it answers, else what is wrong
    Optional<String> trouble() {
        try {
            stores.ping();
            return Optional.empty();
        } catch (StoreUnavailableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    static String withoutSecrets(String uri) {
        return uri.replaceFirst("//[^@/]*@", "//…@").replaceFirst("\\?.*", "");
    }

    @Override
    public void close() throws Exception {
        stores.close();
        server.close();
    }

    private record AsJson(EngineJson json) implements DeliveryFormat {
        @Override
        public String write(Delivery delivery) {
            return json.writeText(delivery);
        }

        @Override
        public Delivery read(String text) {
            return json.delivery(text);
        }
    }
}
