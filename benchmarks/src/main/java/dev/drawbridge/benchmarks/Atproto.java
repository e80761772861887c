package dev.drawbridge.benchmarks;

import dev.drawbridge.benchmarks.Measurement.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;

/// The suite `atproto`: repositories in memory, and our PDS on a store, the embedded one and the real one that
/// `MONGODB_URI` names. `-Dbench.skip-embedded=true` leaves the embedded one out.
///
/// `--only=work,writes,readers,sockets` runs a part of it.
public final class Atproto {
    private static final String SUITE = "atproto";
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bench.seconds", 6));
    private static final double MB = 1e6;
    private static final String IN_MEMORY = "10,000 records, in memory";
    private static final boolean EMBEDDED = !Boolean.getBoolean("bench.skip-embedded");
    private static final int PEOPLE = 32;
    private static final int WARM_UP = 3;
    private static final int RECORDS = Integer.getInteger("bench.records", 6_400);
    private static final int READERS = 10;
    private static final int ROUNDS = 3;

    private final Report report = new Report();

    private Atproto() {}

    /// What can be measured by itself.
    private enum Part {
        WORK,
        WRITES,
        READERS,
        SOCKETS;
    }

    public static void main(String[] arguments) {
        var options = new Options(arguments);
        boolean met = new Atproto().run(options.parts(Part.class), options);
        System.exit(met ? 0 : 1);
    }

    private boolean run(List<Part> parts, Options options) {
        if (parts.contains(Part.WORK)) {
            work();
        }
        if (!parts.equals(List.of(Part.WORK))) {
            stores(parts);
        }
        System.out.println();
        System.out.println(report.table());
        options.keep(report, SUITE);
        return report.allMet();
    }

    private void work() {
        Map<String, Double> calls = Jmh.perProcessorSecond(AtprotoBenchmark.class);
        String signer = AtprotoKeys.name();
        double exported = AtprotoBenchmark.exportedBytes() / MB;
        double decoded = AtprotoBenchmark.decodedBytes() / MB;
        add("commits signed, in memory", signer, of(calls, "committed"), "/CPU-s", Goal.atLeast(1_500));
        add("commits of the stream verified", signer, of(calls, "verified"), "/CPU-s", Goal.atLeast(1_000));
        add("CAR export", IN_MEMORY, of(calls, "exported") * exported, "MB/CPU-s", Goal.atLeast(50));
        add("DAG-CBOR decoded", "posts", of(calls, "decoded") * decoded, "MB/CPU-s", Goal.atLeast(100));
    }

    private static double of(Map<String, Double> calls, String method) {
        return Objects.requireNonNull(calls.get(method), method);
    }

    private void stores(List<Part> parts) {
        if (EMBEDDED) {
            store(parts, "embedded store", Optional.empty());
        }
        Optional.ofNullable(System.getenv("MONGODB_URI"))
                .filter(uri -> !uri.isBlank())
                .ifPresentOrElse(
                        uri -> store(parts, "MongoDB by URL", Optional.of(uri)),
                        () -> System.err.println("MONGODB_URI is not set: the real store is not measured"));
    }

    private void store(List<Part> parts, String variant, Optional<String> uri) {
        try (var store = new AtprotoStore(Options.folder(), uri, PEOPLE)) {
            store.writes(PEOPLE, TIME.multipliedBy(WARM_UP));
            if (parts.contains(Part.WRITES)) {
                String many = variant + ", " + PEOPLE + " people";
                add("records written", many, store.writes(PEOPLE, TIME), "/s", Goal.atLeast(500));
                report.add(Measurement.of(
                        SUITE, "records written", variant + ", one person", store.writes(1, TIME), "/s"));
            }
            if (parts.contains(Part.READERS)) {
                readers(store, store::readers, variant);
            }
            if (parts.contains(Part.SOCKETS)) {
                readers(store, store::socketReaders, variant + ", over WebSockets");
            }
        }
    }

    /// In turn, so that what the machine does meanwhile is in both; the first round is for the compiler.
    private void readers(AtprotoStore store, IntFunction<StreamReaders> reading, String variant) {
        store.cost(reading, READERS, RECORDS, PEOPLE);
        double one = 0;
        double ten = 0;
        for (int i = 0; i < ROUNDS; i++) {
            one += store.cost(reading, 1, RECORDS, PEOPLE);
            ten += store.cost(reading, READERS, RECORDS, PEOPLE);
        }
        report.add(Measurement.of(SUITE, "a record until its reader has it", variant, one / ROUNDS, "CPU-ms"));
        report.add(Measurement.of(
                SUITE, "a record until " + READERS + " readers have it", variant, ten / ROUNDS, "CPU-ms"));
        add(READERS + " readers against one", variant, ten / one, "times", Goal.atMost(1.3));
    }

    private void add(String name, String variant, double value, String unit, Goal goal) {
        report.add(Measurement.of(SUITE, name, variant, value, unit).goal(goal));
    }
}
