package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.InstanceInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Everything our PDS serves.
public final class PdsEndpoints {
    private static final int MAX_MESSAGE = 1024;

    /// Relays that have read enough of us for the hour stop reading until the next one.
    private static final Duration PATIENCE = Duration.ofHours(2);

    /// Longer than that, so that who is cut off is told why.
    private static final Duration STALL = PATIENCE.plusMinutes(5);

    private final Xrpc xrpc;
    private final ServerMethods server;
    private final ClientMetadata client;
    private final SubscribeRepos stream;

    /// @param owners what those who own accounts can ask for
    /// @param handleHost whether a host may be a handle of ours
    public PdsEndpoints(
            InstanceInfo instance,
            PdsStore store,
            BlobStore blobs,
            OwnerMethods owners,
            Predicate<String> handleHost,
            InstantSource clock,
            Meters meters) {
        Repos repos = new Repos(store);
        client = new ClientMetadata(instance);
        server = new ServerMethods(instance, store, handleHost);
        Map<String, XrpcMethod> methods = new HashMap<>(server.all());
        methods.putAll(new SyncMethods(repos, owners.owners()).all());
        methods.putAll(new BlobMethods(repos, blobs, owners.owners()).all());
        methods.putAll(new RepoMethods(repos).all());
        methods.putAll(new Identities(repos).all());
        methods.putAll(owners.all());
        xrpc = new Xrpc(methods);
        stream = new SubscribeRepos(store.sequencer(), clock, PATIENCE, meters);
    }

    public List<Endpoint> all() {
        List<Endpoint> all = new ArrayList<>(server.endpoints());
        all.add(new Endpoint.Socket(SubscribeRepos.PATH, MAX_MESSAGE, Optional.of(STALL), stream));
        all.add(client.endpoint());
        all.addAll(xrpc.endpoints());
        return all;
    }

    /// How many read the event stream now.
    public int readers() {
        return stream.readers();
    }

    /// Ends what is still being read.
    public void close() {
        stream.close();
    }
}
