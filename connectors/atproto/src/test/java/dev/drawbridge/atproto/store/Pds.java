package dev.drawbridge.atproto.store;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.block.CarFile;
import dev.drawbridge.atproto.record.block.CarLimits;
import dev.drawbridge.atproto.record.block.CarReader;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.mst.MstEntry;
import dev.drawbridge.atproto.record.repo.RepoHead;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.repo.SignedCommit;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerdict;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.engine.crypto.MasterKeys;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.testkit.InMemoryDeadLetters;
import dev.drawbridge.testkit.InMemoryKeyStore;
import dev.drawbridge.testkit.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A PDS store on a database, with one account, that can be killed and started again.
final class Pds {
    static final Did ALICE = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    static final Handle HANDLE = new Handle("alice.test");
    static final String KEY = "atproto:alice";

    final VirtualClock clock = new VirtualClock();
    final Cryptography cryptography = Cryptography.start();
    final InMemoryDeadLetters deadLetters = new InMemoryDeadLetters();
    final MongoDatabase database;
    final Signer signer;
    final DidKey key;
    RelayLimits limits = RelayLimits.NONE;
    PdsStore store;

    Pds(MongoDatabase database) {
        this.database = database;
        SecureRandom random = new SecureRandom();
        signer = cryptography.signer(new InMemoryKeyStore(), MasterKeys.inMemory(random), random);
        key = DidKey.of(DidKey.Curve.SECP256K1, signer.ensure(KEY, KeyAlgorithm.SECP256K1));
        store = PdsStore.open(database, signer, clock, new Random(1), limits, OptionalLong::empty, deadLetters);
    }

    /// As [PdsStore#open], with faults.
    void start(Faults faults) {
        open(states -> faults.in(RepoStates.class, states), UnaryOperator.identity(), faults);
    }

    /// With a port of our own in between.
    void start(UnaryOperator<RepoStates> around) {
        open(around, UnaryOperator.identity(), Faults.once(0, true));
    }

    /// With blocks of our own in between.
    void startOn(UnaryOperator<Blocks> around) {
        open(UnaryOperator.identity(), around, Faults.once(0, true));
    }

    /// Counts what the store is asked.
    void counting(int[] trips) {
        var real = PdsStore.Ports.on(database);
        var ports = new PdsStore.Ports(
                real.accounts(),
                new CachedBlocks(counted(Blocks.class, new MongoBlocks(database), trips)),
                counted(RepoStates.class, real.states(), trips),
                counted(RecordIndex.class, real.index(), trips),
                real.queue(),
                counted(EventLog.class, real.log(), trips),
                real.counter(),
                real.blobs(),
                real.departures());
        store = PdsStore.of(
                ports, new Sequencer(ports.log(), ports.counter(), clock), signer, clock, new Random(5), deadLetters);
    }

