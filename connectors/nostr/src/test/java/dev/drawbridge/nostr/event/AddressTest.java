package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    private static final PublicKey KEY = new PublicKey("ab".repeat(32));

    @Test
    void readsWhatItWrites() {
        for (String d : new String[] {"", "essay", "a:b", "ü"}) {
            var address = new Address(Kind.ARTICLE, KEY, d);
            assertThat(Address.tryParse(address.toString())).contains(address);
        }
        assertThat(Address.tryParse("0:" + KEY.hex() + ":")).contains(new Address(0, KEY, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30023",
                "30023:abc:x",
                "1:abababababababababababababababababababababababababababababababab:x",
                "99999:abababababababababababababababababababababababababababababababab:x",
                "-3:abababababababababababababababababababababababababababababababab:x",
                "999999999999:abababababababababababababababababababababababababababababababab:x",
                ":abababababababababababababababababababababababababababababababab:x"
            })
    void refusesEverythingElse(String text) {
        assertThat(Address.tryParse(text)).isEmpty();
    }

    @Test
    void notesHaveNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Address(Kind.NOTE, KEY, ""));
    }
}
