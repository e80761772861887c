package dev.drawbridge.nostr;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.dm.Command;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Private messages to bots. They are read in memory; what is stored of one is that its author wants to be carried, or
/// no longer. Messages to anybody but a bot are not opened.
final class BotCommands {
    private static final Logger LOG = LoggerFactory.getLogger(BotCommands.class);
    private static final Duration FUTURE = Duration.ofMinutes(10);
    /// What is older was answered long ago, by us or by nobody.
    private static final Duration OLD = Duration.ofDays(7);

    /// How often one person is answered in ten minutes.
    private static final int MOST_ANSWERS = 20;

    private final Signer signer;
    private final GiftWraps wraps;
    private final Presentations presentations;
    private final IdentityMap identities;
    private final Set<Network> networks;
    private final InstantSource clock;
    private final Mail mail;
    private final Cache<String, Boolean> answered =
            Caffeine.newBuilder().maximumSize(20_000).executor(Runnable::run).build();
    private final Cache<PublicKey, AtomicInteger> patience = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();

    /// Sends an answer. Never fails here.
    @FunctionalInterface
    interface Mail {
        /// @param answer of kind 14, unsigned
        void send(UnsignedEvent answer, GiftWraps.Own from, PublicKey to);
    }

    /// @param networks every network of this instance
    BotCommands(
            Signer signer,
            GiftWraps wraps,
            Presentations presentations,
            IdentityMap identities,
            Set<Network> networks,
            InstantSource clock,
            Mail mail) {
        this.signer = signer;
        this.wraps = wraps;
        this.presentations = presentations;
        this.identities = identities;
        this.networks =
                networks.stream().filter(n -> !n.equals(Network.NOSTR)).collect(Collectors.toCollection(TreeSet::new));
        this.clock = clock;
        this.mail = mail;
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
        if (said.isAfter(now.plus(FUTURE)) || said.isBefore(now.minus(OLD))) {
            return new Receipt.Ignored("the message is too old or from the future");
        }
        if (presentations.byKey(message.pubkey()).isPresent()) {
            return new Receipt.Ignored("made by this bridge");
        }
        if (answered.getIfPresent(message.id().hex()) != null) {
            return new Receipt.Ignored("seen before");
        }
        Optional<Command> command = Command.read(message.content());
        Optional<Receipt> trouble = command.flatMap(c -> wish(c, message, bot, sink));
        if (trouble.isPresent()) {
            return trouble.get();
        }
        answered.put(message.id().hex(), true);
        String text = command.map(c -> answer(c, message.pubkey(), bot)).orElseGet(() -> help(bot));
        return reply(text, message, bot);
    }

    private Receipt reply(String text, UnsignedEvent message, Presentation bot) {
        int before = patience.get(message.pubkey(), _ -> new AtomicInteger()).getAndIncrement();
        if (before < MOST_ANSWERS) {
            mail.send(
                    BotAnswers.to(message, bot.key(), text),
                    new GiftWraps.Own(bot.key(), bot.keyRef()),
                    message.pubkey());
        }
        return new Receipt.Accepted();
    }

    /// Hands on what the person wants.
    ///
    /// @return what went wrong, if something did
    private Optional<Receipt> wish(
            Command command, UnsignedEvent message, Presentation bot, Function<NativeEvent, Receipt> sink) {
        if (command.verb() != Command.Verb.START && command.verb() != Command.Verb.STOP) {
            return Optional.empty();
        }
        boolean start = command.verb() == Command.Verb.START;
        Instant at = Instant.ofEpochSecond(message.createdAt());
        return wanted(command, bot).stream()
                .flatMap(network -> ask(message.pubkey(), network, start, at, sink).stream())
                .filter(receipt -> !(receipt instanceof Receipt.Accepted))
                .findFirst();
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

    private List<Network> wanted(Command command, Presentation bot) {
        if (command.networks().isEmpty()) {
            return List.of(new Network(bot.origin().value()));
        }
        return networks.stream()
                .filter(n -> command.networks().contains(n.name())
                        || command.networks().contains(Command.ALL))
                .toList();
    }

    private String answer(Command command, PublicKey person, Presentation bot) {
        return switch (command.verb()) {
            case HELP -> help(bot);
            case STATUS -> BotAnswers.status(bridges(person));
            case LATER -> BotAnswers.notYet();
            case START, STOP -> {
                List<Network> wanted = wanted(command, bot);
                yield wanted.isEmpty()
                        ? BotAnswers.noSuchNetwork(networks)
                        : BotAnswers.done(command.verb() == Command.Verb.START, wanted);
            }
        };
    }

    private String help(Presentation bot) {
        return BotAnswers.help(new Network(bot.origin().value()), networks);
    }

    /// Where a person is shown, and as whom.
    List<BotAnswers.Shown> bridges(PublicKey person) {
        NativeId id = NativeEvents.id(person);
        List<BotAnswers.Shown> shown = new ArrayList<>();
        for (Network network : networks) {
            Optional<Ghost> ghost = identities.find(id, network).filter(Ghost::active);
            shown.add(new BotAnswers.Shown(network, ghost.map(Ghost::handle)));
        }
        return shown;
    }
}
