package dev.drawbridge.nostr;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.dm.GiftWraps;
import dev.drawbridge.nostr.dm.Nip04;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.UnsignedEvent;
import dev.drawbridge.nostr.store.Presentation;
import dev.drawbridge.nostr.store.Presentations;
import dev.drawbridge.nostr.translate.CommandIn;
import dev.drawbridge.nostr.translate.NativeEvents;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Private messages to bots. They are read in memory; what is handed on of one is the command it gives. Messages to
/// anybody but a bot are not opened.
final class BotCommands {
    private static final Logger LOG = LoggerFactory.getLogger(BotCommands.class);

    private final Signer signer;
    private final GiftWraps wraps;
    private final Presentations presentations;
    private final IdentityMap identities;
    private final Set<Network> networks;
    private final InstantSource clock;
    /// Messages that are durable: whoever sends one again, by another relay or in another wrap, hears that it is here.
    private final Cache<String, Boolean> taken =
            Caffeine.newBuilder().maximumSize(20_000).executor(Runnable::run).build();

    /// @param networks every network of this instance
    BotCommands(
            Signer signer,
            GiftWraps wraps,
            Presentations presentations,
            IdentityMap identities,
            Set<Network> networks,
            InstantSource clock) {
        this.signer = signer;
        this.wraps = wraps;
        this.presentations = presentations;
        this.identities = identities;
        this.networks =
                networks.stream().filter(n -> !n.equals(Network.NOSTR)).collect(Collectors.toCollection(TreeSet::new));
        this.clock = clock;
    }

    /// Reads a message and does what it asks for.
    ///
    /// @param event of kind 4 or 1059, with the right id and signature
    /// @param sink where wishes go
    Receipt take(Event event, Function<NativeEvent, Receipt> sink) {
        Optional<Presentation> bot = event.people().stream()
                .findFirst()
                .flatMap(presentations::byKey)
                .filter(Presentation::bot);
        if (bot.isEmpty()) {
            return new Receipt.Ignored("a private message, not for a bot of this bridge");
        }
        return switch (open(event, bot.get())) {
            case Reading.Unreadable<UnsignedEvent> unreadable -> {
                LOG.info("message {} to a bot refused: {}", event.id(), unreadable);
                yield new Receipt.Ignored("invalid: " + unreadable);
            }
            case Reading.Read<UnsignedEvent>(UnsignedEvent message) -> obey(message, bot.get(), sink);
        };
    }

    private Reading<UnsignedEvent> open(Event event, Presentation bot) {
        if (event.kind() == Kind.GIFT_WRAP) {
            return wraps.open(event, new GiftWraps.Own(bot.key(), bot.keyRef()));
        }
        return signer.agree(bot.keyRef(), event.pubkey().bytes())
                .map(shared -> Nip04.decrypt(shared, event.content()))
                .<Reading<UnsignedEvent>>map(reading -> switch (reading) {
                    case Reading.Unreadable<String>(String field, String detail) ->
                        new Reading.Unreadable<>(field, detail);
                    case Reading.Read<String>(String text) ->
                        new Reading.Read<>(
                                new UnsignedEvent(event.pubkey(), event.createdAt(), Kind.MESSAGE, event.tags(), text));
                })
                .orElseGet(() -> new Reading.Unreadable<>("pubkey", "not a key"));
    }

    private Receipt obey(UnsignedEvent message, Presentation bot, Function<NativeEvent, Receipt> sink) {
        Instant said = Instant.ofEpochSecond(message.createdAt());
        Instant now = clock.instant();
        if (message.kind() != Kind.MESSAGE) {
            return new Receipt.Ignored("bots read text only, not kind " + message.kind());
        }
        Optional<Told> told = Told.heard(Command.read(message.content()), said, now);
        if (told.isEmpty()) {
            return new Receipt.Ignored("the message is too old or from the future");
        }
        if (presentations.byKey(message.pubkey()).isPresent()) {
            return new Receipt.Ignored("made by this bridge");
        }
        if (taken.getIfPresent(message.id().hex()) != null) {
            return new Receipt.Accepted();
        }
        Receipt receipt = sink.apply(event(message, bot, told.get(), now));
        if (receipt instanceof Receipt.Accepted) {
            taken.put(message.id().hex(), true);
        }
        return receipt;
    }

    /// What is handed on of a message: what was meant by it, and nothing else.
    private static NativeEvent event(UnsignedEvent message, Presentation bot, Told told, Instant now) {
        return new NativeEvent(
                new NativeId(Network.NOSTR, message.id().hex()),
                NativeEvents.id(message.pubkey()),
                NativeEvent.Kind.COMMAND,
                Set.of(NativeEvents.id(bot.key())),
                told.body(),
                now);
    }

    /// Tells the engine that a person wants to be carried to a network, or no longer.
    ///
    /// @param person who has proven to be it
    /// @return empty if we do not reach it
    Optional<Receipt> ask(
            PublicKey person, Network network, boolean start, Instant at, Function<NativeEvent, Receipt> sink) {
        return presentations
                .byOrigin(Ghost.botOrigin(network))
                .map(bot ->
                        sink.apply(CommandIn.event(person, bot.key(), start, at.getEpochSecond(), clock.instant())));
    }

    /// @param as the handle there; empty if the person is not shown
    record Shown(Network network, Optional<String> as) {}

    /// Where a person is shown, and as whom.
    List<Shown> bridges(PublicKey person) {
        NativeId id = NativeEvents.id(person);
        List<Shown> shown = new ArrayList<>();
        for (Network network : networks) {
            Optional<Ghost> ghost = identities.find(id, network).filter(Ghost::active);
            shown.add(new Shown(network, ghost.map(Ghost::handle)));
        }
        return shown;
    }
}
