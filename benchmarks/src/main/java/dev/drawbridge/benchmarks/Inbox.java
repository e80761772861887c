package dev.drawbridge.benchmarks;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.load.Fediverse;
import dev.drawbridge.it.peers.FedifyPeer;
import dev.drawbridge.it.peers.NostrClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import tools.jackson.databind.JsonNode;

/// Signed posts accepted: by an instance whose people opted in, so that every one of them is kept and carried to a
/// subscriber of its relay, and by Fedify, which verifies them and hands them to a listener that does nothing.
///
/// They come in bursts, and the next one begins when the last post of the one before was carried: what an instance does
/// that a well-read server sends everything to at once.
///
/// @param warmUp how many bursts go before those that are measured, at least
/// @param mostWarmUp how many at most: fewer if the receiver has stopped compiling
/// @param bursts how many are measured
/// @param posts how many are in each
record Inbox(int people, int warmUp, int mostWarmUp, int bursts, int posts, int inFlight) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(20);

    /// What the measured bursts took together.
    ///
    /// @param warmUp how many bursts went before
    /// @param seconds from the first post of each burst until its last one was accepted
    /// @param cpu processor seconds of the receiver meanwhile
    /// @param handledSeconds the same until all of them were done with
    /// @param handledCpu the same until all of them were done with
    record Result(int warmUp, int posts, double seconds, double cpu, double handledSeconds, double handledCpu) {
        private Result and(Result more) {
            return new Result(
                    warmUp,
                    posts + more.posts,
                    seconds + more.seconds,
                    cpu + more.cpu,
                    handledSeconds + more.handledSeconds,
                    handledCpu + more.handledCpu);
        }

        double acceptedPerSecond() {
            return posts / seconds;
        }

        double acceptedPerCpuSecond() {
            return posts / cpu;
        }

        double handledPerSecond() {
            return posts / handledSeconds;
        }

        double handledPerCpuSecond() {
            return posts / handledCpu;
        }
    }

    Result ofFedify(FedifyPeer peer) {
        URI inbox = peer.origin().resolve("/inbox");
        try (var load = new InboxLoad(people)) {
            // its listener has been called before it answers
            return measure(load, inbox, new ProcessUse(peer.pid()), _ -> {});
        }
    }

    Result of(RunningInstance instance) {
        try (var load = new InboxLoad(people);
                var reader = NostrClient.connect(URI.create("ws://" + instance.authority() + "/"))) {
            Set<String> arrived = ConcurrentHashMap.newKeySet();
            reader.subscribe(Map.of("kinds", List.of(1)), event -> token(event, arrived));
            URI inbox = optIn(load, reader, instance);
            return measure(load, inbox, new ProcessUse(instance.pid()), sent -> await(arrived, sent, instance));
        }
    }

    /// @param handled returns when that many posts, of all bursts, are done with
    private Result measure(InboxLoad load, URI inbox, ProcessUse use, IntConsumer handled) {
        var steady = new SteadyState(use);
        int before = 0;
        boolean warm = false;
        while (before < warmUp || (before < mostWarmUp && !warm)) {
            burst(load, inbox, use, handled, before++);
            warm = steady.reached();
        }
        var sum = new Result(before, 0, 0, 0, 0, 0);
        for (int burst = 0; burst < bursts; burst++) {
            sum = sum.and(burst(load, inbox, use, handled, before + burst));
        }
        return sum;
    }

    private Result burst(InboxLoad load, URI inbox, ProcessUse use, IntConsumer handled, int before) {
        var requests = load.prepare(posts, inbox);
        double used = use.cpuSeconds();
        long begin = System.nanoTime();
        var sent = requireAll(InboxLoad.send(requests, inbox, inFlight));
        double cpu = use.cpuSeconds() - used;
        handled.accept((before + 1) * posts);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Result(before, posts, sent.seconds(), cpu, seconds, use.cpuSeconds() - used);
    }

    /// Everybody follows the bot for Nostr; returns once everybody has a profile there.
    private static URI optIn(InboxLoad load, NostrClient reader, RunningInstance instance) {
        Fediverse any = load.servers().getFirst();
        String bot = any.find("nostr", instance.authority());
        for (Fediverse server : load.servers()) {
            int status = server.follow(InboxLoad.AUTHOR, bot);
            if (status / 100 != 2) {
                throw new IllegalStateException("the bot answered " + status + " to a follow");
            }
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (profiles(reader) < load.servers().size()) {
            pause(deadline, instance, "not everybody has a profile");
        }
        return any.inboxOf(bot);
    }

    private static long profiles(NostrClient reader) {
        return reader.query(Map.of("kinds", List.of(0))).stream()
                .filter(e -> e.path("tags").toString().contains("/users/" + InboxLoad.AUTHOR))
                .count();
    }

    private static void token(JsonNode event, Set<String> arrived) {
        String content = event.path("content").asString();
        int from = content.indexOf("bench-");
        int to = content.indexOf("-end", Math.max(from, 0));
        if (from >= 0 && to > from) {
            arrived.add(content.substring(from, to));
        }
    }

    private static void await(Set<String> arrived, int posts, RunningInstance instance) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (arrived.size() < posts) {
            pause(deadline, instance, arrived.size() + " of " + posts + " posts arrived");
        }
    }

    private static void pause(long deadline, RunningInstance instance, String otherwise) {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException(otherwise + "\n" + instance.metrics() + "\n" + instance.log());
        }
        LockSupport.parkNanos(LOOK.toNanos());
    }

    private static InboxLoad.Result requireAll(InboxLoad.Result result) {
        if (result.refused() > 0) {
            throw new IllegalStateException(result.refused() + " of " + result.posts() + " posts were refused");
        }
        return result;
    }
}
