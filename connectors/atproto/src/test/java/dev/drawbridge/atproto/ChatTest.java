package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.atproto.record.lexicon.LexiconCatalog;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.translate.Letter;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.model.spi.Resolved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Bots are written to on a chat service, and write.
class ChatTest extends ChatFixture {
    ChatTest(MongoDatabase database) {
        super(database);
    }

    @Test
    void aMessageIsACommandAndNothingOfItIsKept() {
        says("start");
        says("Start Nostr!");
        hears();
        assertThat(commands())
                .containsExactly(
                        new Command(Verb.START, List.of(), Locale.ENGLISH),
                        new Command(Verb.START, List.of("nostr"), Locale.ENGLISH));
        NativeEvent event = heard.getLast();
        assertThat(event.kind()).isEqualTo(NativeEvent.Kind.COMMAND);
        assertThat(event.author()).isEqualTo(new NativeId(Network.ATPROTO, BOB.value()));
        assertThat(event.names()).containsExactly(new NativeId(Network.ATPROTO, bot.value()));
        says("my bank account is 7");
        desk.look(sink);
        assertThat(heard.getLast().body().text()).doesNotContain("bank");
        assertThat(chat.refused).isEmpty();
    }

    @Test
    void everyPageIsReadAndNothingTwice() {
        for (int i = 0; i < 5; i++) {
            says("status");
        }
        desk.look(sink);
        assertThat(heard).hasSize(5);
        desk.look(sink);
        assertThat(heard).hasSize(5);
        assertThat(heard.stream().map(NativeEvent::id).distinct()).hasSize(5);
    }

    @Test
    void whatTheBridgeHasNoTimeForIsReadAgainAfterARestartToo() {
        says("status");
        says("help");
        Optional<String> before = cursor();
        int[] left = {1};
        desk.look(event -> left[0]-- > 0 ? sink.accept(event) : new Receipt.Busy(Duration.ofSeconds(1)));
        assertThat(heard).hasSize(1);
        assertThat(cursor()).as("it stays before what is not durable").isEqualTo(before);
        desk = desk();
        desk.look(sink);
        assertThat(commands()).extracting(Command::verb).containsExactly(Verb.STATUS, Verb.STATUS, Verb.HELP);
        assertThat(heard.get(0).id()).as("the same one").isEqualTo(heard.get(1).id());
        assertThat(cursor()).isNotEqualTo(before);
    }

    @Test
    void whatIsNoMessageToABotIsPassedOver() {
        chat.log(bot, "logBeginConvo", Optional.empty());
        chat.log(
                bot,
                "logCreateMessage",
                Optional.of(DataMap.builder().put("id", "x").build()));
        chat.log(bot, "logCreateMessage", Optional.empty());
        chat.write(bot, BOB, "said by the bot", pds.clock.instant());
        chat.write(BOB, bot, "help", pds.clock.instant().minus(Duration.ofDays(8)));
        chat.write(BOB, bot, "help", pds.clock.instant().plus(Duration.ofHours(1)));
        Did ghost = new Did(made(alice()).id().value());
        chat.write(ghost, bot, "help", pds.clock.instant());
        says("status");
        desk.look(sink);
        desk.look(sink);
        assertThat(commands()).extracting(Command::verb).containsExactly(Verb.STATUS);
    }

    @Test
    void aRefusalCountsWheneverItComes() {
        Instant before = pds.clock.instant().minus(Duration.ofDays(8));
        chat.write(BOB, bot, "stop", before);
        chat.write(BOB, bot, "delete", pds.clock.instant().plus(Duration.ofHours(1)));
        desk.look(sink);
        assertThat(heard)
                .extracting(event -> Told.of(event.body().text()).orElseThrow().at())
                .containsExactly(before, pds.clock.instant());
    }

    @Test
    void anybodyMayWriteToABotInAConversationOfTwo() {
        DataMap declared =
                pds.store.archive().record(bot, DECLARATION).orElseThrow().value();
        assertThat(declared.text("allowIncoming")).contains("all");
        assertThat(declared.text("allowGroupInvites")).contains("none");
        assertThat(LexiconCatalog.bundled().check(DECLARATION, declared)).isEmpty();
        int before = events().size();
        desk.look(sink);
        assertThat(events()).as("said once").hasSize(before);
        made(alice());
        assertThat(pds.store.archive().record(new Did(made(alice()).id().value()), DECLARATION))
                .isEmpty();
    }

