package dev.drawbridge.benchmarks;

import dev.drawbridge.it.peers.FedifyPeer;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// One post to many inboxes, signed for each.
///
/// @param warmUp how many posts go to all of them before those that are measured, at least
/// @param mostWarmUp how many at most: fewer if the sender has stopped compiling
/// @param posts how many are measured, one after the other
record FanOut(int inboxes, int warmUp, int mostWarmUp, int posts) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    static final String WRITER = "writer";

    /// What it took.
    ///
    /// @param warmUp how many posts went before
    /// @param cpu processor seconds of the sender from the first post until the last one arrived
    record Result(int warmUp, long deliveries, double seconds, double cpu) {
        double perCpuSecond() {
            return deliveries / cpu;
        }
    }

    Result ofFedify(FedifyPeer peer, Sink sink) {
        List<URI> places = sink.inboxes(inboxes);
        return measure(new ProcessUse(peer.pid()), sink, () -> peer.fanOut(WRITER, places));
    }

    /// @param audience with a follower at each inbox
    Result of(Audience audience, Sink sink) {
        return measure(
                new ProcessUse(audience.instance().pid()), sink, () -> audience.publish("to everybody who follows"));
    }

    private Result measure(ProcessUse use, Sink sink, Runnable publish) {
        var steady = new SteadyState(use);
        int sent = 0;
        boolean warm = false;
        while (sent < warmUp || (sent < mostWarmUp && !warm)) {
            repeat(posts, sink, publish);
            sent += posts;
            warm = steady.reached();
        }
        double before = use.cpuSeconds();
        long begin = System.nanoTime();
        repeat(posts, sink, publish);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Result(sent, (long) inboxes * posts, seconds, use.cpuSeconds() - before);
    }

    private void repeat(int times, Sink sink, Runnable publish) {
        for (int i = 0; i < times; i++) {
            long before = sink.taken();
            publish.run();
            sink.await(before + inboxes, PATIENCE);
        }
    }
}
