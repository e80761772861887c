package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.spi.DeliveryOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Brings one activity to everybody who follows its author: translated once, a page of places at a time. Where it
/// stands is written down after each page but the last, so that memory stays the same for fifty and for fifty
/// thousand places and a crash repeats one page at most. Places that have to wait get a delivery of their own.
final class FanOut {
    static final int PAGE = 200;
    /// Of one activity, so that several authors share what there is.
    private static final int AT_ONCE = 64;
    /// Made ready one after the other while those before are on their way.
    private static final int READY_AT_ONCE = 16;
    /// Of all together: half the connections stay free for what is not a fan-out.
    private static final int AT_ONCE_IN_ALL = 256;

    private final Ports ports;
    private final Semaphore all = new Semaphore(AT_ONCE_IN_ALL, true);

    FanOut(Ports ports) {
        this.ports = ports;
    }

    /// What the places are told, and what comes of it.
    interface Round {
        /// Whether it may still go.
        boolean wanted();

        /// Whether a place is still there.
        boolean reachable(Destination place);

        /// What brings it to each of the places, in their order.
        List<Supplier<DeliveryOutcome>> prepare(List<Destination> places);

        /// Puts the delivery to one place behind what waits for it already.
        void behind(Delivery delivery);

        void settle(Delivery delivery, DeliveryOutcome outcome);
    }

    /// @param delivery to [Destination#isFollowers()]
    /// @param except places that get a delivery of their own anyway
    /// @return how many places it was brought to since it was last begun
    /// @throws InterruptedException if the instance stops; it goes on from the same page later
    int spread(Delivery delivery, Set<Destination> except, Round round) throws InterruptedException {
        String stream = "fan-out " + delivery.id();
        Optional<Destination> after = ports.cursors().get(stream).map(a -> new Destination(delivery.target(), a));
        boolean noted = after.isPresent();
        int places = 0;
        List<Destination> page = page(delivery, after);
        while (!page.isEmpty() && round.wanted()) {
            List<Destination> wanted = page.stream()
                    .filter(p -> !except.contains(p) && round.reachable(p))
                    .toList();
            bring(delivery, wanted, round);
            places += wanted.size();
            boolean more = page.size() == PAGE;
            if (more) {
                after = Optional.of(page.getLast());
                ports.cursors().put(stream, page.getLast().address());
                noted = true;
            }
            page = more ? page(delivery, after) : List.of();
        }
        if (noted) {
            ports.cursors().remove(stream);
        }
        return places;
    }

    private List<Destination> page(Delivery delivery, Optional<Destination> after) {
        return takesBack(delivery.activity())
                ? ports.follows().everReached(delivery.origin(), delivery.target(), after, PAGE)
                : ports.follows().reachOf(delivery.origin(), delivery.target(), after, PAGE);
    }

    /// What is taken back goes to former followers too.
    private static boolean takesBack(Activity activity) {
        return activity instanceof Activity.Delete || activity instanceof Activity.DeleteAccount;
    }

    private void bring(Delivery delivery, List<Destination> places, Round round) throws InterruptedException {
        Set<String> keys = new HashSet<>();
        places.forEach(place -> keys.add(ParkingKeys.destination(place)));
        Set<String> held = ports.parking().holding(keys);
        List<Delivery> free = new ArrayList<>();
        for (Destination place : places) {
            Delivery one = Delivery.of(delivery.activity(), delivery.origin(), place, delivery.receivedAt())
                    .losing(delivery.losses());
            if (held.contains(ParkingKeys.destination(place))) {
                round.behind(one);
            } else {
                free.add(one);
            }
        }
        try {
            send(free, round);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a page of " + delivery.id() + " failed", e.getCause());
        }
    }

    private void send(List<Delivery> deliveries, Round round) throws InterruptedException, ExecutionException {
        var mine = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("fan-out-", 0).factory())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int from = 0; from < deliveries.size(); from += READY_AT_ONCE) {
                List<Delivery> some = deliveries.subList(from, Math.min(from + READY_AT_ONCE, deliveries.size()));
                mine.acquire(some.size());
                var ready =
                        round.prepare(some.stream().map(Delivery::destination).toList());
                for (int i = 0; i < some.size(); i++) {
                    Delivery one = some.get(i);
                    var step = ready.get(i);
                    sent.add(threads.submit(() -> limited(() -> round.settle(one, step.get()), mine)));
                }
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    private void limited(Runnable step, Semaphore mine) {
        try {
            all.acquireUninterruptibly();
            try {
                step.run();
            } finally {
                all.release();
            }
        } finally {
            mine.release();
        }
    }
}
