package dev.drawbridge.atproto;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.PlcOperation;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.RelayLimits;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.testkit.InMemoryDeadLetters;
import dev.drawbridge.testkit.InMemoryKeyStore;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/// A PDS on a database, with accounts as the directory would know them.
public final class TestPds {
    public final VirtualClock clock = new VirtualClock();
    public final Cryptography cryptography = Cryptography.start();
    public final Signer signer;
    public final PdsStore store;
    public final InMemoryDeadLetters deadLetters = new InMemoryDeadLetters();
    public final BlobStore blobs;
    private final MongoDatabase database;

    public TestPds(MongoDatabase database) {
        this(database, RelayLimits.NONE);
    }

    public TestPds(MongoDatabase database, RelayLimits limits) {
        this.database = database;
        SecureRandom random = new SecureRandom();
        signer = cryptography.signer(new InMemoryKeyStore(), MasterKeys.inMemory(random), random);
        store = PdsStore.open(this::resource, signer, clock, new Random(1), limits, OptionalLong::empty, deadLetters);
        blobs = BlobStore.open(this::resource);
    }

    private <T> T resource(Class<T> type) {
        return type.cast(database);
    }

    public DidKey key(String name) {
        return DidKey.of(DidKey.Curve.SECP256K1, signer.ensure("atproto:" + name, KeyAlgorithm.SECP256K1));
    }

    public SignedPlcOperation genesis(String name, URI pds) {
        return PlcOperation.Change.genesis(List.of(key("rotation")), key(name), handle(name), pds)
                .sign(signer, "atproto:rotation");
    }

    public static Handle handle(String name) {
        return new Handle(name + ".bridge.test");
    }

    public Did account(String name) {
        SignedPlcOperation genesis = genesis(name, URI.create("http://localhost:8080"));
        NativeId origin = new NativeId(Network.NOSTR, name);
        store.accounts()
                .insert(new Account(
                        genesis.did(),
                        origin,
                        handle(name),
                        "atproto:" + name,
                        DataJson.write(genesis.toJson()),
                        true,
                        clock.instant()));
        store.repositories().create(genesis.did(), handle(name), "atproto:" + name);
        return genesis.did();
    }

    /// A repository of somebody who has no account here.
    public Did stranger(String name) {
        Did did = genesis(name, URI.create("http://localhost:8080")).did();
        store.repositories().create(did, handle(name), "atproto:" + name);
        return did;
    }

    public RepoState post(Did did, String rkey, String text) {
        clock.advance(Duration.ofMillis(10));
        String keyRef = store.accounts().byDid(did).orElseThrow().keyRef();
        DataMap record = DataMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", text)
                .put("createdAt", "2026-03-01T12:00:00.000Z")
                .build();
        return store.repositories()
                .commit(did, keyRef, List.of(new RepoWrite.Put(RepoPath.parse("app.bsky.feed.post/" + rkey), record)))
                .orElseThrow();
    }
}
