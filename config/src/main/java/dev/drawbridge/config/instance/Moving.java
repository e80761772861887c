package dev.drawbridge.config.instance;

import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.engine.Inbox;
import java.util.Map;
import java.util.function.Supplier;

/// What the web needs of the routes. They may still be in the making when it starts: each call waits for them.
///
/// @param inbox where decisions go
/// @param outbox where what was given up is tried again
/// @param depths how much is ready and not yet done, by queue
record Moving(Inbox inbox, DeadLetterDesk.Outbox outbox, Supplier<Map<String, Long>> depths) {
    static Moving of(Beside<Movement> routes) {
        return new Moving(
                event -> routes.get().inbox().put(event),
                delivery -> routes.get().again(delivery),
                () -> routes.get().depths());
    }
}
