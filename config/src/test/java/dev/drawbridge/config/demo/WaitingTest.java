package dev.drawbridge.config.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.demo.Waiting.Expected;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private final Waiting noPatience = new Waiting(InstantSource.fixed(Worlds.NOW), Duration.ZERO);

    @Test
    void everythingThatHappenedIsToldOnceAndInOrder() {
        var told = new ArrayList<Integer>();
        var found = noPatience.forAll(
                List.of(new Expected<>("one", () -> Optional.of(1)), new Expected<>("two", () -> Optional.of(2))),
                told::add);
        assertThat(found).containsExactly(1, 2);
        assertThat(told).containsExactly(1, 2);
    }

    @Test
    void whatIsMissingIsNamedAndWhatIsThereIsNot() {
        assertThatThrownBy(() -> noPatience.forAll(
                        List.of(
                                new Expected<>("the post is not there", Optional::<Integer>empty),
                                new Expected<>("the follow is not there", () -> Optional.of(1)),
                                new Expected<>("the answer is not there", Optional::<Integer>empty)),
                        _ -> {}))
                .isInstanceOf(Incomplete.class)
                .hasMessage("not everything crossed within 0 s: the post is not there; the answer is not there.");
    }
}
