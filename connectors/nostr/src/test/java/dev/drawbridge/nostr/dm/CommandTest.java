package dev.drawbridge.nostr.dm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.dm.Command.Verb;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"start", " START ", "Start!", "/start", "start\n"})
    void isReadHoweverItIsTyped(String text) {
        assertThat(Command.read(text)).contains(new Command(Verb.START, Set.of()));
    }

    @Test
    void namesNetworks() {
        assertThat(Command.read("stop atproto, activitypub"))
                .contains(new Command(Verb.STOP, Set.of("atproto", "activitypub")));
        assertThat(Command.read("delete")).contains(new Command(Verb.STOP, Set.of("all")));
    }

    @Test
    void knowsWhatIsOnlyAskedOrCannotBeDoneYet() {
        assertThat(Command.read("help me")).contains(new Command(Verb.HELP, Set.of()));
        assertThat(Command.read("status")).contains(new Command(Verb.STATUS, Set.of()));
        assertThat(Command.read("export")).contains(new Command(Verb.LATER, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "!!", "hello", "please start", "started", "do not start", "start a b c d e f g h"})
    void everythingElseIsNoCommand(String text) {
        assertThat(Command.read(text)).isEmpty();
        assertThat(Command.read("start " + "x".repeat(200))).isEmpty();
    }
}
