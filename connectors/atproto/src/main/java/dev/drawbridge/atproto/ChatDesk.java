package dev.drawbridge.atproto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.record.syntax.Did;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private static final int MOST_PAGES = 20;

    private final ChatClient chat;
    private final ChatBots bots;
    private final PdsStore store;
    private final Cursors cursors;
    private final InstantSource clock;
    private final Cache<String, Boolean> taken =
            Caffeine.newBuilder().maximumSize(20_000).executor(Runnable::run).build();
    private final Map<Did, Rest> resting = new ConcurrentHashMap<>();
    private @Nullable Thread thread;

    /// A bot that is left alone for a while.
    ///
    /// @param pause how long that was to be, without what the service asked for
    private record Rest(Instant until, Duration pause, String why) {}

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
    List<String> troubles() {
        return resting.values().stream().map(Rest::why).sorted().toList();
    }

    private void run(EventSink sink) {
        try {
            while (true) {
                Thread.sleep(EVERY);
                try {
                    look(sink);
                } catch (RuntimeException e) {
                    LOG.error("bots are not heard; it is tried again", e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("bots hear nothing more");
        }
    }

    /// Looks at the conversations of every bot that is not left alone for a while.
    void look(EventSink sink) {
        try {
            store.sequencer().require();
            List<Account> all = bots.all();
            resting.keySet().retainAll(all.stream().map(Account::did).toList());
            for (Account bot : all) {
                Rest rest = resting.get(bot.did());
                if (rest == null || !clock.instant().isBefore(rest.until())) {
                    look(bot, sink);
                }
            }
        } catch (NotPublishing e) {
            // The process that publishes does this, too.
            resting.clear();
        }
    }

    /// What is wrong with one bot is nothing to the others.
    private void look(Account bot, EventSink sink) {
        try {
            bots.declare(bot);
            read(bot, sink);
            resting.remove(bot.did());
        } catch (NotPublishing e) {
            throw e;
        } catch (Unavailable e) {
            rest(bot, String.valueOf(e.getMessage()), e.retryAfter());
        } catch (RuntimeException e) {
            LOG.error("the conversations of {} could not be read; it is tried again", bot.did(), e);
            rest(bot, e.toString(), Optional.empty());
        }
    }

    /// Twice as long each time, or as long as the service asks for.
    private void rest(Account bot, String why, Optional<Duration> asked) {
        Rest before = resting.get(bot.did());
        Duration twice = before == null ? EVERY.multipliedBy(2) : before.pause().multipliedBy(2);
        Duration longer = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        Duration pause = asked.filter(time -> time.compareTo(longer) > 0).orElse(longer);
        String trouble = bot.handle() + " is not heard on the chat service: " + why;
        LOG.info("{}", trouble);
        resting.put(bot.did(), new Rest(clock.instant().plus(pause), longer, trouble));
    }

    private void read(Account bot, EventSink sink) {
        String stream = "atproto:chat:" + bot.did();
        for (int i = 0; i < MOST_PAGES; i++) {
            Optional<String> cursor = cursors.get(stream);
            Optional<ChatClient.Page> found = chat.log(cursor, bots.credentials(bot));
            if (found.isEmpty()) {
                cursors.put(stream, now(bot));
                LOG.warn("{} begins to listen anew: what it was written since {} cannot be read", bot.did(), cursor);
                return;
            }
            ChatClient.Page page = found.get();
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

    /// How it stands now with the conversations of a bot.
    private String now(Account bot) {
        return chat.log(Optional.empty(), bots.credentials(bot))
                .flatMap(ChatClient.Page::cursor)
                .orElseThrow(() -> new Unavailable("what it answers cannot be read", Optional.empty()));
    }

    /// @return false if it has to be read again
    private boolean isTaken(ChatClient.Message message, Account bot, EventSink sink) {
        Instant now = clock.instant();
        Optional<Told> told = Told.heard(Command.read(message.text()), message.at(), now);
        if (told.isEmpty()
                || !message.id().matches("[A-Za-z0-9_.:~-]{1,128}")
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
                told.get().body(),
                now);
        if (sink.accept(event) instanceof Receipt.Busy) {
            return false;
        }
        taken.put(message.id(), true);
        return true;
    }
}
