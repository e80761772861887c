package dev.drawbridge.atproto.wire;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells relays that there is something to read, as the reference server does: after a write, and seldom.
public final class Relays {
    private static final Logger LOG = LoggerFactory.getLogger(Relays.class);
    private static final Duration SELDOM = Duration.ofMinutes(20);

    private final List<URI> relays;
    private final String hostname;
    private final HostClient hosts;
    private final InstantSource clock;
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);
    private final Map<URI, String> refusals = new ConcurrentHashMap<>();

    /// @param hostname ours, as relays reach it
    public Relays(List<URI> relays, String hostname, HostClient hosts, InstantSource clock) {
        this.relays = List.copyOf(relays);
        this.hostname = hostname;
        this.hosts = hosts;
        this.clock = clock;
    }

    /// Something was written. Returns at once.
    public void written() {
        Instant now = clock.instant();
        Instant due = next.get();
        if (!relays.isEmpty() && !now.isBefore(due) && next.compareAndSet(due, now.plus(SELDOM))) {
            Thread.ofVirtual().name("request crawl").start(() -> relays.forEach(this::ask));
        }
    }

    /// Relays that will not read us, and why.
    public List<String> refusals() {
        return refusals.entrySet().stream()
                .map(refusal -> "the relay " + refusal.getKey() + " does not read us: " + refusal.getValue())
                .sorted()
                .toList();
    }

    private void ask(URI relay) {
        Optional<String> refusal;
        try {
            refusal = hosts.requestCrawl(relay, hostname);
        } catch (Unavailable e) {
            refusal = Optional.of(String.valueOf(e.getMessage()));
        }
        if (refusal.isPresent()) {
            LOG.warn("the relay {} does not read us: {}", relay, refusal.get());
            refusals.put(relay, refusal.get());
        } else {
            refusals.remove(relay);
        }
    }
}
