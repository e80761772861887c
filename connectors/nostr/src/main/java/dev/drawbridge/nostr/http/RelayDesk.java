package dev.drawbridge.nostr.http;

import java.util.concurrent.atomic.AtomicLong;

/// What sessions are served with, one for all of them.
///
/// @param compared how many events all comparisons hold now
record RelayDesk(Admission admission, Quotas quotas, AtomicLong compared, RelayMeters meters) {
    static RelayDesk of(RelayParts parts) {
        var quotas = new Quotas(parts.limits(), parts.clock());
        return new RelayDesk(
                new Admission(parts, quotas), quotas, new AtomicLong(), new RelayMeters(parts.meters(), parts.hub()));
    }
}
