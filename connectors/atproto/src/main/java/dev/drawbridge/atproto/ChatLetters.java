package dev.drawbridge.atproto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.translate.Letter;
import dev.drawbridge.atproto.wire.ChatClient;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.DeliveryOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes what bots say to people, in as many messages as it takes.
final class ChatLetters {
    private final ChatClient chat;
    private final ChatBots bots;

    /// How many messages of a letter were sent, should it be sent again.
    private final Cache<Letter, Integer> sent =
            Caffeine.newBuilder().maximumSize(1_000).executor(Runnable::run).build();

    ChatLetters(ChatClient chat, ChatBots bots) {
        this.chat = chat;
        this.bots = bots;
    }

    DeliveryOutcome send(Letter letter, Optional<NativeId> from) {
        Optional<Account> bot = from.flatMap(id -> Did.tryParse(id.value())).flatMap(bots::byDid);
        if (bot.isEmpty()) {
            return new DeliveryOutcome.Refused("only bots write letters");
        }
        try {
            List<String> parts = parts(letter.text());
            Integer before = sent.getIfPresent(letter);
            for (int i = before == null ? 0 : before; i < parts.size(); i++) {
                Optional<String> refusal = chat.send(letter.to(), parts.get(i), bots.credentials(bot.get()));
                if (refusal.isPresent()) {
                    return new DeliveryOutcome.Refused("the chat service does not pass it on: " + refusal.get());
                }
                sent.put(letter, i + 1);
            }
            return new DeliveryOutcome.Delivered(Optional.empty());
        } catch (Unavailable e) {
            return new DeliveryOutcome.Retry(e.retryAfter(), String.valueOf(e.getMessage()));
        }
    }

    /// Whole lines as long as they fit.
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty()) {
            int end = Graphemes.prefix(rest, ChatClient.MAX_GRAPHEMES, ChatClient.MAX_BYTES);
            int line = end < rest.length() ? rest.lastIndexOf('\n', end) : end;
            int cut = line > 0 ? line : end;
            parts.add(rest.substring(0, cut).strip());
            rest = rest.substring(cut).strip();
        }
        return parts;
    }
}
