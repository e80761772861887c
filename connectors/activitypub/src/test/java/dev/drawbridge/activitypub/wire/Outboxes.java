package dev.drawbridge.activitypub.wire;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.store.Hosts;
import dev.drawbridge.activitypub.store.Presentations;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.NoKeys;
import dev.drawbridge.activitypub.translate.ActivityPubTranslator;
import dev.drawbridge.activitypub.translate.CopyIds;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/// Reads outboxes as the connector does, with nothing else around it.
final class Outboxes {
    private Outboxes() {}

    static RemoteOutbox of(MongoDatabase database, LocalNet net, InstantSource clock, RemoteOutbox.Pace pace) {
        var instance = new InstanceInfo(URI.create(Bridge.BASE), "bridge.example", "drawbridge", "0.1.0", "", false);
        var addresses = Addresses.of(instance, new ConnectorSettings(Map.of()));
        var hosts = new HostMemory(new Hosts(database), clock);
        var documents = new RemoteDocuments(new SignedHttp(net, new NoKeys(), clock, hosts, "test", addresses));
        var actors = new RemoteActors(documents, hosts, clock);
        var locals = new LocalActors(new Presentations(database), new NoKeys(), addresses, clock);
        return new RemoteOutbox(
                actors,
                documents,
                new QuoteConfirmation(documents, addresses),
                new MentionPages(locals, actors, addresses),
                new ActivityPubTranslator(CopyIds.under(URI.create(Bridge.BASE))),
                clock,
                pace);
    }
}
