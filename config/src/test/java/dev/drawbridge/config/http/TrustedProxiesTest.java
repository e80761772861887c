package dev.drawbridge.config.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    @Test
    void aBlockContainsWhatItsBitsSay() {
        var proxies = new TrustedProxies(List.of("10.1.2.0/23", "192.0.2.7", "2001:db8::/32"));
        assertThat(proxies.trusts("10.1.3.255")).isTrue();
        assertThat(proxies.trusts("10.1.4.0")).isFalse();
        assertThat(proxies.trusts("192.0.2.7")).isTrue();
        assertThat(proxies.trusts("192.0.2.8")).isFalse();
        assertThat(proxies.trusts("2001:db8:1::1")).isTrue();
        assertThat(proxies.trusts("2001:db9::1")).isFalse();
    }

    @Test
    void nobodyIsTrustedByDefault() {
        assertThat(new TrustedProxies(List.of()).trusts("127.0.0.1")).isFalse();
    }

    @Test
    void aNameIsNeverTrustedNorLookedUp() {
        assertThat(new TrustedProxies(List.of("127.0.0.1")).trusts("localhost")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/a", "", "::/129"})
    void whatIsNotABlockIsRefused(String text) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(text))).isInstanceOf(IllegalArgumentException.class);
    }
}
