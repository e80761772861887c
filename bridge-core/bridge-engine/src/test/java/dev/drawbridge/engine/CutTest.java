package dev.drawbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Loss;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutTest {
    private final List<Loss> losses = new ArrayList<>();

    @Test
    void whatFitsIsWholeAndNothingIsTold() {
        assertThat(Cut.list(List.of(1, 2), 2, left -> new Loss("media", "" + left), losses))
                .containsExactly(1, 2);
        assertThat(Cut.text("ab", 2, new Loss("text", "cut"), losses)).isEqualTo("ab");
        assertThat(losses).isEmpty();
    }

    @Test
    void whatIsLeftOutIsTold() {
        assertThat(Cut.list(List.of(1, 2, 3), 1, left -> new Loss("media", left + " more"), losses))
                .containsExactly(1);
        assertThat(Cut.text("abc", 2, new Loss("text", "cut"), losses)).isEqualTo("ab");
        assertThat(losses).containsExactly(new Loss("media", "2 more"), new Loss("text", "cut"));
    }

    @Test
    void aCharacterIsWholeOrNotThere() {
        assertThat(Cut.text("a\uD83D\uDE00b", 2, new Loss("text", "cut"), losses))
                .isEqualTo("a");
        assertThat(Cut.text("a\uD83D\uDE00b", 3, new Loss("text", "cut"), losses))
                .isEqualTo("a\uD83D\uDE00");
    }
}
