package dev.drawbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtprotoLoadTest {
    private static final int PEOPLE = 2;

    @Test
    void everyReaderHasEveryRecord(@TempDir Path folder) {
        try (var store = new AtprotoStore(folder, Optional.empty(), PEOPLE)) {
            assertThat(store.writes(PEOPLE, Duration.ofMillis(300))).isPositive();
            assertThat(store.cost(store::readers, 3, 20, PEOPLE)).isPositive();
            assertThat(store.cost(store::socketReaders, 3, 20, PEOPLE)).isPositive();
        }
    }

    @Test
    void readersWhoAreCutOffAreNoFigure(@TempDir Path folder) {
        try (var store = new AtprotoStore(folder, Optional.empty(), PEOPLE)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.cost(_ -> future(store), 1, 2, PEOPLE))
                    .withMessageMatching("(?s).*readers (ended|did not start).*");
        }
    }

    /// A cursor that was not reached yet ends the stream.
    private static StreamReaders future(AtprotoStore store) {
        URI stream = store.stream(1_000);
        return new SocketReaders(stream, 1);
    }

    @Test
    void nobodyToReadFromIsSaid() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new SocketReaders(URI.create("ws://localhost:1/"), 1))
                .withMessageContaining("readers");
    }
}
