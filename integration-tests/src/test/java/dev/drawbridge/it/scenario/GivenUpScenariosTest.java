package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.DeadLetterDesk.Outcome;
import dev.drawbridge.model.port.DeadLetters.DeadLetter;
import dev.drawbridge.model.port.DeadLetters.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a connector took and gave up itself.
class GivenUpScenariosTest extends Scenario {
    private final List<String> asked = new ArrayList<>();

    private void givenUp(String id, String destination) {
        ports.deadLetters().put(new DeadLetter(id, Stage.CONNECTOR, destination, "odd", "its own", clock.instant()));
    }

    @Test
    void theConnectorTakesUpWhatItGaveUpAndForgetsItItself() {
        givenUp("one", "atproto|repo:x");
        sky.resuming(letter -> asked.add(letter.body()));
        assertThat(bridge.deadLetters.replay("one")).isEqualTo(Outcome.DONE);
        assertThat(asked).containsExactly("its own");
        assertThat(ports.deadLetters().find("one"))
                .as("it may have given it up once more already")
                .isPresent();
        assertThat(sky.all()).as("and nothing is delivered anew").isEmpty();
    }

    @Test
    void whatNobodyTakesUpStays() {
        givenUp("refused", "atproto|repo:x");
        givenUp("gone", "myspace|x");
        givenUp("odd", "nowhere");
        for (String id : List.of("refused", "gone", "odd")) {
            assertThat(bridge.deadLetters.replay(id)).as(id).isEqualTo(Outcome.HOPELESS);
            assertThat(ports.deadLetters().find(id)).as(id).isPresent();
        }
        assertThat(bridge.deadLetters.drop("odd")).isEqualTo(Outcome.DONE);
        assertThat(bridge.deadLetters.replay("odd")).isEqualTo(Outcome.NOT_THERE);
    }
}
