package dev.drawbridge.atproto.wire;

import dev.drawbridge.model.port.Cursors;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.port.OutboundSockets;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.SocketPeer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one stream for as long as it may. News of different people are worked on at once. The cursor moves only over
/// what the engine has taken care of, so that after a crash nothing is missing and some things come twice.
public final class StreamReader implements EventStream {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);
    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final Duration SAVE_EVERY = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MAX_DOUBLINGS = 7;

    private final StreamForm form;
    private final OutboundSockets sockets;
    private final Cursors cursors;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Optional<Long> first;
    private final Lanes.Room room;
    private final ReentrantLock saving = new ReentrantLock();
    private final AtomicBoolean toSave = new AtomicBoolean();
    private @Nullable Thread thread;
    private volatile boolean running;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile Optional<String> unfinished = Optional.empty();
    private volatile @Nullable Progress progress;
    private volatile Optional<Long> saved = Optional.empty();
    private volatile Instant savedAt = Instant.EPOCH;
    private int failures;

    /// @param first where to begin if this stream was never read: 0 for all it still has, empty for now
    public StreamReader(
            StreamForm form,
            OutboundSockets sockets,
            Cursors cursors,
            InstantSource clock,
            RandomGenerator random,
            Optional<Long> first) {
        this(form, sockets, cursors, clock, random, first, Lanes.Room.USUAL);
    }

    StreamReader(
            StreamForm form,
            OutboundSockets sockets,
            Cursors cursors,
            InstantSource clock,
            RandomGenerator random,
            Optional<Long> first,
            Lanes.Room room) {
        this.form = form;
        this.sockets = sockets;
        this.cursors = cursors;
        this.clock = clock;
        this.random = random;
        this.first = first;
        this.room = room;
    }

    @Override
    public synchronized void start(EventSink sink) {
        if (thread == null) {
            running = true;
            thread = Thread.ofVirtual().name("reader of " + form.name()).start(() -> run(sink));
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
        return trouble.or(() -> unfinished).or(form::trouble);
    }

    private void run(EventSink sink) {
        Lanes lanes = new Lanes(room);
        progress = null;
        try {
            while (running) {
                try {
                    read(lanes, begun(), sink);
                } catch (OutboundException e) {
                    e.status().ifPresent(form::refused);
                    String answer =
                            e.status().map(status -> ", answered " + status).orElse("");
                    failed("no connection to " + form.name() + ": " + e.failure() + answer);
                } catch (RuntimeException e) {
                    // Store down, or a mistake of ours: what is not done is read again.
                    LOG.error("reading {} failed", form.name(), e);
                    failed("reading " + form.name() + " failed: " + e);
                }
                if (running) {
                    Thread.sleep(pause(failures));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} is no longer read", form.name());
        } finally {
            lanes.stop();
            save();
        }
    }

    /// What was read before, in this run or an earlier one.
    private Progress begun() {
        Progress now = progress;
        if (now == null) {
            saved = cursors.get(form.name()).map(Long::parseLong);
            now = new Progress(saved.or(() -> first));
            progress = now;
        }
        return now;
    }

    private void read(Lanes lanes, Progress begun, EventSink sink) throws InterruptedException {
        StreamConnection connection = new StreamConnection();
        SocketPeer peer = sockets.connect(form.address(begun.heard()), form.longest(), _ -> connection);
        LOG.info(
                "reading {} from {}",
                form.name(),
                begun.heard().map(String::valueOf).orElse("now"));
        try {
            Optional<StreamConnection.Message> message = connection.next(SILENCE);
            while (running && message.isPresent()) {
                failures = 0;
                trouble = Optional.empty();
                take(form.read(message.get()), lanes, sink);
                if (clock.instant().isAfter(savedAt.plus(SAVE_EVERY))) {
                    save();
                }
                message = connection.next(SILENCE);
            }
            failed("the connection to " + form.name() + " ended");
        } finally {
            connection.abandon();
            peer.close(1000, "");
        }
    }

    private void take(StreamForm.Heard heard, Lanes lanes, EventSink sink) throws InterruptedException {
        Progress now = begun();
        switch (heard) {
            case StreamForm.Heard.News news -> {
                if (form.isNew(news.position(), now.heard())) {
                    now.begin(news.position());
                    if (!lanes.put(news.person().value(), news.bytes(), news.guest(), () -> work(news, now, sink))) {
                        now.done(news.position());
                        LOG.warn("too much of strangers waits: {} of {} is left out", news.position(), news.person());
                    }
                }
            }
            case StreamForm.Heard.Passed(long position) -> now.passed(position);
            case StreamForm.Heard.Forgotten _ ->
                // What it has now we may not have seen; what we have seen changes nothing.
                progress = new Progress(Optional.of(0L));
            case StreamForm.Heard.Nothing _ -> {}
        }
    }

    private void work(StreamForm.Heard.News news, Progress of, EventSink sink) throws InterruptedException {
        for (int times = 0; ; times++) {
            try {
                boolean stored = news.work().run(sink, this::rest);
                of.done(news.position());
                unfinished = Optional.empty();
                if (stored) {
                    save();
                }
                return;
            } catch (RuntimeException e) {
                LOG.error("{} of {} on {} is tried again", news.position(), news.person(), form.name(), e);
                unfinished = Optional.of("what " + news.person() + " did is not taken in: " + e);
                rest(pause(times));
            }
        }
    }

    private void rest(Duration time) throws InterruptedException {
        if (!running) {
            throw new InterruptedException("no longer read");
        }
        Thread.sleep(time);
    }

    /// Stores the cursor. Whoever comes while another does leaves it to them.
    private void save() {
        toSave.set(true);
        while (toSave.get() && saving.tryLock()) {
            try {
                if (toSave.getAndSet(false)) {
                    Progress now = progress;
                    Optional<Long> cursor = now == null ? Optional.empty() : now.cursor();
                    if (cursor.isPresent() && !cursor.equals(saved)) {
                        cursors.put(form.name(), cursor.get().toString());
                        saved = cursor;
                    }
                    savedAt = clock.instant();
                }
            } catch (RuntimeException e) {
                // What was done is done once more after a crash.
                LOG.warn("the cursor of {} is not stored: {}", form.name(), e.toString());
            } finally {
                saving.unlock();
            }
        }
    }

    private void failed(String why) {
        failures++;
        trouble = Optional.of(why);
        LOG.info("{}", why);
    }

    private Duration pause(int times) {
        long most = FIRST_PAUSE.toMillis() << Math.min(times, MAX_DOUBLINGS);
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }
}
