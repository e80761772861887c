package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.sync.Frame;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.model.port.Cursors;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.port.OutboundSockets;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.SocketPeer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads `com.atproto.sync.subscribeRepos` of a relay or a PDS. The cursor moves only over what the engine has taken
/// care of, so that after a crash nothing is missing and some things come twice.
///
/// Spec: [Event stream](https://atproto.com/specs/event-stream), [Sync](https://atproto.com/specs/sync)
public final class Firehose implements EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(Firehose.class);
    private static final int MAX_FRAME = 5_000_000;
    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final Duration SAVE_EVERY = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MAX_DOUBLINGS = 7;

    private final URI service;
    private final OutboundSockets sockets;
    private final Cursors cursors;
    private final NewsDesk desk;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Optional<Long> first;
    private final String stream;
    private @Nullable Thread thread;
    private volatile boolean running;
    private volatile Optional<String> trouble = Optional.empty();
    private Optional<Long> cursor = Optional.empty();
    private Optional<Long> saved = Optional.empty();
    private Instant savedAt = Instant.EPOCH;
    private int failures;

    /// @param service `wss://host` of a relay or PDS
    /// @param first where to begin if this service was never read: 0 for all it still has, empty for now
    public Firehose(
            URI service,
            OutboundSockets sockets,
            Cursors cursors,
            NewsDesk desk,
            InstantSource clock,
            RandomGenerator random,
            Optional<Long> first) {
        this.service = service;
        this.first = first;
        this.sockets = sockets;
        this.cursors = cursors;
        this.desk = desk;
        this.clock = clock;
        this.random = random;
        this.stream = "atproto:" + service;
    }

    @Override
    public synchronized void start(EventSink sink) {
        if (thread == null) {
            running = true;
            thread = Thread.ofVirtual().name("firehose " + service).start(() -> run(sink));
        }
    }

    @Override
    public synchronized void stop() {
        Thread reader = thread;
        if (reader != null) {
            running = false;
            reader.interrupt();
            try {
                reader.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread = null;
        }
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }

    private void run(EventSink sink) {
        try {
            while (running) {
                try {
                    saved = cursors.get(stream).map(Long::parseLong);
                    cursor = saved.or(() -> first);
                    read(sink);
                } catch (OutboundException e) {
                    failed("no connection to " + service + ": " + e.failure());
                } catch (RuntimeException e) {
                    // Store down, or a mistake of ours: the cursor stays, and we come back to the same event.
                    LOG.error("reading {} failed", service, e);
                    failed("reading " + service + " failed: " + e);
                }
                if (running) {
                    Thread.sleep(pause());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} is no longer read", service);
        }
    }

    private void read(EventSink sink) throws InterruptedException {
        StreamConnection connection = new StreamConnection();
        SocketPeer peer = sockets.connect(address(), MAX_FRAME, _ -> connection);
        LOG.info("reading {} from {}", service, cursor.map(String::valueOf).orElse("now"));
        try {
            Optional<byte[]> frame = connection.next(SILENCE);
            while (running && frame.isPresent()) {
                frame(frame.get(), sink);
                failures = 0;
                trouble = Optional.empty();
                if (connection.idle()) {
                    save(false);
                }
                frame = connection.next(SILENCE);
            }
            failed("the connection to " + service + " ended");
        } finally {
            connection.abandon();
            peer.close(1000, "");
            save(true);
        }
    }

    private void frame(byte[] bytes, EventSink sink) throws InterruptedException {
        Frame frame;
        try {
            frame = FrameCodec.decode(bytes);
        } catch (MalformedData e) {
            LOG.info("malformed frame from {}: {}", service, e.getMessage());
            return;
        }
        switch (frame) {
            case Frame.Event(SyncEvent event) -> {
                if (cursor.isEmpty() || event.seq() > cursor.get()) {
                    boolean stored = desk.handle(event, sink, Thread::sleep);
                    cursor = Optional.of(event.seq());
                    if (stored) {
                        save(true);
                    }
                }
            }
            case Frame.Info(String name, var message) -> LOG.warn("{} says {}: {}", service, name, message.orElse(""));
            case Frame.Failure(String error, var message) -> refused(error, message.orElse(""));
            case Frame.Unknown(String type) -> LOG.debug("unknown event {} from {}", type, service);
        }
    }

    private void refused(String error, String message) {
        LOG.warn("{} refuses: {}: {}", service, error, message);
        if (error.equals(Frame.Failure.FUTURE_CURSOR)) {
            // It has forgotten its numbers. What it has now we may not have seen; what we have seen changes nothing.
            cursor = Optional.of(0L);
        }
    }

    private void save(boolean now) {
        boolean due = now || clock.instant().isAfter(savedAt.plus(SAVE_EVERY));
        if (due && cursor.isPresent() && !cursor.equals(saved)) {
            cursors.put(stream, cursor.get().toString());
            saved = cursor;
            savedAt = clock.instant();
        }
    }

    private URI address() {
        String root = service.toString().replaceFirst("/+$", "");
        return URI.create(root + "/xrpc/com.atproto.sync.subscribeRepos"
                + cursor.map(seq -> "?cursor=" + seq).orElse(""));
    }

    private void failed(String why) {
        failures++;
        trouble = Optional.of(why);
        LOG.info("{}", why);
    }

    private Duration pause() {
        long most = FIRST_PAUSE.toMillis() << Math.min(failures, MAX_DOUBLINGS);
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }
}
