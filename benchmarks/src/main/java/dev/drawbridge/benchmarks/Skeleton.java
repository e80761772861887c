package dev.drawbridge.benchmarks;

import dev.drawbridge.benchmarks.Measurement.Goal;
import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.instance.RunningInstance.Setup;
import dev.drawbridge.it.instance.RunningInstance.Start;
import dev.drawbridge.it.peers.AtprotoPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The suite `skeleton`: throughput and latency end to end, memory and start.
public final class Skeleton {
    private static final String SUITE = "skeleton";
    private static final int PEOPLE = 20;
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 500);
    private static final int POSTS = Integer.getInteger("bench.posts", 3000);
    private static final int STEADY_POSTS = Integer.getInteger("bench.steady-posts", 1500);
    private static final int STEADY_RATE = 50;
    private static final int STARTS = Integer.getInteger("bench.starts", 3);
    private static final boolean EMBEDDED = !Boolean.getBoolean("bench.skip-embedded");
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Report report = new Report();
    private final AtprotoPeer directory;

    private Skeleton(AtprotoPeer directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) {
        boolean met;
        try (var directory = AtprotoPeer.start(Map.of())) {
            met = new Skeleton(directory).run(new Options(arguments));
        }
        System.exit(met ? 0 : 1);
    }

    private boolean run(Options options) {
        Optional<String> realStore =
                Optional.ofNullable(System.getenv("MONGODB_URI")).filter(u -> !u.isBlank());
        if (STARTS > 0) {
            for (Start how : Start.values()) {
                starts(how);
            }
        }
        if (EMBEDDED) {
            crossings("embedded store", Optional.empty());
        }
        realStore.ifPresentOrElse(
                uri -> crossings("MongoDB by URL", Optional.of(uri)),
                () -> System.err.println("MONGODB_URI is not set: the real store is not measured"));
        System.out.println();
        System.out.println(report.table());
        options.keep(report, SUITE);
        return report.allMet();
    }

    /// An instance on this machine whose bots and people get their DIDs at the official directory server.
    private Setup setup(Start how) {
        return Setup.loopback(Options.folder())
                .by(how)
                .with("drawbridge.atproto.plc-directory", directory.plc().toString());
    }

    private void starts(Start how) {
        String variant = switch (how) {
            case JAR -> "java -jar";
            case LAUNCHER -> "./drawbridge run, with its start-up cache";
        };
        var seconds = new ArrayList<Double>();
        double memory = 0;
        for (int i = 0; i < STARTS; i++) {
            // the first start of the launcher makes the cache, and a data folder that is new
            try (var instance = RunningInstance.start(setup(how))) {
                instance.kill();
                seconds.add(instance.start().toMillis() / 1e3);
                if (i == STARTS - 1) {
                    LockSupport.parkNanos(IDLE.toNanos());
                    memory = new ProcessUse(instance.pid()).residentMiB();
                }
            }
        }
        double goal = how == Start.JAR ? 10 : 5;
        report.add(Measurement.of(SUITE, "time to ready", variant, new Percentiles(seconds).median(), "s")
                .goal(Goal.atMost(goal)));
        report.add(Measurement.of(SUITE, "idle memory (RSS)", variant, memory, "MiB")
                .goal(Goal.atMost(400)));
    }

    private void crossings(String variant, Optional<String> store) {
        Setup setup = setup(Start.LAUNCHER);
        try (var instance = RunningInstance.start(store.map(uri -> setup.with("drawbridge.store.uri", uri))
                        .orElse(setup));
                var crossing = new Crossing(instance, PEOPLE)) {
            crossing.optIn();
            crossing.asFastAsPossible(WARM_UP, 32);

            var fast = crossing.asFastAsPossible(POSTS, 32);
            report.add(Measurement.of(SUITE, "end to end, 32 in flight", variant, fast.perSecond(), "items/s"));

            var steady =
                    new Percentiles(crossing.steadily(STEADY_POSTS, STEADY_RATE).millis());
            String at = variant + ", " + STEADY_RATE + " items/s";
            report.add(Measurement.of(SUITE, "latency p50", at, steady.median(), "ms")
                    .goal(Goal.atMost(50)));
            report.add(Measurement.of(SUITE, "latency p99", at, steady.at(99), "ms")
                    .goal(Goal.atMost(250)));
            report.add(Measurement.of(
                    SUITE, "memory after it (RSS)", variant, new ProcessUse(instance.pid()).residentMiB(), "MiB"));
        }
    }
}
