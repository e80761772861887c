package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.event.UnsignedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Kind 14, where it is a word to a bot ([NIP-17](https://nips.nostr.com/17)). Whatever else people write to each other
/// never crosses.
public final class CommandIn implements Inbound {
    private static final String START = "start";
    private static final String STOP = "stop";

    /// What the engine is told when somebody asked a bot, in whatever words or by whatever way: nothing of the message
    /// but what was meant.
    ///
    /// @param person who asked; the connector has made sure
    /// @param bot which bot
    /// @param start whether they want to be carried
    /// @param seconds when they asked, since 1970
    public static NativeEvent event(PublicKey person, PublicKey bot, boolean start, long seconds, Instant receivedAt) {
        var said =
                new UnsignedEvent(person, seconds, Kind.MESSAGE, List.of(Tag.of("p", bot.hex())), start ? START : STOP);
        return NativeEvents.of(said.signed(new byte[64]), receivedAt);
    }

    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return Needs.NOTHING;
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        Optional<NativeId> bot = event.people().stream().findFirst().map(NativeEvents::id);
        if (bot.isEmpty() || !(event.content().equals(START) || event.content().equals(STOP))) {
            return Translation.skipped("private messages do not cross");
        }
        var id = new NativeId(Network.NOSTR, event.id().hex());
        Activity asked = event.content().equals(START)
                ? new Activity.Follow(id, Inbound.author(event), Inbound.at(event), bot.get())
                : new Activity.Unfollow(id, Inbound.author(event), Inbound.at(event), bot.get(), Optional.empty());
        return Translation.of(List.of(asked));
    }
}
