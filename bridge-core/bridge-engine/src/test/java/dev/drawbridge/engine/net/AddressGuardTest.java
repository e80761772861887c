package dev.drawbridge.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private final Map<String, String[]> names = Map.of(
            "good.example", new String[] {"1.1.1.1", "2606:4700::1"},
            "mixed.example", new String[] {"10.0.0.1", "1.1.1.1", "::1"},
            "bad.example", new String[] {"192.168.0.1"});
    private final AddressGuard guard = new AddressGuard(this::lookUp, PublicAddresses::contains, false);

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void givesOnlyThePublicAddressesOfAName() throws UnknownHostException {
        assertThat(guard.resolve("good.example")).hasSize(2);
        assertThat(guard.resolve("mixed.example")).containsExactly(InetAddress.getByName("1.1.1.1"));
        assertThatExceptionOfType(ForbiddenAddressException.class).isThrownBy(() -> guard.resolve("bad.example"));
    }

    @Test
    void whatTheOperatorNamedMayBeNearButNeverInPlainText() throws Exception {
        try (var near = AddressGuard.near(false);
                var usual = AddressGuard.of(false)) {
            assertThat(near.resolve("127.0.0.1")).containsExactly(InetAddress.getByName("127.0.0.1"));
            assertThatExceptionOfType(ForbiddenAddressException.class).isThrownBy(() -> usual.resolve("127.0.0.1"));
            near.check(URI.create("https://10.0.0.1/"), "http");
            assertThatExceptionOfType(ForbiddenAddressException.class)
                    .isThrownBy(() -> near.check(URI.create("http://10.0.0.1/"), "http"));
        }
    }

    @Test
    void refusesANameWithAnyPrivateAddressForClientsThatChooseThemselves() {
        assertThatCode(() -> guard.requireAllReachable("good.example")).doesNotThrowAnyException();
        assertThatExceptionOfType(ForbiddenAddressException.class)
                .isThrownBy(() -> guard.requireAllReachable("mixed.example"));
    }

    @Test
    void saysWhenANameIsUnknown() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> guard.resolve("nowhere.example"))
                .isNotInstanceOf(ForbiddenAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://good.example/",
                "ftp://good.example/",
                "file:///etc/passwd",
                "wss://good.example/",
                "//good.example/",
                "/path",
                "https:///path",
                "https:opaque",
                "https://user:secret@good.example/",
                "https://user@good.example/",
                "https://good.example:22/",
                "https://good.example:25/",
                "https://good.example:0/",
                "https://good.example:65536/",
                "https://good_underscore.example/"
            })
    void refusesAddressesOfAnotherForm(String uri) {
        assertThatExceptionOfType(ForbiddenAddressException.class)
                .isThrownBy(() -> guard.check(URI.create(uri), "http"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://good.example", "HTTPS://Good.Example/x?y#z", "https://good.example:443/",
                "https://good.example:8443/", "https://[2606:4700::1]/", "https://1.1.1.1/"
            })
    void takesAddressesOfTheWeb(String uri) {
        assertThatCode(() -> guard.check(URI.create(uri), "http")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "2130706433", "0x7f000001", "017700000001", "127.1", "localhost", "[::1]", "::1"})
    void refusesEveryWayToWriteTheLoopbackAddress(String host) {
        try (var real = AddressGuard.of(false)) {
            // Some spellings are names to one resolver and numbers to the next; none may lead anywhere.
            assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> real.resolve(host));
        }
    }

    @Test
    void loopbackModeAllowsPlainTextAndPrivateAddresses() {
        try (var open = AddressGuard.of(true)) {
            assertThatCode(() -> open.check(URI.create("http://127.0.0.1:8080/"), "http"))
                    .doesNotThrowAnyException();
            assertThatCode(() -> open.check(URI.create("ws://127.0.0.1:8080/"), "ws"))
                    .doesNotThrowAnyException();
            assertThatCode(() -> open.resolve("127.0.0.1")).doesNotThrowAnyException();
            assertThatExceptionOfType(ForbiddenAddressException.class)
                    .isThrownBy(() -> open.check(URI.create("ws://127.0.0.1:8080/"), "http"));
        }
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        String[] found = names.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        var addresses = new InetAddress[found.length];
        for (int i = 0; i < found.length; i++) {
            addresses[i] = InetAddress.getByName(found[i]);
        }
        return addresses;
    }
}
