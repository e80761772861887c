package dev.drawbridge.benchmarks;

import dev.drawbridge.it.peers.FedifyPeer;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// One post to many inboxes, signed for each.
///
/// @param warmUp how many posts go to all of them before those that are measured
/// @param posts how many are measured, one after the other
record FanOut(int inboxes, int warmUp, int posts) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    static final String WRITER = "writer";

    /// What it took.
    ///
    /// @param cpu processor seconds of the sender from the first post until the last one arrived
    record Result(long deliveries, double seconds, double cpu) {
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
        repeat(warmUp, sink, publish);
        double before = use.cpuSeconds();
        long begin = System.nanoTime();
        repeat(posts, sink, publish);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Result((long) inboxes * posts, seconds, use.cpuSeconds() - before);
    }

    private void repeat(int times, Sink sink, Runnable publish) {
        for (int i = 0; i < times; i++) {
            long before = sink.taken();
            publish.run();
            sink.await(before + inboxes, PATIENCE);
        }
    }
}
