package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// One question to one relay, answered once.
final class Query implements Subscriber {
    /// More than a question for single events wants.
    private static final int FEW = 100;
    /// In characters: no answer is longer, however long single events are.
    private static final long MUCH = 16_000_000;

    private final Relay relay;
    private final Filter filter;
    private final Timer timer;
    private final String name;
    private final int most;
    private long size;
    private volatile boolean told;
    private final List<Event> found = new ArrayList<>();
    private final CompletableFuture<List<Event>> answer = new CompletableFuture<>();

    Query(Relay relay, Filter filter, Timer timer) {
        this(relay, filter, timer, FEW);
    }

    /// @param most how many events are kept, whatever the relay sends
    Query(Relay relay, Filter filter, Timer timer, int most) {
        this.most = most;
        this.relay = relay;
        this.filter = filter;
        this.timer = timer;
        this.name = relay.freshName("q");
    }

    /// @return what the relay has; what came until then if it takes too long; never fails
    CompletableFuture<List<Event>> run(Duration timeout) {
        if (!relay.subscribe(name, List.of(filter), this)) {
            return CompletableFuture.completedFuture(List.of());
        }
        timer.after(timeout, this::finish);
        return answer;
    }

    private void finish() {
        List<Event> result;
        synchronized (found) {
            result = List.copyOf(found);
        }
        if (answer.complete(result)) {
            relay.unsubscribe(name);
        }
    }

    /// Whether the relay said that this is all it sends, or sent more than was to be kept.
    boolean told() {
        return told;
    }

    @Override
    public void event(Event event) {
        boolean enough;
        synchronized (found) {
            if (found.size() < most) {
                found.add(event);
                size += event.size();
            }
            enough = size > MUCH;
        }
        if (enough) {
            told = true;
            finish();
        }
    }

    @Override
    public void endOfStored(boolean complete) {
        told = true;
        finish();
    }

    @Override
    public void closed(String reason) {
        finish();
    }
}
