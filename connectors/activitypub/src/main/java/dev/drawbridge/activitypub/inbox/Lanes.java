package dev.drawbridge.activitypub.inbox;

import dev.drawbridge.activitypub.store.PendingRequest.Waiting;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What waits to be verified, in memory: in lanes of one after the other, counted against bounds. Safe for many
/// threads.
final class Lanes {
    private final Bounds bounds;
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Map<String, Load> hosts = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private Load total = Load.NONE;

    /// How much may wait.
    ///
    /// @param perHost whose keys it claims to be signed with
    record Bounds(Load perHost, Load total) {
        static final Bounds USUAL = new Bounds(new Load(1_000, 32_000_000), new Load(20_000, 256_000_000));
    }

    record Load(long requests, long bytes) {
        static final Load NONE = new Load(0, 0);

        Load plus(int sign, int size) {
            return new Load(requests + sign, bytes + (long) sign * size);
        }

        boolean within(Load bound) {
            return requests <= bound.requests && bytes <= bound.bytes;
        }
    }

    /// @param coming places that are kept for requests that are being written
    private static final class Lane {
        private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
        private int coming;
        private boolean busy;
    }

    Lanes(Bounds bounds) {
        this.bounds = bounds;
    }

    synchronized boolean waits(String lane) {
        return lanes.containsKey(lane);
    }

    /// Keeps a place for a request until it is stored.
    ///
    /// @return false if there is no room
    synchronized boolean reserve(Waiting request) {
        var host = hosts.getOrDefault(request.host(), Load.NONE).plus(1, request.size());
        if (!host.within(bounds.perHost()) || !total.plus(1, request.size()).within(bounds.total())) {
            return false;
        }
        lanes.computeIfAbsent(request.lane(), _ -> new Lane()).coming++;
        count(request, 1);
        return true;
    }

    /// Gives a reserved place back.
    synchronized void release(Waiting request) {
        lane(request).coming--;
        count(request, -1);
        tidy(request.lane());
    }

    /// Fills a reserved place.
    synchronized void enter(Waiting request) {
        Lane lane = lane(request);
        lane.coming--;
        if (ids.add(request.id())) {
            lane.queue.add(request);
        } else {
            count(request, -1);
            tidy(request.lane());
        }
    }

    /// Takes up what another run or another instance left. Does nothing if it is here.
    synchronized void adopt(Waiting request) {
        if (ids.add(request.id())) {
            lanes.computeIfAbsent(request.lane(), _ -> new Lane()).queue.add(request);
            count(request, 1);
        }
    }

    /// Lanes with something to do now that nobody works on.
    synchronized List<String> ready(Instant now) {
        var ready = new ArrayList<String>();
        lanes.forEach((name, lane) -> {
            if (!lane.busy && isDue(lane, now)) {
                ready.add(name);
            }
        });
        return ready;
    }

    /// Takes a lane to work on.
    ///
    /// @return its first request; empty if somebody works on it, or there is nothing to do now
    synchronized Optional<Waiting> begin(String name, Instant now) {
        Lane lane = lanes.get(name);
        if (lane == null || lane.busy || !isDue(lane, now)) {
            return Optional.empty();
        }
        lane.busy = true;
        return Optional.of(lane.queue.element());
    }

    /// Gives the lane back, its first request being done.
    synchronized void done(Waiting first) {
        Lane lane = lane(first);
        lane.busy = false;
        lane.queue.remove();
        ids.remove(first.id());
        count(first, -1);
        tidy(first.lane());
    }

    /// Gives the lane back, its first request to be tried later.
    synchronized void later(Waiting first) {
        Lane lane = lane(first);
        lane.busy = false;
        lane.queue.remove();
        lane.queue.addFirst(first);
    }

    synchronized Load total() {
        return total;
    }

    private Lane lane(Waiting request) {
        return Optional.ofNullable(lanes.get(request.lane())).orElseThrow();
    }

    private static boolean isDue(Lane lane, Instant now) {
        return !lane.queue.isEmpty() && !lane.queue.element().next().isAfter(now);
    }

    private void count(Waiting request, int sign) {
        total = total.plus(sign, request.size());
        var load = hosts.getOrDefault(request.host(), Load.NONE).plus(sign, request.size());
        if (load.requests() == 0) {
            hosts.remove(request.host());
        } else {
            hosts.put(request.host(), load);
        }
    }

    private void tidy(String name) {
        Lane lane = lanes.get(name);
        if (lane != null && lane.queue.isEmpty() && lane.coming == 0) {
            lanes.remove(name);
        }
    }
}
