package dev.drawbridge.benchmarks;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.instance.RunningInstance.Setup;
import dev.drawbridge.it.instance.RunningInstance.Start;
import dev.drawbridge.it.peers.Http;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Tag;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// The relay of an instance, and people who opted in and may write there.
final class BridgeRelay implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BOT = "activitypub";

    private final RunningInstance instance;
    private final URI relay;
    private final List<NostrAuthor> authors;

    private BridgeRelay(RunningInstance instance, URI base, int people) {
        this.instance = instance;
        this.relay = URI.create(base.toString().replaceFirst("^http", "ws") + "/");
        this.authors =
                IntStream.range(0, people).mapToObj(_ -> new NostrAuthor()).toList();
        optIn(base);
    }

    /// @param store a MongoDB; empty for the embedded store
    static BridgeRelay start(Path home, Optional<String> store, int people) {
        Setup setup = Options.flagged(Setup.loopback(home)
                .by(Start.LAUNCHER)
                .with("drawbridge.atproto.enabled", "false")
                // A few authors stand for many.
                .with("drawbridge.nostr.relay-writes-per-minute", "10000000"));
        Setup whole = store.map(uri -> setup.with("drawbridge.store.uri", uri)).orElse(setup);
        RunningInstance instance = RunningInstance.start(whole);
        try {
            return new BridgeRelay(instance, whole.base(), people);
        } catch (RuntimeException e) {
            instance.close();
            throw e;
        }
    }

    URI uri() {
        return relay;
    }

    List<NostrAuthor> authors() {
        return authors;
    }

    private void optIn(URI base) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var http = new Http();
        URI names = base.resolve("/.well-known/nostr.json?name=" + BOT);
        String bot = "";
        while (bot.isEmpty()) {
            bot = http.get(names).json().path("names").path(BOT).asString("");
            pause(deadline, "there is no bot");
        }
        var one = new RelayLoad(relay, 1, 1);
        for (NostrAuthor author : authors) {
            Event follow = author.event(3, "", List.of(Tag.of("p", bot)));
            one.pipelined(List.of(follow)).whole();
        }
        for (NostrAuthor author : authors) {
            while (one.pipelined(NostrAuthor.events(List.of(author), NostrAuthor.HIGHLIGHT, 1))
                            .refused()
                    > 0) {
                pause(deadline, "somebody who followed the bot may not write");
            }
        }
    }

    private static void pause(long deadline, String problem) {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException(problem);
        }
        LockSupport.parkNanos(100_000_000L);
    }

    @Override
    public void close() {
        instance.close();
    }
}