    private static <T> T counted(Class<T> port, T real, int[] trips) {
        return port.cast(
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (_, method, arguments) -> {
                    trips[0]++;
                    return method.invoke(real, arguments);
                }));
    }

    private void open(UnaryOperator<RepoStates> around, UnaryOperator<Blocks> blocks, Faults faults) {
        var real = PdsStore.Ports.on(database);
        var ports = new PdsStore.Ports(
                real.accounts(),
                faults.in(Blocks.class, blocks.apply(new MongoBlocks(database))),
                around.apply(real.states()),
                faults.in(RecordIndex.class, real.index()),
                faults.in(WriteQueue.class, real.queue()),
                faults.in(EventLog.class, real.log()),
                faults.in(SequenceCounter.class, real.counter()),
                real.blobs(),
                real.departures());
        Sequencer sequencer = new Sequencer(
                ports.log(),
                ports.counter(),
                clock,
                Holder.ofThisProcess(),
                new Budget(limits, clock),
                OptionalLong::empty);
        store = PdsStore.of(ports, sequencer, signer, clock, new Random(2), deadLetters);
    }

    void restart() {
        store = PdsStore.open(database, signer, clock, new Random(3), limits, OptionalLong::empty, deadLetters);
    }

    /// As [#restart()], but others have seen more of us than this store has.
    void restartedAfter(long seenElsewhere) {
        store = PdsStore.open(
                database, signer, clock, new Random(4), limits, () -> OptionalLong.of(seenElsewhere), deadLetters);
    }

    void create() {
        store.repositories().create(ALICE, HANDLE, KEY);
    }

    RepoState commit(RepoWrite... writes) {
        clock.advance(Duration.ofMillis(5));
        return store.repositories().commit(ALICE, KEY, List.of(writes)).orElseThrow();
    }

    static RepoWrite put(String rkey, String text) {
        return new RepoWrite.Put(path(rkey), record(text));
    }

    static RepoWrite delete(String rkey) {
        return new RepoWrite.Delete(path(rkey));
    }

    static RepoPath path(String rkey) {
        return RepoPath.parse("app.bsky.feed.post/" + rkey);
    }

    static DataMap record(String text) {
        return DataMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", text)
                .put("createdAt", "2026-03-01T12:00:00Z")
                .build();
    }

    List<SyncEvent> events() {
        return store.sequencer().read(0, 10_000).stream()
                .map(stored -> {
                    SyncEvent event = ((Frame.Event) FrameCodec.decode(stored.frame())).event();
                    if (event.seq() != stored.seq()) {
                        throw new AssertionError("frame says " + event.seq() + ", log says " + stored.seq());
                    }
                    return event;
                })
                .toList();
    }

    /// What a strict consumer holds against the stream; empty if it is sound.
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        CommitVerifier verifier = new CommitVerifier(cryptography);
        Optional<RepoHead> head = Optional.empty();
        long last = 0;
        for (SyncEvent event : events()) {
            if (event.seq() <= last) {
                complaints.add("seq " + event.seq() + " after " + last);
            }
            last = event.seq();
            switch (event) {
                case CommitEvent commit -> {
                    CommitVerdict verdict = verifier.verify(commit, key, head, clock.instant());
                    if (verdict instanceof CommitVerdict.Verified(SignedCommit signed, var _)) {
                        head = Optional.of(signed.head());
                    } else {
                        complaints.add(commit + ": " + verdict);
                    }
                }
                case RepoSyncEvent sync ->
                    head = Optional.of(SignedCommit.parse(
                                    CarReader.read(sync.blocks(), CarLimits.COMMIT).blocks().cids().stream()
                                            .findFirst()
                                            .flatMap(cid -> CarReader.read(sync.blocks(), CarLimits.COMMIT)
                                                    .blocks()
                                                    .get(cid))
                                            .orElseThrow())
                            .head());
                case AccountEvent _ -> {}
                case dev.drawbridge.atproto.record.sync.IdentityEvent _ -> {}
            }
        }
        Optional<RepoHead> stored = store.archive().state(ALICE).map(RepoState::head);
        if (!stored.equals(head)) {
            complaints.add("the stream ends at " + head + ", the head is " + stored);
        }
        return complaints;
    }

    /// The repository as somebody who fetches it gets it: texts by key.
    Map<String, String> exported() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!store.archive().export(ALICE, Optional.empty(), out)) {
            return Map.of();
        }
        CarFile car = CarReader.read(out.toByteArray(), CarLimits.COMMIT);
        SignedCommit commit =
                SignedCommit.parse(car.blocks().get(car.roots().getFirst()).orElseThrow());
        if (!commit.isSignedBy(key, cryptography)) {
            throw new AssertionError("wrong signature");
        }
        Map<String, String> texts = new TreeMap<>();
        Mst.load(car.blocks(), commit.commit().data()).from("").forEachRemaining((MstEntry entry) -> {
            byte[] record = car.blocks().get(entry.value()).orElseThrow();
            texts.put(
                    entry.key().substring(entry.key().indexOf('/') + 1),
                    dev.drawbridge.atproto.record.cbor.DagCbor.decodeMap(record)
                            .text("text")
                            .orElseThrow());
        });
        return texts;
    }

    /// The same by the index.
    Map<String, String> listed() {
        Map<String, String> texts = new TreeMap<>();
        store.archive()
                .records(ALICE, path("x").collection(), Optional.empty(), 1000, true)
                .forEach(r -> texts.put(
                        r.path().rkey().value(), r.value().text("text").orElseThrow()));
        return texts;
    }

    long blockCount() {
        return database.getCollection("atproto_blocks").countDocuments();
    }
}
