package dev.drawbridge.config.instance;

import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.engine.Inbox;
import dev.drawbridge.engine.RuleClerk;
import dev.drawbridge.engine.SignIns;
import java.util.Map;
import java.util.function.Supplier;

/// What the web needs of the routes. They may still be in the making when it starts: each call waits for them.
///
/// @param inbox where decisions go
/// @param outbox where what was given up is tried again
/// @param depths how much is ready and not yet done, by queue
/// @param clerk who keeps the operator's rules
/// @param signIns the codes that bots hand out; they wait for nothing
record Moving(
        Inbox inbox,
        DeadLetterDesk.Outbox outbox,
        Supplier<Map<String, Long>> depths,
        Supplier<RuleClerk> clerk,
        SignIns signIns) {
    static Moving of(Beside<Movement> routes, SignIns signIns) {
        return new Moving(
                event -> routes.get().inbox().put(event),
                delivery -> routes.get().again(delivery),
                () -> routes.get().depths(),
                () -> routes.get().clerk(),
                signIns);
    }
}
