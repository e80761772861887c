package dev.drawbridge.config.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QueuedPeerTest {
    /// Takes nothing until it is let go.
    private static final class SlowChannel implements QueuedPeer.Channel {
        final CountDownLatch open = new CountDownLatch(1);
        final CountDownLatch busy = new CountDownLatch(1);
        final BlockingQueue<String> got = new LinkedBlockingQueue<>();
        volatile boolean broken;

        @Override
        public void text(String message) throws IOException {
            take(message);
        }

        @Override
        public void binary(byte[] message) throws IOException {
            take(message.length + " bytes");
        }

        @Override
        public void ping() throws IOException {
            take("ping");
        }

        @Override
        public void close(int code, String reason) throws IOException {
            take("close " + code + " " + reason);
        }

        private void take(String what) throws IOException {
            busy.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (broken) {
                throw new IOException("broken");
            }
            got.add(what);
        }

        String next() throws InterruptedException {
            return String.valueOf(got.poll(20, TimeUnit.SECONDS));
        }
    }

    private final SlowChannel channel = new SlowChannel();
    private final QueuedPeer peer = new QueuedPeer(channel, 1_000);

    @Test
    void messagesLeaveInTheOrderOfTheCalls() throws InterruptedException {
        channel.open.countDown();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            peer.send("m" + i);
            expected.add("m" + i);
        }
        var got = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            got.add(channel.next());
        }
        assertThat(got).isEqualTo(expected);
    }

    @Test
    void aSlowReaderBlocksNobodyAndIsCountedInBytes() throws InterruptedException {
        peer.send("é");
        peer.send(new byte[10]);
        assertThat(peer.pending()).isEqualTo(12);
        channel.open.countDown();
        assertThat(List.of(channel.next(), channel.next())).containsExactly("é", "10 bytes");
    }

    @Test
    void whoIsTooFarBehindIsCutOff() throws InterruptedException {
        peer.send(new byte[900]);
        channel.busy.await();
        peer.send(new byte[200]);
        peer.send("never sent");
        assertThat(peer.pending()).isZero();
        channel.open.countDown();
        assertThat(List.of(channel.next(), channel.next())).containsExactly("900 bytes", "close 1008 too slow");
        assertThat(channel.got).isEmpty();
    }

    @Test
    void closingComesAfterWhatIsQueuedAndEndsIt() throws InterruptedException {
        peer.send("last words");
        peer.close(1000, "done");
        peer.send("too late");
        channel.open.countDown();
        assertThat(List.of(channel.next(), channel.next())).containsExactly("last words", "close 1000 done");
        assertThat(channel.got).isEmpty();
    }

    @Test
    void aBrokenConnectionTakesItsQueueAlong() {
        channel.broken = true;
        peer.send("a");
        peer.send("b");
        channel.open.countDown();
        peer.gone();
        peer.send("c");
        assertThat(peer.pending()).isZero();
        assertThat(channel.got).isEmpty();
    }
}
