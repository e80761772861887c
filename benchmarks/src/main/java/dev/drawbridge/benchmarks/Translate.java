package dev.drawbridge.benchmarks;

import dev.drawbridge.benchmarks.Measurement.Goal;
import java.time.Duration;
import java.util.List;

/// The suite `translate`: a document of one network in, a document of another out, on one thread with nothing around
/// it.
public final class Translate {
    private static final String SUITE = "translate";
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));

    private final Report report = new Report();

    private Translate() {}

    public static void main(String[] arguments) {
        var options = new Options(arguments);
        boolean met = new Translate().run(options.parts(TranslateWork.Pair.class), options);
        System.exit(met ? 0 : 1);
    }

    private boolean run(List<TranslateWork.Pair> pairs, Options options) {
        for (TranslateWork.Pair pair : pairs) {
            report.add(Measurement.of(
                            SUITE,
                            "documents translated",
                            pair.what,
                            new TranslateWork(pair).perCpuSecond(TIME),
                            "/CPU-s")
                    .goal(Goal.atLeast(pair.goal)));
        }
        System.out.println();
        System.out.println(report.table());
        options.keep(report, SUITE);
        return report.allMet();
    }
}
