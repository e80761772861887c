package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.KeptAuthors;
import dev.drawbridge.nostr.store.KeptAuthors.Kept;
import dev.drawbridge.nostr.store.NostrStore;
import dev.drawbridge.nostr.store.RelayRules;
import dev.drawbridge.nostr.store.RelayRules.About;
import dev.drawbridge.nostr.wire.Intake;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What our relay keeps because its author opted in goes when they leave: without consent there is nothing to keep. It
/// may come again if they do. What they asked to be deleted stays deleted, and what they said to that end stays.
///
/// Only who was seen to be with us and is so no longer has left: a second instance that has not heard of somebody yet
/// takes nothing away.
public final class Departures {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private final Intake intake;
    private final EventStore events;
    private final KeptAuthors kept;
    private final RelayRules rules;
    private final InstantSource clock;
    private final Instant made;
    private final Set<PublicKey> here = ConcurrentHashMap.newKeySet();
    private boolean remembers;

    public Departures(Intake intake, NostrStore store, InstantSource clock) {
        this.intake = intake;
        this.events = store.events();
        this.kept = store.keptAuthors();
        this.rules = store.rules();
        this.clock = clock;
        this.made = clock.instant();
    }

    /// Called before events of clients are stored.
    void keeping(List<Event> ofClients) {
        for (Event event : ofClients) {
            PublicKey author = event.pubkey();
            if (!here.contains(author) && intake.watches(author)) {
                kept.add(author, clock.instant());
                here.add(author);
            }
        }
    }

    /// Takes away what those left behind who are not with us any more. The watchlist has been read by now.
    public synchronized void look() {
        if (!remembers) {
            remember();
            remembers = true;
        }
        for (PublicKey author : here) {
            if (!intake.watches(author)) {
                left(author);
            }
        }
    }

    /// Somebody may have left while this instance did not run.
    private void remember() {
        for (Kept before : kept.all()) {
            if (intake.watches(before.author()) || before.since().isBefore(made)) {
                here.add(before.author());
            }
        }
    }

    private void left(PublicKey author) {
        if (rules.find(About.ALLOWED_KEY, author.hex()).isPresent()) {
            return;
        }
        long gone = events.forget(author);
        kept.remove(author);
        here.remove(author);
        LOG.info("{} left and took {} events along", author, gone);
    }
}
