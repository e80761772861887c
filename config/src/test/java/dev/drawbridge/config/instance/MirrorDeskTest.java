package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.InMemoryConsents;
import dev.drawbridge.testkit.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the list of mirrors is read, and what a mistake in it does.
class MirrorDeskTest {
    @TempDir
    private Path folder;

    private final VirtualClock clock = new VirtualClock();
    private final List<NativeEvent> asked = new ArrayList<>();

    private MirrorDesk desk(Optional<Path> file) {
        return new MirrorDesk(
                file,
                new Mirrors(),
                new InMemoryConsents(),
                List.of(Network.ACTIVITYPUB, Network.NOSTR),
                List.of(Network.ACTIVITYPUB, Network.NOSTR),
                asked::add,
                clock);
    }

    private Path list(String... accounts) throws IOException {
        var text = new StringBuilder("mirrors:\n");
        for (String account : accounts) {
            text.append("  - {network: nostr, account: ")
                    .append(account)
                    .append(", to: [activitypub], mode: broadcast, permission: a letter, since: 2026-01-01}\n");
        }
        return Files.writeString(folder.resolve("mirrors.yml"), text);
    }

    @Test
    void withoutAListNothingIsAsked() {
        MirrorDesk desk = desk(Optional.empty());
        desk.open();
        clock.advance(Duration.ofHours(1));
        desk.look();
        assertThat(asked).isEmpty();
    }

    @Test
    void theListIsReadAtTheStartAndWhenItChanges() throws IOException {
        MirrorDesk desk = desk(Optional.of(list("one")));
        desk.open();
        assertThat(asked).extracting(e -> e.author().value()).containsExactly("one");
        desk.look();
        assertThat(asked).hasSize(1);
        list("one", "another");
        desk.look();
        assertThat(asked).extracting(e -> e.author().value()).containsExactly("one", "one", "another");
    }

    @Test
    void aMistakeStopsAStartAndChangesNothingLater() throws IOException {
        Path list = list("one");
        MirrorDesk desk = desk(Optional.of(list));
        desk.open();
        Files.writeString(list, "mirrors: [{network: nostr}]");
        desk.look();
        Files.delete(list);
        desk.look();
        assertThat(asked).hasSize(1);
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> desk(Optional.of(list)).open())
                .withMessageContaining("cannot be read");
        list("one", "another");
        desk.look();
        assertThat(asked).hasSize(3);
    }

    @Test
    void whoCouldNotBeReachedIsTriedAgain() throws IOException {
        MirrorDesk desk = desk(Optional.of(list("one")));
        desk.open();
        clock.advance(Duration.ofMinutes(9));
        desk.look();
        assertThat(asked).hasSize(1);
        clock.advance(Duration.ofMinutes(2));
        desk.look();
        assertThat(asked).hasSize(2);
    }
}
