package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Nip05Test {
    @Test
    void readsNamesAndBareDomains() {
        assertThat(Nip05.tryParse("Carol@Site.example")).contains(new Nip05("carol", "site.example"));
        assertThat(Nip05.tryParse("site.example").map(Nip05::shown)).contains("site.example");
        assertThat(Nip05.tryParse("_@site.example").map(Nip05::shown)).contains("site.example");
        assertThat(new Nip05("a_b.c-d", "localhost:8080").shown()).isEqualTo("a_b.c-d@localhost:8080");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "a@", "@b", "a b@c", "a@b/c", "a@b@c", "ä@b", "a@-b", "a@b?x"})
    void refusesWhatIsNoName(String text) {
        assertThat(Nip05.tryParse(text)).isEmpty();
    }
}
