package dev.drawbridge.nostr.http;

/// What sessions are served with, one for all of them.
///
/// @param comparing how much all comparisons hold now
record RelayDesk(Admission admission, Quotas quotas, ComparisonRoom comparing, RelayMeters meters) {
    static RelayDesk of(RelayParts parts) {
        var quotas = new Quotas(parts.limits(), parts.clock());
        return new RelayDesk(
                new Admission(parts, quotas),
                quotas,
                new ComparisonRoom(parts.limits().comparedAtOnce(), parts.clock()),
                new RelayMeters(parts.meters(), parts.hub()));
    }
}
