package dev.drawbridge.benchmarks;

import dev.drawbridge.benchmarks.Measurement.Goal;
import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.instance.RunningInstance.Setup;
import dev.drawbridge.it.instance.RunningInstance.Start;
import dev.drawbridge.it.peers.FedifyPeer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The suite `activitypub`: posts accepted and posts spread, for each second of processor time, beside Fedify in the
/// same run; and what a large fan-out needs of memory.
///
/// `--only=inbox,fan-out,memory` runs a part of it.
public final class ActivityPub {
    private static final String SUITE = "activitypub";
    private static final String FEDIFY = "Fedify";
    private static final String OURS = "Drawbridge";
    private static final String PER_CPU_SECOND = "/CPU-s";

    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 10);
    private static final int MOST_WARM_UP = Integer.getInteger("bench.most-warm-up", 30);
    private static final int BURSTS = Integer.getInteger("bench.bursts", 10);
    private static final int POSTS = Integer.getInteger("bench.posts", 3_000);
    private static final int IN_FLIGHT = 32;
    private static final int INBOXES = Integer.getInteger("bench.inboxes", 500);
    private static final int SPREAD_WARM_UP = Integer.getInteger("bench.spread-warm-up", 300);
    private static final int MOST_SPREAD_WARM_UP = Integer.getInteger("bench.most-spread-warm-up", 900);
    private static final int SPREAD_POSTS = Integer.getInteger("bench.spread-posts", 20);
    private static final int MANY = Integer.getInteger("bench.many", 50_000);

    private ActivityPub() {}

    /// What can be measured by itself.
    private enum Part {
        INBOX,
        FAN_OUT,
        MEMORY;
    }

    public static void main(String[] arguments) {
        var options = new Options(arguments);
        boolean met = true;
        for (Part part : options.parts(Part.class)) {
            met &= run(part, options);
        }
        System.exit(met ? 0 : 1);
    }

    private static boolean run(Part part, Options options) {
        var report = new Report();
        switch (part) {
            case INBOX -> inbox(report);
            case FAN_OUT -> fanOut(report);
            case MEMORY -> memory(report);
        }
        System.out.println();
        System.out.println(report.table());
        options.keep(report, SUITE + " " + Options.name(part));
        return report.allMet();
    }

    private static void inbox(Report report) {
        Inbox.Result ours;
        Setup setup = Options.flagged(
                Setup.loopback(Options.folder()).by(Start.LAUNCHER).with("drawbridge.atproto.enabled", "false"));
        try (var instance = RunningInstance.start(setup)) {
            ours = new Inbox(5, WARM_UP, MOST_WARM_UP, BURSTS, POSTS, IN_FLIGHT).of(instance);
        }
        Inbox.Result theirs;
        try (var peer = FedifyPeer.startLean("reader")) {
            theirs = new Inbox(5, ours.warmUp(), ours.warmUp(), BURSTS, POSTS, IN_FLIGHT).ofFedify(peer);
        }
        report.add(Measurement.of(SUITE, "bursts to warm up", "both", ours.warmUp(), ""));
        accepted(report, FEDIFY, theirs);
        accepted(report, OURS, ours);
        report.add(Measurement.of(
                        SUITE,
                        "signed posts accepted, against Fedify",
                        "CPU until the last was accepted",
                        ours.acceptedPerCpuSecond() / theirs.acceptedPerCpuSecond(),
                        "times")
                .goal(Goal.atLeast(6)));
        report.add(Measurement.of(SUITE, "until all were carried", OURS, ours.handledPerCpuSecond(), PER_CPU_SECOND));
        report.add(Measurement.of(SUITE, "until all were carried", OURS, ours.handledPerSecond(), "/s"));
    }

    private static void accepted(Report report, String who, Inbox.Result result) {
        report.add(Measurement.of(SUITE, "signed posts accepted", who, result.acceptedPerCpuSecond(), PER_CPU_SECOND));
        report.add(Measurement.of(SUITE, "signed posts accepted", who, result.acceptedPerSecond(), "/s"));
    }

    private static void fanOut(Report report) {
        Map<String, Double> signers = new Signers(Duration.ofSeconds(3)).measure();
        signers.forEach((who, perSecond) ->
                report.add(Measurement.of(SUITE, "RSA-2048 signatures alone", who, perSecond, PER_CPU_SECOND)));
        double fastest =
                signers.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double ratio = 0;
        double ours = 0;
        for (int servers : List.of(INBOXES, 1)) {
            String where = servers == 1 ? "one server" : servers + " servers";
            FanOut.Result mine = ourFanOut(servers);
            FanOut.Result theirs = theirFanOut(servers, mine.warmUp());
            report.add(Measurement.of(SUITE, "posts to warm up", "both, " + where, mine.warmUp(), ""));
            spread(report, FEDIFY + ", " + where, theirs);
            spread(report, OURS + ", " + where, mine);
            ratio = mine.perCpuSecond() / theirs.perCpuSecond();
            ours = mine.perCpuSecond();
        }
        report.add(
                Measurement.of(SUITE, "deliveries, against Fedify", INBOXES + " inboxes of one server", ratio, "times")
                        .goal(Goal.atLeast(2)));
        report.add(Measurement.of(
                        SUITE,
                        "deliveries, against the fastest signer alone",
                        INBOXES + " inboxes of one server",
                        100 * ours / fastest,
                        "%")
                .goal(Goal.atLeast(60)));
    }

    private static FanOut.Result theirFanOut(int servers, int warmUp) {
        try (var sink = new Sink(servers);
                var peer = FedifyPeer.startLean(FanOut.WRITER)) {
            return new FanOut(INBOXES, warmUp, warmUp, SPREAD_POSTS).ofFedify(peer, sink);
        }
    }

    private static FanOut.Result ourFanOut(int servers) {
        try (var sink = new Sink(servers);
                var audience = Audience.start(Options.folder())) {
            audience.followedAt(sink.inboxes(INBOXES));
            return new FanOut(INBOXES, SPREAD_WARM_UP, MOST_SPREAD_WARM_UP, SPREAD_POSTS).of(audience, sink);
        }
    }

    private static void spread(Report report, String how, FanOut.Result result) {
        report.add(Measurement.of(SUITE, "deliveries of signed posts", how, result.perCpuSecond(), PER_CPU_SECOND));
        report.add(
                Measurement.of(SUITE, "deliveries of signed posts", how, result.deliveries() / result.seconds(), "/s"));
    }

    /// Twice the same: after the first one everything is loaded, and what is kept for the next time has the size it is
    /// meant to have. What a fan-out itself needs is what the second one adds.
    private static void memory(Report report) {
        try (var sink = new Sink(1);
                var audience = Audience.start(Options.folder())) {
            audience.followedAt(sink.inboxes(MANY));
            var heap = new LiveHeap(audience.instance());
            heap(report, "before", heap.look());
            spreadToMany(audience, sink, heap);
            heap(report, "after the first", heap.look());
            heap.forget();
            double before = heap.look();
            double seconds = spreadToMany(audience, sink, heap);
            heap(report, "after the second", heap.look());
            String how = "the second post to " + MANY + " inboxes";
            report.add(Measurement.of(SUITE, "growth of the live heap", how, heap.highest() - before, "MiB")
                    .goal(Goal.atMost(16)));
            report.add(Measurement.of(SUITE, "memory, highest (RSS)", how, heap.highestResident(), "MiB"));
            report.add(Measurement.of(SUITE, "deliveries", how, MANY / seconds, "/s"));
        }
    }

    private static void heap(Report report, String when, double mebibytes) {
        report.add(Measurement.of(SUITE, "live heap", when + ", " + MANY + " inboxes", mebibytes, "MiB"));
    }

    /// @return how many seconds it took
    private static double spreadToMany(Audience audience, Sink sink, LiveHeap heap) {
        long taken = sink.taken();
        long begin = System.nanoTime();
        audience.publish("to very many");
        for (int quarter = 1; quarter < 4; quarter++) {
            sink.await(taken + (long) MANY * quarter / 4, Duration.ofMinutes(5));
            heap.look();
        }
        sink.await(taken + MANY, Duration.ofMinutes(5));
        return (System.nanoTime() - begin) / 1e9;
    }
}
