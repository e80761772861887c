package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.DeadLetters.DeadLetter;
import dev.drawbridge.model.port.DeadLetters.Stage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [DeadLetters] must do.
public abstract class DeadLettersContract {
    private DeadLetters letters = none();

    /// An implementation that holds nothing.
    protected abstract DeadLetters none();

    @BeforeEach
    void startEmpty() {
        letters = none();
    }

    @Test
    void nothingIsDeadAtFirst() {
        assertThat(letters.count()).isZero();
        assertThat(letters.newest(10)).isEmpty();
        assertThat(letters.find("x")).isEmpty();
    }

    @Test
    void aLetterIsKeptAsItWas() {
        DeadLetter letter =
                new DeadLetter("x", Stage.BRIDGE, "", "not readable", "{\"a\": \"$b.c\", \"🌉\": null}", NOON);
        letters.put(letter);
        assertThat(letters.find("x")).contains(letter);
        assertThat(letters.count()).isEqualTo(1);
    }

    @Test
    void aLetterThatDiesAgainReplacesTheFirst() {
        letters.put(letter(1));
        DeadLetter again = new DeadLetter("id1", Stage.DELIVER, "d", "again", "body", NOON.plusSeconds(100));
        letters.put(again);
        assertThat(letters.count()).isEqualTo(1);
        assertThat(letters.find("id1")).contains(again);
    }

    @Test
    void theNewestComeFirstAndNoMoreThanAsked() {
        IntStream.of(2, 5, 1, 4, 3).forEach(i -> letters.put(letter(i)));
        assertThat(letters.newest(3)).containsExactly(letter(5), letter(4), letter(3));
        assertThat(letters.newest(100)).hasSize(5);
    }

    @Test
    void aRemovedLetterIsGone() {
        letters.put(letter(1));
        letters.put(letter(2));
        letters.remove("id1");
        letters.remove("id1");
        letters.remove("never there");
        assertThat(letters.find("id1")).isEmpty();
        assertThat(letters.newest(10)).containsExactly(letter(2));
    }

    @Test
    void lettersAreFoundByHowTheirIdsBegin() {
        for (String id : List.of("a.c/1", "a.c/2", "a.c", "abc/3", "A.c/4", "x a.c/5", "a.c/0")) {
            letters.put(new DeadLetter(id, Stage.CONNECTOR, "", "", "", NOON));
        }
        assertThat(letters.under("a.c/", 10)).extracting(DeadLetter::id).containsExactly("a.c/0", "a.c/1", "a.c/2");
        assertThat(letters.under("a.c/", 2)).extracting(DeadLetter::id).containsExactly("a.c/0", "a.c/1");
        assertThat(letters.under("z", 10)).isEmpty();
    }

    @Test
    void lettersThatComeAtOnceAllStay() {
        Race.of(8, i -> {
            letters.put(letter(i));
            letters.put(letter(100));
            return i;
        });
        assertThat(letters.count()).isEqualTo(9);
    }

    private static DeadLetter letter(int number) {
        return new DeadLetter(
                "id" + number, Stage.DELIVER, "nostr|wss://relay.example", "gone", "{}", NOON.plusSeconds(number));
    }
}
