package dev.drawbridge.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.Operators;
import dev.drawbridge.model.port.Operators.Deed;
import dev.drawbridge.model.port.Operators.Operator;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Operators] does.
public abstract class OperatorsContract {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private Operators operators;

    /// A new, empty one.
    protected abstract Operators none();

    @BeforeEach
    void startEmpty() {
        operators = none();
    }

    @Test
    void thereIsNobodyAtFirst() {
        assertThat(operators.any()).isFalse();
        assertThat(operators.find("op")).isEmpty();
        assertThat(operators.deeds(10)).isEmpty();
    }

    @Test
    void onlyTheFirstIsStored() {
        var first = new Operator("op", "hash", NOON);
        assertThat(operators.first(first)).isTrue();
        assertThat(operators.first(new Operator("other", "hash 2", NOON))).isFalse();
        assertThat(operators.first(new Operator("op", "hash 3", NOON))).isFalse();
        assertThat(operators.any()).isTrue();
        assertThat(operators.find("op")).contains(first);
        assertThat(operators.find("other")).isEmpty();
        assertThat(operators.find("")).isEmpty();
    }

    @Test
    void deedsAreKeptNewestFirstAlsoIfTheyAreTheSame() {
        var one = new Deed(NOON, "op", "signed in", "");
        var two = new Deed(NOON.plusSeconds(1), "op", "dropped", "a letter");
        operators.note(one);
        operators.note(one);
        operators.note(two);
        assertThat(operators.deeds(10)).containsExactly(two, one, one);
        assertThat(operators.deeds(1)).containsExactly(two);
    }
}
