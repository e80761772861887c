package dev.drawbridge.engine;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Tells bots what somebody wants who is not writing to them: it is in the inbox before this returns, and takes effect
/// in a moment.
final class Messenger {
    private final Ports ports;
    private final Connectors connectors;
    private final Inbox inbox;
    private final InstantSource clock;
    private final RandomGenerator random;

    Messenger(Ports ports, Connectors connectors, Inbox inbox, InstantSource clock, RandomGenerator random) {
        this.ports = ports;
        this.connectors = connectors;
        this.inbox = inbox;
        this.clock = clock;
        this.random = random;
    }

    /// @param words as [Command#words()] has them
    /// @return false if there is no bot on their network to tell
    boolean tell(NativeId person, Verb verb, List<String> words, Locale language) {
        Optional<NativeId> bot = connectors.reached().stream()
                .flatMap(target -> ports.identities().find(Ghost.botOrigin(target), person.network()).stream())
                .filter(Ghost::active)
                .map(Ghost::id)
                .findFirst();
        if (bot.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        var told = new Told(new Command(verb, words, language), now);
        String name = "#page-" + now.toEpochMilli() + "-" + Long.toHexString(random.nextLong());
        inbox.put(new NativeEvent(
                new NativeId(person.network(), person.value() + name),
                person,
                NativeEvent.Kind.COMMAND,
                Set.of(bot.get()),
                told.body(),
                now));
        return true;
    }
}
