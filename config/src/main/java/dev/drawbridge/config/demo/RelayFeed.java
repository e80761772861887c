package dev.drawbridge.config.demo;

import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.RelayMessage;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the relay where those write whom the sample person follows, as their app does
/// ([NIP-65](https://nips.nostr.com/65)).
final class RelayFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RelayFeed.class);
    private static final int MAX_MESSAGE = 1_000_000;
    private static final long PAUSE_MILLIS = 300;
    private static final String ASK = new ClientMessage.Request(
                    "feed",
                    List.of(Filter.ANY.kinds(List.of(
                            Kind.NOTE,
                            Kind.POLL,
                            Kind.FOLLOWS,
                            Kind.REACTION,
                            Kind.REPOST,
                            Kind.GENERIC_REPOST,
                            Kind.DELETION))))
            .json();

    private final World world;
    private final Plug plug;
    private final URI relay;
    private final Consumer<Event> seen;
    private final Thread reader;

    /// @param relay `ws://localhost:PORT`
    /// @param seen told of every event, checked by nobody, as often as it comes
    RelayFeed(World world, Plug plug, URI relay, Consumer<Event> seen) {
        this.world = world;
        this.plug = plug;
        this.relay = relay;
        this.seen = seen;
        this.reader = Thread.ofVirtual().name("sandbox-feed").start(this::run);
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
            LOG.debug("the sandbox no longer reads {}", relay);
        }
    }

    private void read() throws InterruptedException {
        var over = new CountDownLatch(1);
        SocketPeer peer;
        try {
            peer = world.sockets().connect(relay, MAX_MESSAGE, _ -> new Session(over));
        } catch (OutboundHttp.OutboundException e) {
            LOG.debug("{} does not answer: {}", relay, e.getMessage());
            return;
        }
        try {
            peer.send(ASK);
            while (!plug.pulled() && !over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.trace("reading {}", relay);
            }
        } finally {
            peer.close(1000, "");
        }
    }

    private final class Session implements SocketSession {
        private final CountDownLatch over;

        Session(CountDownLatch over) {
            this.over = over;
        }

        @Override
        public void text(String message) {
            if (RelayMessage.read(message)
                    instanceof Reading.Read<RelayMessage>(RelayMessage.Sent(var _, Event event))) {
                seen.accept(event);
            }
        }

        @Override
        public void closed(int code, String reason) {
            over.countDown();
        }
    }
}
