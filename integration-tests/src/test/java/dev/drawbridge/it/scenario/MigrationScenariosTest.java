package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.spi.MovingOut;
import dev.drawbridge.model.spi.NativeEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// People who take their account on another network to a server of their own.
class MigrationScenariosTest extends Scenario {
    private static final Pattern CODE = Pattern.compile("[a-z2-9]{4}(-[a-z2-9]{4}){2}");

    @Test
    void whoWantsToMigrateGetsACodeForThePageAndNothingThatIsGoodForLonger() {
        sky.lettingMoveOut(
                new MovingOut(URI.create("https://at.example"), "alice", "the-password", "the-code", clock.instant()));
        assertThat(tell("migrate")).contains("None of your accounts can be taken");
        tell("start");
        String answer = tell("migrer");
        assertThat(answer).contains("https://bridge.example/account").doesNotContain("the-password", "the-code");
        Matcher code = CODE.matcher(answer);
        assertThat(code.find()).isTrue();
        assertThat(bridge.signIns.redeem(code.group())).contains(alice);
    }

    @Test
    void whoTookTheirAccountElsewhereIsToldSoAndNotCarriedThereAnyMore() {
        tell("start");
        clock.advance(Duration.ofSeconds(1));
        var moved = new Told(new Command(Verb.MIGRATE, List.of("atproto"), Locale.ENGLISH), clock.instant());
        bridge.accept(new NativeEvent(
                new NativeId(Network.ACTIVITYPUB, "left"),
                alice,
                NativeEvent.Kind.COMMAND,
                Set.of(bot(Network.ACTIVITYPUB, Network.ATPROTO)),
                moved.body(),
                clock.instant()));
        bridge.settle();
        assertThat(ports.consents().find(alice, Network.ATPROTO).orElseThrow().given())
                .isFalse();
        assertThat(letter()).contains("goes on at the server you took it to").doesNotContain("is taken back");
        assertThat(tell("migrate atproto")).as("nobody can say it themselves").contains("None of your accounts");
    }

    @Test
    void whoseProgramCopiedTooEarlyIsToldWhatIsMissing() {
        tell("start");
        clock.advance(Duration.ofSeconds(1));
        var words = List.of("atproto", Command.SINCE, "3l3qo2vutsw2b");
        bridge.accept(new NativeEvent(
                new NativeId(Network.ACTIVITYPUB, "left"),
                alice,
                NativeEvent.Kind.COMMAND,
                Set.of(bot(Network.ACTIVITYPUB, Network.ATPROTO)),
                new Told(new Command(Verb.MIGRATE, words, Locale.ENGLISH), clock.instant()).body(),
                clock.instant()));
        bridge.settle();
        assertThat(letter())
                .contains("goes on at the server", "missing at the new server", "(version 3l3qo2vutsw2b)")
                .contains("that deletes what you have written there")
                .containsSubsequence("you have written nothing there", "deactivate", "copy", "activate it")
                .containsSubsequence("write again what is missing", "say export");
        assertThat(ports.consents().find(alice, Network.ATPROTO).orElseThrow().given())
                .isFalse();
    }

    private String tell(String text) {
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.ATPROTO), text);
        bridge.settle();
        return letter();
    }

    /// What the bot wrote last.
    private String letter() {
        return only(Activity.Publish.class, fedi.at(fedi.inbox(alice))).stream()
                .map(Activity.Publish::post)
                .filter(post -> post.visibility() == Visibility.DIRECT)
                .map(post -> post.text().text())
                .toList()
                .getLast();
    }
}
