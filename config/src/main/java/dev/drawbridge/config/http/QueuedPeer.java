package dev.drawbridge.config.http;

import dev.drawbridge.model.spi.SocketPeer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends in order without making anybody wait: what is queued leaves on a virtual thread of its own, which lives as
/// long as there is something to send.
final class QueuedPeer implements SocketPeer {
    /// Where messages go. Calls block and never overlap.
    interface Channel {
        void text(String message) throws IOException;

        void binary(byte[] message) throws IOException;

        void ping() throws IOException;

        void close(int code, String reason) throws IOException;
    }

    private sealed interface Frame {
        long size();

        record Text(String message, long size) implements Frame {}

        record Binary(byte[] message) implements Frame {
            @Override
            public long size() {
                return message.length;
            }
        }

        record Ping() implements Frame {
            @Override
            public long size() {
                return 0;
            }
        }

        record Close(int code, String reason) implements Frame {
            @Override
            public long size() {
                return 0;
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(QueuedPeer.class);
    private static final int POLICY = 1008;
    private final Channel channel;
    private final long maxPending;
    private final Queue<Frame> queue = new ArrayDeque<>();
    private long pending;
    private boolean sending;
    private boolean closing;

    QueuedPeer(Channel channel, long maxPending) {
        this.channel = channel;
        this.maxPending = maxPending;
    }

    @Override
    public void send(String text) {
        add(new Frame.Text(text, Utf8.length(text)));
    }

    @Override
    public void send(byte[] bytes) {
        add(new Frame.Binary(bytes));
    }

    @Override
    public long pending() {
        synchronized (queue) {
            return pending;
        }
    }

    @Override
    public void close(int code, String reason) {
        add(new Frame.Close(code, reason));
    }

    /// Asks the other side whether it is there, unless something is on its way to it anyway.
    void ping() {
        synchronized (queue) {
            if (sending) {
                return;
            }
        }
        add(new Frame.Ping());
    }

    /// The connection is gone: nothing is sent any more.
    void gone() {
        synchronized (queue) {
            closing = true;
            queue.clear();
            pending = 0;
        }
    }

    private void add(Frame frame) {
        synchronized (queue) {
            if (closing) {
                return;
            }
            if (pending + frame.size() > maxPending) {
                LOG.info("cut off a reader that is more than {} bytes behind", maxPending);
                queue.clear();
                pending = 0;
                queue.add(new Frame.Close(POLICY, "too slow"));
                closing = true;
            } else {
                queue.add(frame);
                pending += frame.size();
                closing = frame instanceof Frame.Close;
            }
            if (sending) {
                return;
            }
            sending = true;
        }
        Thread.ofVirtual().name("socket-send").start(this::drain);
    }

    private void drain() {
        while (true) {
            Frame frame;
            synchronized (queue) {
                frame = queue.poll();
                if (frame == null) {
                    sending = false;
                    return;
                }
            }
            try {
                send(frame);
            } catch (IOException | IllegalStateException e) {
                LOG.debug("a socket broke while sending: {}", e.toString());
                gone();
            }
            synchronized (queue) {
                pending = Math.max(0, pending - frame.size());
            }
        }
    }

    private void send(Frame frame) throws IOException {
        switch (frame) {
            case Frame.Text text -> channel.text(text.message());
            case Frame.Binary binary -> channel.binary(binary.message());
            case Frame.Ping() -> channel.ping();
            case Frame.Close close -> channel.close(close.code(), close.reason());
        }
    }
}
