package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.store.Sequencer;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.net.Inet6Address;
import java.net.InetAddress;
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
    private static final int MAX_OF_ADDRESS = 30;
    private static final int GOING_AWAY = 1001;
    private static final int OUR_FAULT = 1011;
    private static final int TRY_LATER = 1013;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration LET_READ = Duration.ofMillis(50);

    private final Sequencer events;
    private final InstantSource clock;
    private final Duration patience;
    private final StreamMeters meters;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();

    SubscribeRepos(Sequencer events, InstantSource clock, Duration patience, Meters meters) {
        this.events = events;
        this.clock = clock;
        this.patience = patience;
        this.meters = new StreamMeters(meters, this::readers, this::furthestBehind);
    }

    @Override
    public SocketSession open(HttpCall handshake, SocketPeer peer) {
        Reader reader = new Reader(peer, handshake.query("cursor"), handshake.remote());
        if (readers.size() >= MAX_READERS || ofAddress(handshake.remote()) >= MAX_OF_ADDRESS) {
            meters.refused();
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

    /// Who is not of the public network sits behind a proxy of ours, with everybody else.
    private long ofAddress(String remote) {
        return isPublic(remote)
                ? readers.stream()
                        .filter(reader -> reader.remote.equals(remote))
                        .count()
                : 0;
    }

    private static boolean isPublic(String remote) {
        try {
            InetAddress address = InetAddress.ofLiteral(remote);
            boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
            return !uniqueLocal
                    && !address.isLoopbackAddress()
                    && !address.isSiteLocalAddress()
                    && !address.isLinkLocalAddress();
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /// How many events the slowest reader is behind.
    private long furthestBehind() {
        long latest = events.latest();
        return readers.stream()
                .mapToLong(reader -> Math.max(0, latest - reader.position))
                .max()
                .orElse(0);
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
        private volatile long position = Long.MAX_VALUE;

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
                    position = subscription.position();
                    rest(next, subscription);
                }
                if (subscription.tooSlow()) {
                    meters.cut();
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