    private NativeDraft letter(String id, String text) {
        NativeId person = new NativeId(Network.ATPROTO, BOB.value());
        NativeId origin = Ghost.botOrigin(Network.NOSTR);
        Post post = Post.builder(new NativeId(Network.BRIDGE, id), origin, pds.clock.instant())
                .text(new RichText("@bob " + text, List.of(new Facet.Mention(0, 4, person))))
                .visibility(Visibility.DIRECT)
                .build();
        var speaker = new Resolved.Actor(
                origin, Optional.of(new NativeId(Network.ATPROTO, bot.value())), Optional.empty(), Optional.empty());
        Resolved resolved = new Resolved(Map.of(origin, speaker), Map.of(), Map.of(), Set.of());
        var publish = new Activity.Publish(new NativeId(Network.BRIDGE, "write " + id), pds.clock.instant(), post);
        return ((Translation.Translated<NativeDraft>)
                        connector.translator().fromCanonical(publish, resolved, pds.clock.instant()))
                .value();
    }

    private DeliveryOutcome deliver(NativeDraft draft) {
        return connector.deliver(draft, new Destination(Network.ATPROTO, BOB.value()));
    }

    private List<String> arrived() {
        return chat.sent.stream()
                .filter(sent -> sent.from().equals(bot) && sent.to().equals(BOB))
                .map(FakeChat.Sent::text)
                .toList();
    }

    @Test
    void aLetterArrivesAndIsInNoRepository() {
        int before = events().size();
        assertThat(connector.capabilities().has(Trait.MESSAGES)).isTrue();
        assertThat(deliver(letter("a", "You are carried."))).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(arrived()).containsExactly("You are carried.");
        assertThat(events()).hasSize(before);
        assertThat(chat.refused).isEmpty();
    }

    @Test
    void aLongLetterIsSeveralMessagesOfWholeLinesAndGoesOnWhereItStopped() {
        String line = "word ".repeat(80).strip();
        String text = String.join("\n", List.of(line, line, line, line, line, line));
        chat.failAfter = 1;
        assertThat(deliver(letter("a", text))).isInstanceOf(DeliveryOutcome.Retry.class);
        chat.failAfter = Integer.MAX_VALUE;
        assertThat(deliver(letter("a", text))).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(arrived())
                .hasSize(3)
                .allSatisfy(part -> assertThat(Graphemes.count(part)).isLessThanOrEqualTo(1_000));
        assertThat(String.join("\n", arrived())).isEqualTo(text);
        assertThat(ChatLetters.parts("👨‍👩‍👧‍👦".repeat(1_500)))
                .hasSizeGreaterThan(1)
                .doesNotContain("");
    }

    @Test
    void whoLetsNobodyWriteIsNotWrittenTo() {
        chat.closed.add(BOB);
        assertThat(deliver(letter("a", "hello")))
                .isInstanceOfSatisfying(
                        DeliveryOutcome.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("MessagesDisabled")
                                .doesNotContain("long story"));
        chat.down = true;
        assertThat(deliver(letter("b", "hello"))).isInstanceOf(DeliveryOutcome.Retry.class);
        assertThat(arrived()).isEmpty();
    }

    @Test
    void onlyBotsWriteLettersAndOnlyWhereTheyAreSetUp() {
        Ghost ghost = made(alice());
        NativeDraft draft = letter("a", "hello");
        var forged = new NativeDraft(Optional.of(ghost.id()), draft.copy(), draft.documents());
        assertThat(deliver(forged)).isInstanceOf(DeliveryOutcome.Refused.class);
        AtprotoConnector without = connector(Map.of());
        assertThat(without.capabilities().has(Trait.MESSAGES)).isFalse();
        assertThat(without.deliver(draft, new Destination(Network.ATPROTO, BOB.value())))
                .isInstanceOf(DeliveryOutcome.Refused.class);
        assertThat(arrived()).isEmpty();
        assertThat(Letter.of(draft(ghost, "3mfcb2bsk2k2a", post("hello")))).isEmpty();
    }
}
