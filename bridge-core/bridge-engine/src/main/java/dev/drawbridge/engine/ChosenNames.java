package dev.drawbridge.engine;

import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.spi.Renaming;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Under which names people are shown elsewhere, and choosing one where that can be done.
final class ChosenNames {
    private static final Logger LOG = LoggerFactory.getLogger(ChosenNames.class);

    private final Ports ports;
    private final Connectors connectors;
    private final Standing standing;

    ChosenNames(Ports ports, Connectors connectors, Standing standing) {
        this.ports = ports;
        this.connectors = connectors;
        this.standing = standing;
    }

    /// With a name, the one to be shown under where it can be chosen; without, all there are.
    ///
    /// @param named one name or none
    /// @param others networks they can be carried to
    List<Notice> of(NativeId person, List<String> named, List<Network> others) {
        if (named.isEmpty()) {
            return standing.names(person, others);
        }
        String wanted = named.getFirst();
        String name = wanted.equals(Command.FIRST) ? "" : wanted;
        List<Notice> answer = others.stream()
                .filter(network -> connectors.get(network).letsChooseHandles())
                .flatMap(network -> ports.identities().find(person, network).stream())
                .filter(Ghost::active)
                .map(ghost -> renamed(ghost, connectors.get(ghost.network()).rename(ghost.id(), name), wanted))
                .toList();
        return answer.isEmpty() ? List.of(Notice.of(NoticeKey.NAMES_GIVEN)) : answer;
    }

    private Notice renamed(Ghost ghost, Renaming outcome, String named) {
        return switch (outcome) {
            case Renaming.Renamed(String handle) -> {
                ports.identities().rename(ghost.id(), handle);
                yield Notice.of(NoticeKey.RENAMED, Notice.where(ghost.network()), Notice.plain(handle));
            }
            case Renaming.Unproven proof ->
                Notice.of(
                        NoticeKey.NAME_UNPROVEN,
                        Notice.plain(proof.name()),
                        Notice.plain(proof.record()),
                        Notice.plain(proof.text()),
                        Notice.plain(proof.address().toString()),
                        Notice.plain(proof.body()));
            case Renaming.NoName() -> Notice.of(NoticeKey.NO_NAME);
            case Renaming.Taken() -> Notice.of(NoticeKey.NAME_TAKEN, Notice.plain(named));
            case Renaming.Coming(String handle) ->
                Notice.of(NoticeKey.NAME_COMING, Notice.where(ghost.network()), Notice.plain(handle));
            case Renaming.TooOften() -> Notice.of(NoticeKey.NAME_TOO_OFTEN);
            case Renaming.Failed(String reason) -> {
                LOG.warn("{} is not called {}: {}", ghost.id(), named, reason);
                yield Notice.of(NoticeKey.NAME_LATER);
            }
        };
    }
}
