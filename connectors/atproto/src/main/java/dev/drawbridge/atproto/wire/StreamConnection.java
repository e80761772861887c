package dev.drawbridge.atproto.wire;

import dev.drawbridge.model.spi.SocketSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One connection to an event stream: frames wait here for their reader, and a full room stops the sender.
public final class StreamConnection implements SocketSession {
    private static final int ROOM = 256;
    private static final Message END = new Message(new byte[0], false);
    private static final long LOOK_MILLIS = 200;

    private final BlockingQueue<Message> frames = new ArrayBlockingQueue<>(ROOM);
    private volatile boolean abandoned;

    /// What came.
    ///
    /// @param text whether it came as text, in UTF-8
    @SuppressWarnings("ArrayRecordComponent")
    record Message(byte[] bytes, boolean text) {}

    /// The next frame; empty once the connection is over, or after `patience` without one.
    Optional<Message> next(Duration patience) throws InterruptedException {
        Message frame = frames.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return frame == null || frame == END ? Optional.empty() : Optional.of(frame);
    }

    /// Nobody reads any more.
    void abandon() {
        abandoned = true;
    }

    @Override
    public void text(String message) {
        hold(new Message(message.getBytes(StandardCharsets.UTF_8), true));
    }

    @Override
    public void binary(byte[] message) {
        hold(new Message(message, false));
    }

    @Override
    public void closed(int code, String reason) {
        hold(END);
    }

    private void hold(Message frame) {
        try {
            while (!abandoned && !frames.offer(frame, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
