package dev.drawbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The one grammar of what bots are told.
class CommandTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    @ParameterizedTest
    @ValueSource(strings = {"start", " START ", "Start!", "/start", "start\n", "@start", "@nostr@bridge.example start"})
    void isReadHoweverItIsTyped(String text) {
        assertThat(Command.read(text)).isEqualTo(new Command(Verb.START, List.of(), Locale.ENGLISH));
    }

    @Test
    void namesNetworksAsPeopleDo() {
        assertThat(Command.read("stop Bluesky, fediverse").words()).containsExactly("atproto", "activitypub");
        assertThat(Command.read("start nostr nostr all").words()).containsExactly("nostr", "all");
        assertThat(Command.read("start https://evil.example/x").words())
                .as("what cannot be the name of a network is not kept")
                .isEmpty();
    }

    @Test
    void isReadInFrenchAndAnsweredInIt() {
        assertThat(Command.read("Arrêter tout")).isEqualTo(new Command(Verb.STOP, List.of("all"), Locale.FRENCH));
        assertThat(Command.read("nonlisté oui")).isEqualTo(new Command(Verb.UNLISTED, List.of("on"), Locale.FRENCH));
    }

    @Test
    void switchesAndPeopleAreNamedOnce() {
        assertThat(Command.read("notify off")).isEqualTo(new Command(Verb.NOTIFY, List.of("off"), Locale.ENGLISH));
        assertThat(Command.read("accept @Nora@Relay.example").words()).containsExactly("nora@relay.example");
        assertThat(List.of("notify", "notify maybe", "accept", "accept a b", "unlisted on off"))
                .allSatisfy(text -> assertThat(Command.read(text).verb()).isEqualTo(Verb.UNKNOWN));
    }

    @Test
    void aHandleIsADomainOrTheFirstOne() {
        assertThat(Command.read("handle")).isEqualTo(new Command(Verb.HANDLE, List.of(), Locale.ENGLISH));
        assertThat(Command.read("handle @Alice.example"))
                .isEqualTo(new Command(Verb.HANDLE, List.of("alice.example"), Locale.ENGLISH));
        assertThat(Command.read("adresse première"))
                .isEqualTo(new Command(Verb.HANDLE, List.of(Command.FIRST), Locale.FRENCH));
        assertThat(List.of(
                        "handle alice",
                        "handle a.example b.example",
                        "handle https://a.example/x",
                        "handle @a@b.example"))
                .allSatisfy(text ->
                        assertThat(Command.read(text)).isEqualTo(new Command(Verb.UNKNOWN, List.of(), Locale.ENGLISH)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "!!", "hello", "please start", "started", "do not start", "start a b c d e f g h"})
    void everythingElseIsUnknownAndNothingOfItIsKept(String text) {
        assertThat(Command.read(text)).isEqualTo(new Command(Verb.UNKNOWN, List.of(), Locale.ENGLISH));
        assertThat(Command.read("start " + "x".repeat(200)).verb()).isEqualTo(Verb.UNKNOWN);
    }

    @Test
    void aDigestHasARhythm() {
        assertThat(Command.read("digest weekly").words()).containsExactly("weekly");
        assertThat(Command.read("résumé quotidien"))
                .isEqualTo(new Command(Verb.DIGEST, List.of("daily"), Locale.FRENCH));
        assertThat(Command.read("digest off").words()).containsExactly("off");
        assertThat(List.of("digest", "digest on", "digest hourly", "digest daily weekly"))
                .allSatisfy(text -> assertThat(Command.read(text).verb()).isEqualTo(Verb.UNKNOWN));
    }

    @Test
    void migrateNamesAnAccountOrNothing() {
        assertThat(Command.read("migrate @Nora@Relay.example").words()).containsExactly("nora@relay.example");
        assertThat(List.of("migrate", "migrate atproto", "migrate nora", "migrate a@b.example c@d.example"))
                .allSatisfy(text ->
                        assertThat(Command.read(text)).isEqualTo(new Command(Verb.MIGRATE, List.of(), Locale.ENGLISH)));
        assertThat(Command.account("https://relay.example/@nora")).isEmpty();
    }

    @Test
    void aNameAloneIsSomebodyToAsk() {
        String npub = "npub1" + "q".repeat(58);
        for (String name : List.of("@bob.bsky.social", "bob@social.example", "@bob@social.example", npub)) {
            assertThat(Command.read(name))
                    .isEqualTo(new Command(Verb.ASK, List.of(name.replaceFirst("^@", "")), Locale.ENGLISH));
        }
        assertThat(List.of("hello.world", "@bob", "bob@", "npub1short", "me@home you@home"))
                .allSatisfy(text -> assertThat(Command.read(text).verb()).isEqualTo(Verb.UNKNOWN));
    }

    @Test
    void ofAPrivateKeyNothingIsKeptAndWhoWantsToLeaveStillDoes() {
        String key = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
        for (String text : List.of("appeal my key is " + key, "contester " + key, "block " + key, key, "link " + key)) {
            Command read = Command.read(text);
            assertThat(read.verb()).as(text).isEqualTo(Verb.UNKNOWN);
            assertThat(read.words()).isEmpty();
        }
        assertThat(Command.read("contester " + key).language()).isEqualTo(Locale.FRENCH);
        String cut = "appeal " + "a".repeat(990) + " " + key;
        assertThat(Command.read(cut).words()).as("half of one is half a secret").isEmpty();
        assertThat(Command.read("stop nostr " + key).verb()).isEqualTo(Verb.STOP);
        assertThat(Command.read("stop nostr " + key).words()).doesNotContain(key);
        assertThat(Command.read("delete " + key).verb()).isEqualTo(Verb.DELETE);
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void comesBackAsItWasHandedOn(Verb verb) {
        var told = new Told(new Command(verb, List.of("on", "nora@relay.example"), Locale.FRENCH), NOON);
        assertThat(Told.of(told.body())).contains(told);
        var bare = new Told(new Command(verb, List.of(), Locale.ENGLISH), NOON);
        assertThat(Told.of(bare.body())).contains(bare);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"kind\":14}",
                "told",
                "told yesterday en START",
                "told 2026-03-01T12:00:00Z en DANCE",
                "said 2026-03-01T12:00:00Z en START"
            })
    void whatTheBridgeDidNotWriteIsNoCommand(String body) {
        assertThat(Told.of(body)).isEmpty();
    }
}
