package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.drawbridge.nostr.People;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final Event NOTE = new People().person("alice").note(100, "hi \"you\"", Tag.of("t", "x"));

    static List<ClientMessage> clientMessages() {
        return List.of(
                new ClientMessage.Publish(NOTE),
                new ClientMessage.Request("a\"b", List.of(Filter.ANY.kinds(List.of(1)), Filter.ANY)),
                new ClientMessage.Close("s"));
    }

    static List<RelayMessage> relayMessages() {
        return List.of(
                new RelayMessage.Sent("s", NOTE),
                new RelayMessage.Ok(NOTE.id().hex(), false, "blocked: \"no\""),
                new RelayMessage.EndOfStored("s", false),
                new RelayMessage.EndOfStored("s", true),
                new RelayMessage.Closed("s", "error: shut down"),
                new RelayMessage.Notice("hello"),
                new RelayMessage.Challenge("abc"));
    }

    @ParameterizedTest
    @MethodSource("clientMessages")
    void aRelayReadsWhatAClientWrote(ClientMessage message) {
        assertThat(ClientMessage.read(message.json())).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("relayMessages")
    void aClientReadsWhatARelayWrote(RelayMessage message) {
        assertThat(RelayMessage.read(message.json())).isEqualTo(new Reading.Read<>(message));
    }

    @Test
    void aRefusedEventKeepsItsId() {
        String text = new ClientMessage.Publish(NOTE).json().replace("\"kind\":1", "\"kind\":-1");

        assertThat(ClientMessage.read(text)).isInstanceOfSatisfying(ClientMessage.BadEvent.class, bad -> {
            assertThat(bad.id()).isEqualTo(NOTE.id().hex());
            assertThat(bad.detail()).isEqualTo("kind: out of range");
        });
    }

    @Test
    void comparisonsAndCountsReadBackWhatTheyWrite() {
        Filter filter = Filter.ANY.kinds(List.of(1)).search(SearchQuery.of("cats \"dogs\""));
        for (ClientMessage message : List.of(
                new ClientMessage.Count("c", List.of(filter, Filter.ANY)),
                new ClientMessage.NegOpen("n", filter, "6100"),
                new ClientMessage.NegNext("n", ""),
                new ClientMessage.NegClose("n"))) {
            assertThat(ClientMessage.read(message.json())).isEqualTo(message);
        }
        for (RelayMessage message : List.of(
                new RelayMessage.Counted("c", 7, false),
                new RelayMessage.Counted("c", 100, true),
                new RelayMessage.NegAnswer("n", "61"),
                new RelayMessage.NegError("n", "blocked: too much"))) {
            assertThat(RelayMessage.read(message.json()).found()).contains(message);
        }
        assertThat(RelayMessage.read("[\"COUNT\",\"c\",{\"hll\":\"00\",\"count\":3,\"approximate\":true}]")
                        .found())
                .contains(new RelayMessage.Counted("c", 3, true));
        assertThat(RelayMessage.read("[\"COUNT\",\"c\",{\"count\":3,\"approximate\":[1]}]")
                        .found())
                .contains(new RelayMessage.Counted("c", 3, false));
        assertThat(RelayMessage.read("[\"COUNT\",\"c\",{}]").found()).isEmpty();
        assertThat(RelayMessage.read("[\"NEG-MSG\",\"n\",\"6G\"]").found())
                .as("an answer that cannot be read ends the comparison")
                .contains(new RelayMessage.NegError("n", "invalid: not lower-case hexadecimal"));
    }

    @Test
    void aRefusedComparisonKeepsItsName() {
        for (String rest : List.of("", ",{}", ",{},\"6\"", ",{},\"zz\"", ",{\"x\":1},\"61\"", ",{},\"61\",1")) {
            assertThat(ClientMessage.read("[\"NEG-OPEN\",\"n\"" + rest + "]"))
                    .as(rest)
                    .isInstanceOfSatisfying(
                            ClientMessage.BadComparison.class,
                            bad -> assertThat(bad.subscription()).isEqualTo("n"));
        }
        assertThat(ClientMessage.read("[\"NEG-CLOSE\",\"" + "n".repeat(65) + "\"]"))
                .isInstanceOf(ClientMessage.BadComparison.class);
    }

    @Test
    void aRefusedRequestKeepsItsName() {
        assertThat(ClientMessage.read("[\"REQ\",\"s\",{\"ids\":[\"x\"]}]"))
                .isInstanceOfSatisfying(ClientMessage.BadRequest.class, bad -> {
                    assertThat(bad.subscription()).isEqualTo("s");
                    assertThat(bad.unknownElements()).isFalse();
                });
        assertThat(ClientMessage.read("[\"REQ\",\"s\",{\"since_id\":\"x\"}]"))
                .isInstanceOfSatisfying(
                        ClientMessage.BadRequest.class,
                        bad -> assertThat(bad.unknownElements()).isTrue());
        assertThat(ClientMessage.read("[\"REQ\",\"s\"]")).isInstanceOf(ClientMessage.BadRequest.class);
        assertThat(ClientMessage.read("[\"REQ\",\"" + "s".repeat(65) + "\",{}]"))
                .isInstanceOf(ClientMessage.BadRequest.class);
        assertThat(ClientMessage.read("[\"REQ\",\"\",{}]")).isInstanceOf(ClientMessage.BadRequest.class);
        assertThat(ClientMessage.read("[\"REQ\",\"s\"" + ",{}".repeat(21) + "]"))
                .isInstanceOf(ClientMessage.BadRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "[]",
                "[1]",
                "[\"WHAT\",1]",
                "[\"CLOSE\"]",
                "[\"CLOSE\",\"a\",1]",
                "[[[[[[[[[[",
                "[\"CLOSE\",\"a\"]x"
            })
    void nothingAClientSendsThrows(String text) {
        assertThat(ClientMessage.read(text)).isInstanceOf(ClientMessage.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "[\"OK\",\"x\",1,\"\"]",
                "[\"EVENT\",\"s\",{}]",
                "[\"EOSE\"]",
                "[\"WHAT\"]",
                "[\"EOSE\",\"s\""
            })
    void nothingARelaySendsThrows(String text) {
        assertThat(RelayMessage.read(text)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void toleratesWhatRelaysAddOrLeaveOut() {
        assertThat(RelayMessage.read("[\"OK\",\"x\",true]").found()).contains(new RelayMessage.Ok("x", true, ""));
        assertThat(RelayMessage.read("[\"EOSE\",\"s\",{\"more\":1},2]").found())
                .contains(new RelayMessage.EndOfStored("s", false));
    }

    @Test
    void doesNotSendWhatIsOnlyReceived() {
        assertThatIllegalStateException().isThrownBy(() -> new ClientMessage.Unknown("x").json());
    }
}
