package dev.drawbridge.atproto.wire;

import dev.drawbridge.model.spi.SocketSession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One connection to an event stream: frames wait here for their reader, and a full room stops the sender.
final class StreamConnection implements SocketSession {
    private static final int ROOM = 256;
    private static final byte[] END = {};
    private static final long LOOK_MILLIS = 200;

    private final BlockingQueue<byte[]> frames = new ArrayBlockingQueue<>(ROOM);
    private volatile boolean abandoned;

    /// The next frame; empty once the connection is over, or after `patience` without one.
    Optional<byte[]> next(Duration patience) throws InterruptedException {
        byte[] frame = frames.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return frame == null || frame == END ? Optional.empty() : Optional.of(frame);
    }

    boolean idle() {
        return frames.isEmpty();
    }

    /// Nobody reads any more.
    void abandon() {
        abandoned = true;
    }

    @Override
    public void text(String message) {
        // The protocol is binary; a text says nothing.
    }

    @Override
    public void binary(byte[] message) {
        hold(message);
    }

    @Override
    public void closed(int code, String reason) {
        hold(END);
    }

    private void hold(byte[] frame) {
        try {
            while (!abandoned && !frames.offer(frame, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
