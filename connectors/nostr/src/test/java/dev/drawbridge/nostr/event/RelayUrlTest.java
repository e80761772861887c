package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayUrlTest {
    @ParameterizedTest
    @CsvSource({
        "wss://relay.example, wss://relay.example/",
        "WSS://Relay.Example:443/, wss://relay.example/",
        "wss://relay.example/inbox/, wss://relay.example/inbox",
        "wss://relay.example//, wss://relay.example/",
        "ws://127.0.0.1:7777, ws://127.0.0.1:7777/",
        "ws://relay.example:80, ws://relay.example/",
        "wss://relay.example?x=1, wss://relay.example/?x=1",
        "wss://relay.example/#a, wss://relay.example/"
    })
    void writesAnAddressInOneWay(String text, String normal) {
        assertThat(RelayUrl.tryParse(text).map(RelayUrl::value)).contains(normal);
        assertThat(RelayUrl.tryParse(normal).map(RelayUrl::value)).contains(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "relay.example",
                "https://relay.example",
                "wss://",
                "wss:///x",
                "wss://u:p@relay.example",
                "wss://relay example",
                "javascript:x",
                "wss://[::1"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThat(RelayUrl.tryParse(text)).isEmpty();
    }

    @Test
    void refusesEndlessAddresses() {
        assertThat(RelayUrl.tryParse("wss://relay.example/" + "x".repeat(300))).isEmpty();
    }

    @Test
    void standsBesideThePages() {
        assertThat(RelayUrl.besideWeb(URI.create("https://nostr.bridge.example"))
                        .value())
                .isEqualTo("wss://nostr.bridge.example/");
        assertThat(RelayUrl.besideWeb(URI.create("http://localhost:8080")).value())
                .isEqualTo("ws://localhost:8080/");
        assertThatIllegalArgumentException().isThrownBy(() -> RelayUrl.besideWeb(URI.create("ftp://x")));
    }
}
