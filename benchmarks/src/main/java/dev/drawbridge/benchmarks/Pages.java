package dev.drawbridge.benchmarks;

import dev.drawbridge.benchmarks.Measurement.Goal;
import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.instance.RunningInstance.Setup;
import dev.drawbridge.it.instance.RunningInstance.Start;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The suite `pages`: how long the pages for everybody take at fifty requests a second on the embedded store, with
/// people and posts in it.
public final class Pages {
    private static final String SUITE = "pages";
    private static final int PEOPLE = 20;
    private static final int POSTS = Integer.getInteger("bench.posts", 500);
    private static final int RATE = 50;
    private static final int WARM_UP = Integer.getInteger("bench.warm-up", 500);
    private static final int REQUESTS = Integer.getInteger("bench.requests", 2_000);

    private final Report report = new Report();

    private Pages() {}

    public static void main(String[] arguments) {
        System.exit(new Pages().run(new Options(arguments)) ? 0 : 1);
    }

    private boolean run(Options options) {
        Setup setup = Setup.loopback(Options.folder()).by(Start.LAUNCHER).with("drawbridge.atproto.enabled", "false");
        try (var instance = RunningInstance.start(setup);
                var crossing = new Crossing(instance, PEOPLE);
                var client = HttpClient.newHttpClient()) {
            crossing.optIn();
            crossing.asFastAsPossible(POSTS, 16);
            Map<String, List<String>> paths = paths(crossing.people());
            ask(client, instance.base(), paths, WARM_UP);
            Map<String, List<Double>> millis = ask(client, instance.base(), paths, REQUESTS);
            millis.forEach((page, times) -> {
                var of = new Percentiles(times);
                report.add(Measurement.of(SUITE, "p50", page, of.median(), "ms"));
                report.add(Measurement.of(SUITE, "p95", page, of.at(95), "ms").goal(Goal.atMost(100)));
            });
        }
        System.out.println();
        System.out.println(report.table());
        options.keep(report, SUITE);
        return report.allMet();
    }

    /// What is asked for, by page.
    private static Map<String, List<String>> paths(List<String> people) {
        var paths = new LinkedHashMap<String, List<String>>();
        paths.put("/", List.of("/"));
        paths.put(
                "/lookup",
                people.stream()
                        .map(id -> "/lookup?q=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                        .toList());
        paths.put(
                "/person",
                people.stream()
                        .map(id -> "/person?network=activitypub&id=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                        .toList());
        paths.put("/feed", List.of("/feed"));
        paths.put("/status", List.of("/status", "/api/v1/status"));
        return paths;
    }

    /// Asks at a steady rate, one page after the other, whether or not earlier ones were answered.
    ///
    /// @return milliseconds from when each was due to its whole answer
    private static Map<String, List<Double>> ask(
            HttpClient client, URI base, Map<String, List<String>> paths, int requests) {
        var pages = new ArrayList<>(paths.keySet());
        var times = new LinkedHashMap<String, ConcurrentLinkedQueue<Double>>();
        pages.forEach(page -> times.put(page, new ConcurrentLinkedQueue<>()));
        var problems = new ConcurrentLinkedQueue<String>();
        var left = new CountDownLatch(requests);
        long start = System.nanoTime();
        long gap = TimeUnit.SECONDS.toNanos(1) / RATE;
        for (int i = 0; i < requests; i++) {
            String page = pages.get(i % pages.size());
            List<String> forms = paths.getOrDefault(page, List.of(page));
            URI uri = base.resolve(forms.get(i / pages.size() % forms.size()));
            long due = start + i * gap;
            LockSupport.parkNanos(due - System.nanoTime());
            Thread.ofVirtual().start(() -> {
                answered(client, uri).ifPresent(problems::add);
                times.getOrDefault(page, new ConcurrentLinkedQueue<>()).add((System.nanoTime() - due) / 1e6);
                left.countDown();
            });
        }
        try {
            if (!left.await(2, TimeUnit.MINUTES) || !problems.isEmpty()) {
                throw new IllegalStateException(left.getCount() + " unanswered, " + problems);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        var all = new LinkedHashMap<String, List<Double>>();
        times.forEach((page, measured) -> all.put(page, List.copyOf(measured)));
        return all;
    }

    /// @return what was wrong with the answer
    private static Optional<String> answered(HttpClient client, URI uri) {
        try {
            var request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
            return status == 200 ? Optional.empty() : Optional.of(uri + " answered " + status);
        } catch (IOException e) {
            return Optional.of(uri + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
