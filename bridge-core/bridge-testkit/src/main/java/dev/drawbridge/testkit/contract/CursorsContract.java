package dev.drawbridge.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.Cursors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Cursors] must do.
public abstract class CursorsContract {
    private Cursors cursors = none();

    /// An implementation that holds nothing.
    protected abstract Cursors none();

    @BeforeEach
    void startEmpty() {
        cursors = none();
    }

    @Test
    void aStreamNobodyReadHasNoCursor() {
        assertThat(cursors.get("jetstream")).isEmpty();
    }

    @Test
    void aStreamThatIsReadToItsEndIsForgotten() {
        cursors.put("page", "1");
        cursors.remove("page");
        cursors.remove("page");
        assertThat(cursors.get("page")).isEmpty();
    }

    @Test
    void aCursorIsWhereItWasPutLast() {
        cursors.put("jetstream", "1");
        cursors.put("jetstream", "1725911162329308");
        cursors.put("jetstream", "7");
        assertThat(cursors.get("jetstream")).contains("7");
    }

    @Test
    void streamsHaveTheirOwnCursors() {
        cursors.put("wss://relay.example/ $weird.name", "a");
        cursors.put("jetstream", "");
        assertThat(cursors.get("wss://relay.example/ $weird.name")).contains("a");
        assertThat(cursors.get("jetstream")).contains("");
        assertThat(cursors.get("jet")).isEmpty();
    }

    @Test
    void cursorsThatMoveAtOnceAllMove() {
        Race.of(8, i -> {
            cursors.put("stream" + i, "at " + i);
            cursors.put("shared", "at " + i);
            return i;
        });
        for (int i = 0; i < 8; i++) {
            assertThat(cursors.get("stream" + i)).contains("at " + i);
        }
        assertThat(cursors.get("shared").orElseThrow()).startsWith("at ");
    }
}
