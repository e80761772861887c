package dev.drawbridge.atproto.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class Utf8PositionsTest {
    @Test
    void everyCharacterStartHasBothPositions() {
        var positions = new Utf8Positions("aé€😀b");
        assertThat(positions.toByte(0)).isZero();
        assertThat(positions.toByte(1)).isEqualTo(1);
        assertThat(positions.toByte(2)).isEqualTo(3);
        assertThat(positions.toByte(3)).isEqualTo(6);
        assertThat(positions.toByte(5)).isEqualTo(10);
        assertThat(positions.toByte(6)).isEqualTo(11);
        assertThat(positions.toUnit(10)).isEqualTo(OptionalInt.of(5));
        assertThat(positions.toUnit(11)).isEqualTo(OptionalInt.of(6));
    }

    @Test
    void insideACharacterThereIsNoPosition() {
        var positions = new Utf8Positions("aé€😀b");
        for (long inside : new long[] {2, 4, 5, 7, 8, 9, 12, -1, Long.MAX_VALUE}) {
            assertThat(positions.toUnit(inside)).as("byte %d", inside).isEmpty();
        }
        assertThat(positions.toByte(4)).isNegative();
    }

    @Property(tries = 200)
    void thereAndBackIsTheSame(@ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '\uD7FF') String low) {
        String text = low + "😀" + low;
        var positions = new Utf8Positions(text);
        assertThat(positions.toByte(text.length())).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        for (int unit = 0; unit <= text.length(); unit++) {
            int at = positions.toByte(unit);
            if (at >= 0) {
                assertThat(positions.toUnit(at)).isEqualTo(OptionalInt.of(unit));
                assertThat(at).isEqualTo(text.substring(0, unit).getBytes(StandardCharsets.UTF_8).length);
            }
        }
    }
}
