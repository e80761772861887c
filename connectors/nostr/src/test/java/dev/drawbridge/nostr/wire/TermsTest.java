package dev.drawbridge.nostr.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermsTest {
    private static Optional<Terms> read(String json) {
        return Terms.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatARelayCanBear() {
        assertThat(read("""
            {"supported_nips":[1,11,77,"x"],
             "limitation":{"max_message_length":70000,"max_subscriptions":10,"max_limit":200}}\
            """)).contains(new Terms(70_000, 10, 200, Set.of(1, 11, 77)));
    }

    @Test
    void whatIsNotSaidIsAsUsual() {
        assertThat(read("{}")).contains(Terms.USUAL);
        assertThat(read("{\"limitation\":{\"max_limit\":\"many\"},\"supported_nips\":{}}"))
                .contains(Terms.USUAL);
    }

    @Test
    void whatNobodyCouldWorkWithIsNotBelieved() {
        assertThat(read("{\"limitation\":{\"max_message_length\":-1,\"max_subscriptions\":0,\"max_limit\":0}}"))
                .contains(new Terms(2_000, 3, 10, Set.of()));
        assertThat(read("{\"limitation\":{\"max_message_length\":2000000000,\"max_limit\":1000000}}"))
                .contains(new Terms(128_000, 20, 500, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html>", "null", "{\"limitation\":"})
    void anythingElseIsNoAnswer(String text) {
        assertThat(read(text)).isEmpty();
    }
}
