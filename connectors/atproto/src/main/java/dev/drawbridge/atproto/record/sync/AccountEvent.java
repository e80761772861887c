package dev.drawbridge.atproto.record.sync;

import dev.drawbridge.atproto.record.syntax.Did;
import java.time.Instant;
import java.util.Optional;

/// `#account`: whether the sender serves the account.
///
/// @param status why not, if inactive: `takendown`, `suspended`, `deleted`, `deactivated`; relays add `desynchronized`
///     and `throttled`. Others may come and mean no more than inactive.
public record AccountEvent(long seq, Did did, Instant time, boolean active, Optional<String> status)
        implements SyncEvent {
    public static final String DEACTIVATED = "deactivated";
    public static final String DELETED = "deleted";

    public static AccountEvent active(long seq, Did did, Instant time) {
        return new AccountEvent(seq, did, time, true, Optional.empty());
    }

    public static AccountEvent inactive(long seq, Did did, Instant time, String status) {
        return new AccountEvent(seq, did, time, false, Optional.of(status));
    }
}
