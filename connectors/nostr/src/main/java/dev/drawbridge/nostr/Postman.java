package dev.drawbridge.nostr;

import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.nostr.dm.GiftWraps;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import dev.drawbridge.nostr.wire.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings answers of bots to the relays where people take private messages
/// ([NIP-17](https://nips.nostr.com/17)), or else to where they can read us.
final class Postman implements Mail {
    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    /// People name one to three; nobody gets more.
    private static final int MOST_RELAYS = 3;

    private static final int TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);

    private final GiftWraps wraps;
    private final Relays relays;
    private final RelayUrl own;
    private final Timer timer;
    private final InstantSource clock;

    /// What is asked of the relays we talk to.
    interface Relays {
        Optional<Event> latest(int kind, PublicKey author);

        /// Where somebody reads who has no list for messages.
        List<RelayUrl> otherwise(PublicKey person);

        DeliveryOutcome publish(Event event, RelayUrl url);

        /// On our own relay.
        void keep(Event event);
    }

    /// @param own our own relay
    Postman(GiftWraps wraps, Relays relays, RelayUrl own, Timer timer, InstantSource clock) {
        this.wraps = wraps;
        this.relays = relays;
        this.own = own;
        this.timer = timer;
        this.clock = clock;
    }

    @Override
    public void send(UnsignedEvent answer, GiftWraps.Own from, PublicKey to) {
        timer.after(Duration.ZERO, () -> {
            Optional<Event> wrap = wraps.wrap(answer, from, to, clock.instant());
            wrap.ifPresent(event -> places(to).forEach(url -> bring(event, url, 1)));
        });
    }

    @Override
    public void sendToStranger(UnsignedEvent question, GiftWraps.Own from, PublicKey to) {
        timer.after(Duration.ZERO, () -> {
            Optional<Event> wrap = wraps.wrap(question, from, to, clock.instant());
            wrap.ifPresent(event -> named(to).forEach(url -> bring(event, url, TRIES)));
        });
    }

    @Override
    public boolean isTakenBy(PublicKey person) {
        return !named(person).isEmpty();
    }

    private List<RelayUrl> places(PublicKey to) {
        List<RelayUrl> named = named(to);
        return named.isEmpty()
                ? relays.otherwise(to).stream().distinct().limit(MOST_RELAYS).toList()
                : named;
    }

    private List<RelayUrl> named(PublicKey to) {
        return relays.latest(Kind.MESSAGE_RELAYS, to).stream()
                .flatMap(list -> list.tags("relay"))
                .map(Tag::value)
                .flatMap(url -> RelayUrl.tryParse(url).stream())
                .distinct()
                .limit(MOST_RELAYS)
                .toList();
    }

    private void bring(Event wrap, RelayUrl url, int attempt) {
        if (url.equals(own)) {
            relays.keep(wrap);
            return;
        }
        switch (relays.publish(wrap, url)) {
            case DeliveryOutcome.Retry(var _, String reason, var _)
            when attempt < TRIES -> {
                LOG.info("an answer of a bot waits for {}: {}", url, reason);
                timer.after(FIRST_PAUSE.multipliedBy(1L << attempt), () -> bring(wrap, url, attempt + 1));
            }
            case DeliveryOutcome.Retry(var _, String reason, var _) ->
                LOG.info("an answer to {} is given up: {}", url, reason);
            case DeliveryOutcome.Refused(String reason) -> LOG.info("an answer is not taken by {}: {}", url, reason);
            case DeliveryOutcome.Gone(String reason) -> LOG.info("an answer is not taken by {}: {}", url, reason);
            case DeliveryOutcome.Delivered _ -> {}
        }
    }
}
