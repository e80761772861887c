package dev.drawbridge.config.demo;

import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.cbor.Blob;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.mst.Mst;
import dev.drawbridge.atproto.record.plc.PlcOperation;
import dev.drawbridge.atproto.record.repo.NewCommit;
import dev.drawbridge.atproto.record.repo.RepoCommitter;
import dev.drawbridge.atproto.record.repo.RepoExport;
import dev.drawbridge.atproto.record.repo.RepoHead;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.TidClock;
import dev.drawbridge.model.port.KeyAlgorithm;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/// A host with one account: its repository with signed commits, and its event stream.
///
/// Spec: [Repository](https://atproto.com/specs/repository), [Sync](https://atproto.com/specs/sync)
final class SandboxPds {
    private static final String SIGNING = "atproto:signing";
    private static final String ROTATION = "atproto:rotation";

    private final World world;
    private final Handle handle;
    private final Did did;
    private final RepoCommitter committer;
    private final TidClock tids;
    private final BlockMap blocks = new BlockMap();
    private final Map<Cid, StoredFile> files = new HashMap<>();
    private final List<byte[]> frames = new ArrayList<>();
    private final Set<SocketPeer> readers = new HashSet<>();
    private RepoHead head;

    /// @param plc where the account's DID is made
    SandboxPds(World world, SandboxPlc plc, Handle handle) {
        this.world = world;
        this.handle = handle;
        this.committer = new RepoCommitter(world.signer());
        this.tids = new TidClock(world.clock(), 0);
        URI origin = world.origin();
        var genesis = PlcOperation.Change.genesis(List.of(key(ROTATION)), key(SIGNING), handle, origin)
                .sign(world.signer(), ROTATION);
        this.did = genesis.did();
        plc.add(did, genesis);
        NewCommit first = committer.create(did, tids.next(), SIGNING);
        this.head = first.head();
        Instant now = world.clock().instant();
        announce(seq -> new IdentityEvent(seq, did, now, Optional.of(handle)));
        announce(seq -> AccountEvent.active(seq, did, now));
        blocks.putAll(first.newBlocks());
        announce(seq -> CommitEvent.of(first, seq, now));
    }

    Did did() {
        return did;
    }

    Handle handle() {
        return handle;
    }

    /// How many read the event stream.
    synchronized int readers() {
        return readers.size();
    }

    /// A record and its version.
    record Stored(RepoPath path, Cid cid, DataMap value) {}

    /// Writes a record under a new key.
    Stored create(Nsid collection, DataMap record) {
        return put(new RepoPath(collection, RecordKey.of(tids.next())), record);
    }

    /// Writes a record under a key of the caller's choice.
    Stored put(RepoPath path, DataMap record) {
        write(new RepoWrite.Put(path, record));
        return record(path).orElseThrow();
    }

    /// Takes a record away.
    void delete(RepoPath path) {
        write(new RepoWrite.Delete(path));
    }

    private synchronized void write(RepoWrite write) {
        NewCommit step = committer
                .commit(head, blocks, List.of(write), tids.after(head.rev()), SIGNING)
                .orElseThrow(() -> new IllegalStateException(write.path() + " says so already"));
        blocks.putAll(step.newBlocks());
        head = step.head();
        Instant now = world.clock().instant();
        announce(seq -> CommitEvent.of(step, seq, now));
    }

    /// Keeps a file for records to name.
    synchronized Blob blob(byte[] file, String mimeType) {
        Cid cid = Cid.ofRaw(file);
        files.put(cid, new StoredFile(file, mimeType));
        return new Blob(cid, mimeType, file.length);
    }

    synchronized Optional<StoredFile> file(Cid cid) {
        return Optional.ofNullable(files.get(cid));
    }

    record StoredFile(byte[] bytes, String mimeType) {}

    synchronized Optional<Stored> record(RepoPath path) {
        return Mst.load(blocks, head.data())
                .get(path.key())
                .flatMap(cid -> blocks.get(cid).map(bytes -> new Stored(path, cid, DagCbor.decodeMap(bytes))));
    }

    /// A record with the proof that it is in the repository, or that it is not.
    synchronized byte[] proof(RepoPath path) {
        return RepoExport.record(head, blocks, path);
    }

    /// The whole repository.
    synchronized void export(OutputStream out) {
        RepoExport.repository(head, blocks, out);
    }

    synchronized RepoHead head() {
        return head;
    }

    /// A reader of the event stream: first what it missed, then what comes.
    synchronized SocketSession open(HttpCall handshake, SocketPeer peer) {
        int from = handshake
                .query("cursor")
                .filter(c -> c.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(frames.size());
        frames.stream().skip(from).forEach(peer::send);
        readers.add(peer);
        return new SocketSession() {
            @Override
            public void text(String message) {
                // Readers have nothing to say.
            }

            @Override
            public void closed(int code, String reason) {
                leave(peer);
            }
        };
    }

    private synchronized void leave(SocketPeer peer) {
        readers.remove(peer);
    }

    /// An event's number is its place in the list, counted from one.
    private synchronized void announce(LongFunction<SyncEvent> event) {
        byte[] frame = FrameCodec.encode(event.apply(frames.size() + 1L));
        frames.add(frame);
        readers.forEach(reader -> reader.send(frame));
    }

    private DidKey key(String ref) {
        return DidKey.of(DidKey.Curve.SECP256K1, world.signer().ensure(ref, KeyAlgorithm.SECP256K1));
    }
}
