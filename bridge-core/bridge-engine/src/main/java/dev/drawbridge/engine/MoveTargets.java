package dev.drawbridge.engine;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Sought;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Accounts to which a stand-in may go on: they are on its network, and say themselves that it is theirs. That somebody
/// asks for it is the word of the stand-in's owner, so both sides said so
/// ([FEP-7628](https://codeberg.org/fediverse/fep/src/branch/main/fep/7628/fep-7628.md)).
final class MoveTargets {
    /// As long as others take no second move of the same account (ADR 16).
    private static final Duration BETWEEN = Duration.ofDays(7);

    private final Ports ports;
    private final Connectors connectors;

    MoveTargets(Ports ports, Connectors connectors) {
        this.ports = ports;
        this.connectors = connectors;
    }

    /// What became of looking.
    sealed interface Answer {
        record Found(Ghost ghost, NativeId account) implements Answer {}

        /// @param handle of the stand-in; empty if there is none
        record Refused(MoveRefusal why, String handle) implements Answer {}
    }

    /// Asks the account, now.
    ///
    /// @param called its address, without `@` in front
    /// @param at when it was said
    /// @param receivedAt when the wish arrived; the same wish again is answered the same
    Answer find(NativeId person, String called, Instant at, Instant receivedAt) {
        List<Ghost> ghosts = ports.identities().of(person).stream()
                .filter(Ghost::active)
                .filter(ghost -> connectors.reaches(ghost.network()))
                .filter(ghost -> connectors.get(ghost.network()).followersGoAlong())
                .filter(ghost -> consent(ghost)
                        .filter(said -> said.given() || OptIns.wentOn(said))
                        .isPresent())
                .toList();
        Answer last = new Answer.Refused(MoveRefusal.NOTHING_MOVES, "");
        for (Ghost ghost : ghosts) {
            last = find(ghost, called, at, receivedAt);
            if (last instanceof Answer.Found) {
                return last;
            }
        }
        return last;
    }

    /// Whether stand-ins of a network have a place for where they went.
    boolean showsWhereTheyWent(Network network) {
        return connectors.get(network).followersGoAlong();
    }

    private Optional<Consent> consent(Ghost ghost) {
        return ports.consents().find(ghost.origin(), ghost.network());
    }

    private Answer find(Ghost ghost, String called, Instant at, Instant receivedAt) {
        if (consent(ghost)
                .filter(said -> said.given() && said.since().isAfter(at))
                .isPresent()) {
            return refused(MoveRefusal.SAID_LATER, ghost);
        }
        // A wish that was granted once is granted again, whatever the account says by now: half of it may be done.
        Optional<NativeId> granted = ports.ledger()
                .original(name(ghost))
                .filter(before -> before.at().equals(receivedAt))
                .flatMap(Ledger.Original::root)
                .map(ObjectRef::id);
        if (granted.isPresent()) {
            return new Answer.Found(ghost, granted.get());
        }
        NetworkConnector there = connectors.get(ghost.network());
        return switch (there.seek("@" + called)) {
            case Sought.Found(NativeId account) -> {
                boolean ours = ports.identities().byId(account).isPresent();
                yield ours ? refused(MoveRefusal.NOBODY, ghost) : proven(ghost, account, receivedAt);
            }
            case Sought.Silent _ -> refused(MoveRefusal.SILENT, ghost);
            case Sought.Foreign _, Sought.Nobody _, Sought.Secret _ -> refused(MoveRefusal.NOBODY, ghost);
        };
    }

    private Answer proven(Ghost ghost, NativeId account, Instant receivedAt) {
        boolean lately = ports.ledger()
                .original(name(ghost))
                .filter(before -> before.at().plus(BETWEEN).isAfter(receivedAt))
                .isPresent();
        if (lately) {
            return refused(MoveRefusal.LATELY, ghost);
        }
        return switch (connectors.get(ghost.network()).claim(account, ghost.id())) {
            case MADE -> new Answer.Found(ghost, account);
            case MISSING -> refused(MoveRefusal.UNPROVEN, ghost);
            case SILENT -> refused(MoveRefusal.SILENT, ghost);
        };
    }

    /// Remembers that it went there.
    void went(Answer.Found found, Instant receivedAt) {
        ports.ledger()
                .recordOriginal(new Ledger.Original(
                        ObjectRef.of(name(found.ghost())),
                        found.ghost().origin(),
                        Optional.of(ObjectRef.of(found.account())),
                        receivedAt));
    }

    private static NativeId name(Ghost ghost) {
        return new NativeId(Network.BRIDGE, "went:" + ghost.id().key());
    }

    private static Answer refused(MoveRefusal why, Ghost ghost) {
        return new Answer.Refused(why, ghost.handle());
    }
}
