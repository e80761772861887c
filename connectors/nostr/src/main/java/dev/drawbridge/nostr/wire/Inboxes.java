package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import java.util.List;

/// Where people who opted in read what is said to them ([NIP-65](https://nips.nostr.com/65)).
public final class Inboxes {
    private final Intake intake;
    private final RelayPool pool;

    public Inboxes(Intake intake, RelayPool pool) {
        this.intake = intake;
        this.pool = pool;
    }

    /// Whether somebody may be written to at all.
    public boolean open(PublicKey person) {
        return intake.watches(person);
    }

    /// The relays somebody reads; empty if that is not known, or not any more.
    public List<RelayUrl> of(PublicKey person) {
        return open(person) ? pool.inboxesOf(person) : List.of();
    }
}
