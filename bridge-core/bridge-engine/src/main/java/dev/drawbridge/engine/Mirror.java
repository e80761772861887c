package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.time.Instant;
import java.util.Set;

/// An account that the operator bridges for its owner, who gave permission outside of the bridge.
///
/// @param account on its own network
/// @param targets where it is carried
/// @param permission where the operator finds it: a letter, a contract, a message
/// @param since from when it holds
/// @param backfill how many posts from before are carried as well
public record Mirror(
        NativeId account, Set<Network> targets, Mode mode, String permission, Instant since, int backfill) {
    public Mirror {
        targets = Set.copyOf(targets);
    }

    /// One that begins with what comes now.
    public Mirror(NativeId account, Set<Network> targets, Mode mode, String permission, Instant since) {
        this(account, targets, mode, permission, since, 0);
    }

    /// What comes back.
    public enum Mode {
        /// Nothing: what people answer stays with those who follow them.
        BROADCAST,
        CONVERSATION
    }
}
