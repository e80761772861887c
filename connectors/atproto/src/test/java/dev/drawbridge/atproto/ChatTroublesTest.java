package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.lexicon.LexiconCatalog;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.spi.GhostRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong on a chat service costs as little as it has to.
class ChatTroublesTest extends ChatFixture {
    ChatTroublesTest(MongoDatabase database) {
        super(database);
    }

    @Test
    void aServiceThatIsDownOrDoesNotBelieveUsIsTroubleAndAskedAgain() {
        chat.down = true;
        says("status");
        desk.look(sink);
        assertThat(desk.troubles()).singleElement().asString().contains("chat");
        chat.down = false;
        String own = pds.store.accounts().byDid(bot).orElseThrow().keyRef();
        // One that its DID does not name.
        signsWith("atproto:other");
        pds.key("other");
        pds.clock.advance(Duration.ofSeconds(20));
        desk.look(sink);
        assertThat(desk.troubles())
                .singleElement()
                .asString()
                .contains("401 BadJwt")
                .doesNotContain("long story");
        assertThat(heard).isEmpty();
        signsWith(own);
        pds.clock.advance(Duration.ofSeconds(39));
        desk.look(sink);
        assertThat(heard).as("it is left alone for twice as long").isEmpty();
        pds.clock.advance(Duration.ofSeconds(1));
        hears();
        assertThat(heard).hasSize(1);
    }

    private void signsWith(String key) {
        Account account = pds.store.accounts().byDid(bot).orElseThrow();
        pds.store.accounts().changed(bot, new Account.Pending(account.operation(), account.handle(), key));
    }

    @Test
    void aBotInTroubleKeepsNoOtherFromHearing() {
        NativeId origin = Ghost.botOrigin(Network.ACTIVITYPUB);
        Did first = new Did(made(new GhostRequest(origin, Profile.bare(origin, "fedi")))
                .id()
                .value());
        hears();
        chat.banned.add(first);
        says("status");
        chat.write(BOB, first, "help", pds.clock.instant());
        desk.look(sink);
        assertThat(commands()).extracting(Command::verb).containsExactly(Verb.STATUS);
        assertThat(desk.troubles())
                .singleElement()
                .asString()
                .contains("activitypub-bot.bridge.org is not heard", "401 BadJwt");
        says("status");
        pds.clock.advance(Duration.ofSeconds(19));
        desk.look(sink);
        assertThat(heard).hasSize(2);
        assertThat(chat.refused).as("it is left alone").hasSize(1);
        chat.banned.clear();
        pds.clock.advance(Duration.ofSeconds(1));
        hears();
        assertThat(commands()).extracting(Command::verb).containsExactly(Verb.STATUS, Verb.STATUS, Verb.HELP);
    }

    @Test
    void whatStrangersPutBesideAMessageKeepsNobodyFromBeingHeard() {
        for (String fields : List.of(
                "\"score\":1.5,\"score\":2e400,\"none\":null",
                "\"deep\":" + "[".repeat(20_000) + "]".repeat(20_000),
                "\"long\":\"" + "x".repeat(2_000_000) + "\"",
                "\"" + "n".repeat(60_000) + "\":" + "9".repeat(2_000),
                "\"half\":\"\\ud83e\",\"link\":{\"$link\":\"nowhere\"},\"bytes\":{\"$bytes\":7},\"$type\":7")) {
            chat.odd(BOB, bot, "help", fields, pds.clock.instant());
        }
        says("status");
        hears();
        assertThat(commands())
                .extracting(Command::verb)
                .containsExactly(Verb.HELP, Verb.HELP, Verb.HELP, Verb.HELP, Verb.HELP, Verb.STATUS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPageThatCannotBeReadAtAllIsPassedOver(boolean endless) {
        if (endless) {
            chat.odd(BOB, bot, "help", "\"long\":\"" + "x".repeat(6_000_000) + "\"", pds.clock.instant());
        } else {
            says("help");
            chat.garbled.add(bot);
        }
        hears();
        assertThat(heard).isEmpty();
        chat.garbled.clear();
        says("status");
        hears();
        assertThat(commands()).extracting(Command::verb).containsExactly(Verb.STATUS);
    }

    @Test
    void aServiceThatNeverSaysAnythingReadableIsTrouble() {
        chat.mute.add(bot);
        Optional<String> before = cursor();
        desk.look(sink);
        assertThat(desk.troubles()).singleElement().asString().contains("cannot be read");
        assertThat(cursor()).isEqualTo(before);
    }

    @Test
    void whoeverTurnsTheServiceOffLetsEverybodyKnow() {
        Upkeep on = upkeep(Map.of("chat", FakeChat.SERVICE));
        on.once();
        on.stop();
        assertThat(allowed(bot)).contains("all");
        NativeId origin = Ghost.botOrigin(Network.ACTIVITYPUB);
        Did never = new Did(made(new GhostRequest(origin, Profile.bare(origin, "fedi")))
                .id()
                .value());
        int before = events().size();
        Upkeep off = upkeep(Map.of());
        off.once();
        off.once();
        off.stop();
        assertThat(allowed(bot)).contains("none");
        assertThat(LexiconCatalog.bundled()
                        .check(
                                DECLARATION,
                                pds.store
                                        .archive()
                                        .record(bot, DECLARATION)
                                        .orElseThrow()
                                        .value()))
                .isEmpty();
        assertThat(pds.store.archive().record(never, DECLARATION))
                .as("it never said anything")
                .isEmpty();
        assertThat(events()).as("said once").hasSize(before + 1);
        hears();
        assertThat(allowed(bot)).as("and back").contains("all");
    }

    private Optional<String> allowed(Did account) {
        return pds.store
                .archive()
                .record(account, DECLARATION)
                .flatMap(found -> found.value().text("allowIncoming"));
    }
}
