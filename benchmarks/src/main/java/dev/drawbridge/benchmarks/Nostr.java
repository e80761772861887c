package dev.drawbridge.benchmarks;

import dev.drawbridge.benchmarks.Measurement.Goal;
import dev.drawbridge.it.peers.NostrRelay;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The suite `nostr`: our relay beside rust-nostr's `LocalRelay` in the same run, and what verifying, translating and
/// signing cost alone. `MONGODB_URI` names the real store; without it the embedded one is measured.
///
/// `--only=ingest,latency,live,work` runs a part of it.
public final class Nostr {
    private static final String SUITE = "nostr";
    private static final String LOCAL_RELAY = "rust-nostr LocalRelay, in memory";

    private static final int PEOPLE = 4;
    private static final int CONNECTIONS = 4;
    private static final int IN_FLIGHT = 64;
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 100_000);
    private static final int EVENTS = Integer.getInteger("bench.events", 40_000);
    private static final int RATE = Integer.getInteger("bench.rate", 1_000);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 10);
    private static final int IDLE = Integer.getInteger("bench.idle", 5_000);
    private static final int IDLE_EACH = 20;
    private static final int LISTENERS = 10;
    private static final int LIVE = 200;

    private final Report report = new Report();

    private Nostr() {}

    /// What can be measured by itself.
    private enum Part {
        INGEST,
        LATENCY,
        LIVE,
        WORK;
    }

    public static void main(String[] arguments) {
        var options = new Options(arguments);
        boolean met = new Nostr().run(options.parts(Part.class), options);
        System.exit(met ? 0 : 1);
    }

    private boolean run(List<Part> parts, Options options) {
        if (parts.contains(Part.WORK)) {
            work();
        }
        if (!parts.equals(List.of(Part.WORK))) {
            theirs(parts);
            ours(parts);
        }
        System.out.println();
        System.out.println(report.table());
        options.keep(report, SUITE);
        return report.allMet();
    }

    private void theirs(List<Part> parts) {
        List<NostrAuthor> authors =
                IntStream.range(0, PEOPLE).mapToObj(_ -> new NostrAuthor()).toList();
        try (var relay = NostrRelay.start()) {
            relay(parts, LOCAL_RELAY, relay.uri(), authors, false);
        }
    }

    private void ours(List<Part> parts) {
        Optional<String> store =
                Optional.ofNullable(System.getenv("MONGODB_URI")).filter(u -> !u.isBlank());
        String variant = "Drawbridge, " + (store.isPresent() ? "MongoDB by URL" : "embedded store");
        try (var relay = BridgeRelay.start(Options.folder(), store, PEOPLE)) {
            relay(parts, variant, relay.uri(), relay.authors(), true);
        }
    }

    /// @param ours whether there are goals
    private void relay(List<Part> parts, String variant, URI uri, List<NostrAuthor> authors, boolean ours) {
        var load = new RelayLoad(uri, CONNECTIONS, IN_FLIGHT);
        load.pipelined(NostrAuthor.events(authors, NostrAuthor.HIGHLIGHT, WARM_UP))
                .whole();
        if (parts.contains(Part.INGEST)) {
            var result = load.pipelined(NostrAuthor.events(authors, NostrAuthor.HIGHLIGHT, EVENTS))
                    .whole();
            String how = variant + ", " + CONNECTIONS + " connections, " + IN_FLIGHT + " in flight on each";
            add("verified events taken", how, result.perSecond(), "/s", Goal.atLeast(4_000), ours);
        }
        if (parts.contains(Part.LATENCY)) {
            var result = load.steadily(NostrAuthor.events(authors, NostrAuthor.HIGHLIGHT, RATE * SECONDS), RATE)
                    .whole();
            var millis = new Percentiles(result.millis());
            String how = variant + ", " + RATE + " events/s";
            report.add(Measurement.of(SUITE, "OK p50", how, millis.median(), "ms"));
            add("OK p99", how, millis.at(99), "ms", Goal.atMost(150), ours);
        }
        if (parts.contains(Part.LIVE)) {
            var fanOut = new LiveFanOut(uri, IDLE, IDLE_EACH, LISTENERS);
            var millis = new Percentiles(fanOut.millis(NostrAuthor.events(authors, NostrAuthor.HIGHLIGHT, LIVE)));
            String how = variant + ", " + LISTENERS + " listeners beside " + IDLE + " idle subscriptions";
            report.add(Measurement.of(SUITE, "live p50", how, millis.median(), "ms"));
            add("live p99", how, millis.at(99), "ms", Goal.atMost(100), ours);
        }
    }

    private void add(String name, String variant, double value, String unit, Goal goal, boolean ours) {
        var measured = Measurement.of(SUITE, name, variant, value, unit);
        report.add(ours ? measured.goal(goal) : measured);
    }

    private void work() {
        var work = new NostrWork(Duration.ofSeconds(4));
        String signer = NostrAuthor.cryptography().secp256k1Name();
        report.add(Measurement.of(
                SUITE, "events read and verified", "rust-nostr through JNA", work.verifiedByRust(), "/CPU-s"));
        add("events read and verified", signer, work.verified(), "/CPU-s", Goal.atLeast(12_000), true);
        add("posts translated and signed", signer, work.translated(), "/CPU-s", Goal.atLeast(5_000), true);
    }
}
