package dev.drawbridge.engine.net;

import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket: a virtual thread writes what is queued, the client's threads read, and a lock makes the session's
/// calls follow each other.
final class SocketConnection implements SocketPeer, WebSocket.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);
    private static final int ABNORMAL = 1006;
    private static final int TOO_BIG = 1009;
    private static final int OUR_MISTAKE = 1011;

    /// The closest to "too big" that the JDK's client lets a client say.
    private static final int POLICY = 1008;

    private sealed interface Frame {
        record Text(String text, long size) implements Frame {}

        record Binary(byte[] bytes) implements Frame {}

        record Close(int code, String reason) implements Frame {}

        record Stop() implements Frame {}
    }

    private final long maxMessageBytes;
    private final SocketTiming timing;
    private final Function<SocketPeer, SocketSession> sessions;
    private final Consumer<SocketConnection> whenOver;

    private final BlockingQueue<Frame> outgoing = new LinkedBlockingQueue<>();
    private final AtomicLong pending = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ReentrantLock turn = new ReentrantLock();
    private volatile long heard;
    private volatile long asked;
    private @Nullable SocketSession session;
    private @Nullable RuntimeException notStarted;
    private boolean abandoned;

    private StringBuilder text = new StringBuilder();
    private ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private long partial;

    SocketConnection(
            long maxMessageBytes,
            SocketTiming timing,
            Function<SocketPeer, SocketSession> sessions,
            Consumer<SocketConnection> whenOver) {
        this.maxMessageBytes = maxMessageBytes;
        this.timing = timing;
        this.sessions = sessions;
        this.whenOver = whenOver;
    }

    @Override
    public void send(String message) {
        queue(new Frame.Text(message, utf8Length(message)));
    }

    @Override
    public void send(byte[] bytes) {
        queue(new Frame.Binary(bytes));
    }

    @Override
    public long pending() {
        return over.getCount() == 0 ? 0 : pending.get();
    }

    @Override
    public void close(int code, String reason) {
        if (closing.compareAndSet(false, true)) {
            outgoing.add(new Frame.Close(code, reason));
        }
    }

    private void queue(Frame frame) {
        if (!closing.get()) {
            pending.addAndGet(size(frame));
            outgoing.add(frame);
        }
    }

    private static long size(Frame frame) {
        return switch (frame) {
            case Frame.Text t -> t.size;
            case Frame.Binary b -> b.bytes.length;
            case Frame.Close _, Frame.Stop _ -> 0;
        };
    }

    /// The handshake went well. Remembers it as open, unless it is over already.
    ///
    /// @throws RuntimeException what the session threw when it was made
    void opened(Consumer<SocketConnection> remember) {
        if (notStarted != null) {
            throw notStarted;
        }
        remember.accept(this);
        if (over.getCount() == 0) {
            whenOver.accept(this);
        }
    }

    /// Nobody waits for it any more.
    void abandon() {
        turn.lock();
        try {
            abandoned = true;
        } finally {
            turn.unlock();
        }
        end(ABNORMAL, "abandoned");
    }

    void awaitEnd() {
        try {
            over.await(timing.close().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        turn.lock();
        try {
            if (abandoned) {
                opened.abort();
                return;
            }
            session = sessions.apply(this);
        } catch (RuntimeException e) {
            notStarted = e;
            end(OUR_MISTAKE, "internal error");
            opened.abort();
            return;
        } finally {
            turn.unlock();
        }
        heard = System.nanoTime();
        asked = heard;
        Thread.ofVirtual().name("socket-writer").start(() -> write(opened));
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        heard = System.nanoTime();
        partial += utf8Length(data);
        if (fits(from)) {
            text.append(data);
            if (last) {
                String message = text.toString();
                text = new StringBuilder();
                partial = 0;
                call(current -> current.text(message));
            }
            from.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        heard = System.nanoTime();
        partial += data.remaining();
        if (fits(from)) {
            byte[] chunk = new byte[data.remaining()];
            data.get(chunk);
            binary.writeBytes(chunk);
            if (last) {
                byte[] message = binary.toByteArray();
                binary = new ByteArrayOutputStream();
                partial = 0;
                call(current -> current.binary(message));
            }
            from.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        heard = System.nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        heard = System.nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(code, reason);
        sayGoodbye(from, WebSocket.NORMAL_CLOSURE, "");
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end(ABNORMAL, error.getMessage() == null ? error.toString() : error.getMessage());
    }

    private boolean fits(WebSocket from) {
        if (partial <= maxMessageBytes) {
            return true;
        }
        String reason = "message of more than " + maxMessageBytes + " bytes";
        end(TOO_BIG, reason);
        sayGoodbye(from, POLICY, reason);
        return false;
    }

    private void sayGoodbye(WebSocket to, int code, String reason) {
        to.sendClose(code, reason)
                .orTimeout(timing.close().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> to.abort());
    }

    private void call(Consumer<SocketSession> what) {
        turn.lock();
        try {
            if (over.getCount() > 0 && session != null) {
                what.accept(session);
            }
        } catch (RuntimeException e) {
            LOG.error("a session failed", e);
            close(OUR_MISTAKE, "internal error");
        } finally {
            turn.unlock();
        }
    }

    private void end(int code, String reason) {
        turn.lock();
        try {
            if (over.getCount() == 0) {
                return;
            }
            over.countDown();
            if (session != null) {
                session.closed(code, reason);
            }
        } catch (RuntimeException e) {
            LOG.error("a session failed while it was closed", e);
        } finally {
            turn.unlock();
            closing.set(true);
            outgoing.clear();
            outgoing.add(new Frame.Stop());
            whenOver.accept(this);
        }
    }

    private void write(WebSocket to) {
        try {
            boolean more = true;
            while (more) {
                Frame frame = outgoing.poll(timing.ping().toMillis(), TimeUnit.MILLISECONDS);
                more = frame == null || write(to, frame);
                if (more) {
                    askIfSilent(to);
                }
            }
        } catch (TimeoutException e) {
            cut(to, "the other side does not read");
        } catch (ExecutionException e) {
            cut(to, "could not send: " + e.getCause());
        } catch (InterruptedException e) {
            cut(to, "interrupted");
        }
    }

    private void cut(WebSocket connection, String reason) {
        end(ABNORMAL, reason);
        connection.abort();
    }

    /// @return whether there may be more to write
    private boolean write(WebSocket to, Frame frame) throws InterruptedException, ExecutionException, TimeoutException {
        switch (frame) {
            case Frame.Text t -> await(to.sendText(t.text, true), timing.send());
            case Frame.Binary b -> await(to.sendBinary(ByteBuffer.wrap(b.bytes), true), timing.send());
            case Frame.Close c -> {
                await(sendClose(to, c), timing.send());
                awaitEnd();
                end(c.code, c.reason);
                to.abort();
                return false;
            }
            case Frame.Stop _ -> {
                return false;
            }
        }
        pending.addAndGet(-size(frame));
        return true;
    }

    private void askIfSilent(WebSocket to) throws InterruptedException, ExecutionException, TimeoutException {
        long now = System.nanoTime();
        long silence = now - heard;
        long patience = timing.ping().toNanos();
        if (silence > 3 * patience) {
            cut(to, "no sign of life for " + Duration.ofNanos(silence).toSeconds() + " s");
        } else if (silence >= patience && now - asked >= patience) {
            asked = now;
            await(to.sendPing(ByteBuffer.allocate(0)), timing.send());
        }
    }

    private static CompletableFuture<WebSocket> sendClose(WebSocket to, Frame.Close close) {
        String reason = close.reason;
        while (reason.getBytes(StandardCharsets.UTF_8).length > 123) {
            reason = reason.substring(0, reason.length() / 2);
        }
        String said = reason;
        return to.sendClose(close.code, said)
                .exceptionallyCompose(e -> e instanceof IllegalArgumentException
                        ? to.sendClose(POLICY, said)
                        : CompletableFuture.failedFuture(e));
    }

    private static void await(CompletableFuture<WebSocket> sent, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static long utf8Length(CharSequence text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }
}
