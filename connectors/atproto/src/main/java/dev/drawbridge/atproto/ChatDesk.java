package dev.drawbridge.atproto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.NotPublishing;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.wire.ChatClient;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.port.Cursors;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what people write to bots on a chat service, which has to be asked again and again. What is handed on of a
/// message is the command it gives.
///
/// How far was read is noted once the engine has all of it: after a crash some messages come twice.
final class ChatDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ChatDesk.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration FUTURE = Duration.ofMinutes(10);

    /// What is older was answered long ago, by us or by nobody.
    private static final Duration OLD = Duration.ofDays(7);

    private static final int MOST_PAGES = 20;

    private final ChatClient chat;
    private final ChatBots bots;
    private final PdsStore store;
    private final Cursors cursors;
    private final InstantSource clock;
    private final Cache<String, Boolean> taken =
            Caffeine.newBuilder().maximumSize(20_000).executor(Runnable::run).build();
    private volatile Optional<String> trouble = Optional.empty();
    private @Nullable Thread thread;

    ChatDesk(ChatClient chat, ChatBots bots, PdsStore store, Cursors cursors, InstantSource clock) {
        this.chat = chat;
        this.bots = bots;
        this.store = store;
        this.cursors = cursors;
        this.clock = clock;
    }

    synchronized void start(EventSink sink) {
        if (thread == null) {
            thread = Thread.ofVirtual().name("atproto chat").start(() -> run(sink));
        }
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    /// What keeps bots from hearing.
    Optional<String> trouble() {
        return trouble;
    }

    private void run(EventSink sink) {
        Duration pause = EVERY;
        try {
            while (true) {
                Thread.sleep(pause);
                Duration longer =
                        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                pause = look(sink)
                        .map(asked -> asked.compareTo(longer) > 0 ? asked : longer)
                        .orElse(EVERY);
            }
        } catch (InterruptedException e) {
            LOG.debug("bots hear nothing more");
        }
    }

    /// Looks at the conversations of every bot.
    ///
    /// @return how long the service is to be left alone at least; empty if it answered
    Optional<Duration> look(EventSink sink) {
        try {
            store.sequencer().require();
            for (Account bot : bots.all()) {
                bots.declare(bot);
                read(bot, sink);
            }
            trouble = Optional.empty();
            return Optional.empty();
        } catch (NotPublishing e) {
            // The process that publishes does this, too.
            trouble = Optional.empty();
            return Optional.empty();
        } catch (Unavailable e) {
            trouble = Optional.of("bots are not heard on the chat service: " + e.getMessage());
            LOG.info("{}", trouble.get());
            return Optional.of(e.retryAfter().orElse(EVERY));
        } catch (RuntimeException e) {
            trouble = Optional.of("bots are not heard on the chat service: " + e);
            LOG.error("the chat service could not be read; it is tried again", e);
            return Optional.of(EVERY);
        }
    }

    private void read(Account bot, EventSink sink) {
        String stream = "atproto:chat:" + bot.did();
        for (int i = 0; i < MOST_PAGES; i++) {
            Optional<String> cursor = cursors.get(stream);
            ChatClient.Page page = chat.log(cursor, bots.credentials(bot));
            for (ChatClient.Message message : page.messages()) {
                if (!isTaken(message, bot, sink)) {
                    LOG.info("the bridge is busy: what {} wrote is read again", message.sender());
                    return;
                }
            }
            if (page.cursor().isEmpty() || page.cursor().equals(cursor)) {
                return;
            }
            cursors.put(stream, page.cursor().get());
            if (cursor.isEmpty() || page.messages().isEmpty()) {
                return;
            }
        }
    }

    /// @return false if it has to be read again
    private boolean isTaken(ChatClient.Message message, Account bot, EventSink sink) {
        Instant now = clock.instant();
        boolean odd = message.at().isAfter(now.plus(FUTURE))
                || message.at().isBefore(now.minus(OLD))
                || !message.id().matches("[A-Za-z0-9_.:~-]{1,128}");
        if (odd
                || message.sender().equals(bot.did())
                || store.accounts().byDid(message.sender()).isPresent()
                || taken.getIfPresent(message.id()) != null) {
            return true;
        }
        var event = new NativeEvent(
                new NativeId(Network.ATPROTO, bot.did() + "#chat-" + message.id()),
                new NativeId(Network.ATPROTO, message.sender().value()),
                NativeEvent.Kind.COMMAND,
                Set.of(new NativeId(Network.ATPROTO, bot.did().value())),
                new Told(Command.read(message.text()), message.at()).body(),
                now);
        if (sink.accept(event) instanceof Receipt.Busy) {
            return false;
        }
        taken.put(message.id(), true);
        return true;
    }
}
