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
import tools.jackson.databind.JsonNode;

/// Signed posts accepted: by an instance whose people opted in, so that every one of them is kept and carried to a
/// subscriber of its relay, and by Fedify, which verifies them and hands them to a listener that does nothing.
///
/// @param warmUp how many posts go before those that are measured
/// @param posts how many are measured
record Inbox(int people, int warmUp, int posts, int inFlight) {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(20);

    /// What it took.
    ///
    /// @param cpu processor seconds of the receiver until the last post was accepted
    /// @param handledCpu the same until all of them were done with
    /// @param handledSeconds from the first post sent until then
    record Result(InboxLoad.Result load, double cpu, double handledCpu, double handledSeconds) {
        double acceptedPerCpuSecond() {
            return load.posts() / cpu;
        }

        double handledPerCpuSecond() {
            return load.posts() / handledCpu;
        }
    }

    Result ofFedify(FedifyPeer peer) {
        URI inbox = peer.origin().resolve("/inbox");
        try (var load = new InboxLoad(people)) {
            requireAll(InboxLoad.send(load.prepare(warmUp, inbox), inbox, inFlight));
            var requests = load.prepare(posts, inbox);
            var use = new ProcessUse(peer.pid());
            double before = use.cpuSeconds();
            var sent = requireAll(InboxLoad.send(requests, inbox, inFlight));
            double cpu = use.cpuSeconds() - before;
            // its listener has been called before it answers
            return new Result(sent, cpu, cpu, sent.seconds());
        }
    }

    Result of(RunningInstance instance) {
        try (var load = new InboxLoad(people);
                var reader = NostrClient.connect(URI.create("ws://" + instance.authority() + "/"))) {
            Set<String> arrived = ConcurrentHashMap.newKeySet();
            reader.subscribe(Map.of("kinds", List.of(1)), event -> token(event, arrived));
            URI inbox = optIn(load, reader, instance);
            requireAll(InboxLoad.send(load.prepare(warmUp, inbox), inbox, inFlight));
            await(arrived, warmUp, instance);

            var requests = load.prepare(posts, inbox);
            var use = new ProcessUse(instance.pid());
            double before = use.cpuSeconds();
            long begin = System.nanoTime();
            var sent = requireAll(InboxLoad.send(requests, inbox, inFlight));
            double cpu = use.cpuSeconds() - before;
            await(arrived, warmUp + posts, instance);
            return new Result(sent, cpu, use.cpuSeconds() - before, (System.nanoTime() - begin) / 1e9);
        }
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
