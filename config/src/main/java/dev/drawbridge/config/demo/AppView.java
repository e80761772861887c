package dev.drawbridge.config.demo;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.block.BlockMap;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerdict;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the event stream of another host, as the software that shows people their feeds does, and believes only
/// commits that the account's own key signed.
final class AppView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AppView.class);
    private static final int MAX_FRAME = 5_000_000;
    private static final long PAUSE_MILLIS = 300;

    private final World world;
    private final Plug plug;
    private final SandboxPlc plc;
    private final URI host;
    private final CommitVerifier verifier;
    private final Seen seen;
    private final Thread reader;
    private volatile long cursor;
    private volatile boolean reading;

    /// Told of every record that came or went.
    interface Seen {
        /// @param record empty if it was deleted
        void record(CommitEvent commit, RepoOp op, Optional<DataMap> record);
    }

    /// @param host `ws://localhost:PORT`
    AppView(World world, Plug plug, SandboxPlc plc, URI host, Seen seen) {
        this.world = world;
        this.plug = plug;
        this.plc = plc;
        this.host = host;
        this.verifier = new CommitVerifier(world.verifier());
        this.seen = seen;
        this.reader = Thread.ofVirtual().name("sandbox-appview").start(this::run);
    }

    boolean reading() {
        return reading;
    }

    @Override
    public void close() {
        reader.interrupt();
    }

    private void run() {
        try {
            while (true) {
                if (!plug.pulled()) {
                    read();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            LOG.debug("the sandbox no longer reads {}", host);
        }
    }

    private void read() throws InterruptedException {
        var over = new CountDownLatch(1);
        SocketPeer peer;
        try {
            URI stream = URI.create(host + "/xrpc/com.atproto.sync.subscribeRepos?cursor=" + cursor);
            peer = world.sockets().connect(stream, MAX_FRAME, _ -> new Session(over));
        } catch (OutboundHttp.OutboundException e) {
            LOG.debug("{} does not answer: {}", host, e.getMessage());
            return;
        }
        reading = true;
        try {
            while (!plug.pulled() && !over.await(PAUSE_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                LOG.trace("reading {} from {}", host, cursor);
            }
        } finally {
            reading = false;
            peer.close(1000, "");
        }
    }

    private void frame(byte[] bytes) {
        try {
            switch (FrameCodec.decode(bytes)) {
                case Frame.Event(CommitEvent commit) -> {
                    commit(commit);
                    cursor = commit.seq();
                }
                case Frame.Event(var event) -> cursor = event.seq();
                case Frame.Info info -> LOG.info("{} says {}", host, info.name());
                case Frame.Failure failure -> LOG.warn("{} refuses: {}", host, failure.error());
                case Frame.Unknown _ -> {}
            }
        } catch (MalformedData e) {
            LOG.warn("{} sent a broken frame: {}", host, e.getMessage());
        }
    }

    private void commit(CommitEvent commit) {
        var key = plc.document(commit.did()).flatMap(DidDocument::signingKey);
        if (key.isEmpty()) {
            LOG.warn("{} has no key", commit.did());
            return;
        }
        var verdict = verifier.verify(
                commit, key.get(), Optional.empty(), world.clock().instant());
        if (!(verdict instanceof CommitVerdict.Verified(var _, BlockMap blocks))) {
            LOG.warn("commit {} of {} does not verify: {}", commit.seq(), commit.did(), verdict);
            return;
        }
        commit.ops()
                .forEach(op ->
                        seen.record(commit, op, op.cid().flatMap(blocks::get).map(DagCbor::decodeMap)));
    }

    private final class Session implements SocketSession {
        private final CountDownLatch over;

        Session(CountDownLatch over) {
            this.over = over;
        }

        @Override
        public void text(String message) {
            LOG.debug("{} sent a text", host);
        }

        @Override
        public void binary(byte[] message) {
            frame(message);
        }

        @Override
        public void closed(int code, String reason) {
            over.countDown();
        }
    }
}
