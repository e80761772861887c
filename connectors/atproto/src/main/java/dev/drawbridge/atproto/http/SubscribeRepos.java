package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.store.Sequencer;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `com.atproto.sync.subscribeRepos`: the event stream, one virtual thread for each reader.
final class SubscribeRepos implements Endpoint.SocketHandler {
    static final String PATH = "/xrpc/com.atproto.sync.subscribeRepos";

    private static final Logger LOG = LoggerFactory.getLogger(SubscribeRepos.class);
    private static final int MAX_READERS = 500;
    private static final int GOING_AWAY = 1001;
    private static final int OUR_FAULT = 1011;
    private static final int TRY_LATER = 1013;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration LET_READ = Duration.ofMillis(50);

    private final Sequencer events;
    private final InstantSource clock;
    private final Duration patience;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

    SubscribeRepos(Sequencer events, InstantSource clock, Duration patience) {
        this.events = events;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public SocketSession open(HttpCall handshake, SocketPeer peer) {
        Reader reader = new Reader(peer, handshake.query("cursor"), handshake.remote());
        if (readers.size() >= MAX_READERS) {
            peer.send(FrameCodec.encode(new Frame.Failure("TooManyConnections", Optional.empty())));
            peer.close(TRY_LATER, "too many readers");
            return reader;
        }
        readers.add(reader);
        reader.start();
        return reader;
    }

    /// How many read now.
    int readers() {
        return readers.size();
    }

    /// Ends every reading.
    void close() {
        readers.forEach(reader -> {
            reader.over = true;
            reader.peer.close(GOING_AWAY, "going away");
        });
        events.wake();
    }

    private final class Reader implements SocketSession {
        private final SocketPeer peer;
        private final Optional<String> cursor;
        private final String remote;
        private volatile boolean over;

        Reader(SocketPeer peer, Optional<String> cursor, String remote) {
            this.peer = peer;
            this.cursor = cursor;
            this.remote = remote;
        }

        void start() {
            Thread.ofVirtual().name("subscribeRepos " + remote).start(this::run);
        }

        private void run() {
            LOG.info("{} reads from {}", remote, cursor.orElse("now"));
            try {
                Subscription subscription = new Subscription(events, peer, clock, patience);
                Subscription.Next next = subscription.begin(cursor);
                while (!over && next != Subscription.Next.OVER) {
                    next = subscription.step();
                    rest(next, subscription);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("the stream to {} broke", remote, e);
                peer.close(OUR_FAULT, "internal error");
            } finally {
                readers.remove(this);
            }
        }

        private void rest(Subscription.Next next, Subscription subscription) throws InterruptedException {
            switch (next) {
                case WAIT_FOR_EVENTS -> events.await(subscription.position(), LOOK_AGAIN);
                case WAIT_FOR_READER -> Thread.sleep(LET_READ);
                case GO_ON, OVER -> {}
            }
        }

        @Override
        public void text(String message) {
            // Readers have nothing to say.
        }

        @Override
        public void closed(int code, String reason) {
            LOG.info("{} stopped reading: {} {}", remote, code, reason);
            over = true;
            events.wake();
        }
    }
}
