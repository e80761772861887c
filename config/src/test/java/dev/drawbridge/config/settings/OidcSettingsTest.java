package dev.drawbridge.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.console.oidc.Admission;
import dev.drawbridge.console.oidc.OidcClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A provider of operators is set as a whole, or not at all.
class OidcSettingsTest {
    private static final String BLOCK = "drawbridge.console.oidc.";

    private static Optional<OidcClient> read(Map<String, String> oidc) {
        var all = new HashMap<String, String>();
        all.put("drawbridge.domain", "bridge.example");
        oidc.forEach((key, value) -> all.put(key.contains(".") ? key : BLOCK + key, value));
        return new SettingsReader(List.of(), Map.of()).values(all).oidc();
    }

    private static List<String> mistakes(Map<String, String> oidc) {
        var wrong = catchThrowableOfType(WrongSettings.class, () -> read(oidc));
        assertThat(wrong).isNotNull();
        return wrong.errors().stream()
                .map(e -> e.key().replace(BLOCK, "") + " " + e.problem())
                .toList();
    }

    @Test
    void withoutSettingsThereIsNone() {
        assertThat(read(Map.of())).isEmpty();
    }

    @Test
    void aWholeOneIsRead() {
        assertThat(read(Map.of(
                        "issuer", "https://login.example/realms/home",
                        "client-id", "drawbridge",
                        "client-secret", "s3cret",
                        "allow", "email:Op@bridge.example, group:bridge admins, sub: 248",
                        "scopes", "groups, email")))
                .contains(new OidcClient(
                        "https://login.example/realms/home",
                        "drawbridge",
                        Optional.of("s3cret"),
                        List.of(
                                new Admission.Email("op@bridge.example"),
                                new Admission.Group("bridge admins"),
                                new Admission.Subject("248")),
                        List.of("email", "groups"),
                        false));
        assertThat(read(Map.of(
                        "issuer", "https://login.example",
                        "client-id", "drawbridge",
                        "allow", "sub:248",
                        "private-address", "true")))
                .hasValueSatisfying(client -> {
                    assertThat(client.secret()).isEmpty();
                    assertThat(client.scopes()).isEmpty();
                    assertThat(client.near()).isTrue();
                });
    }

    @Test
    void halfOfItIsAMistake() {
        assertThat(mistakes(Map.of("client-id", "drawbridge", "client-secret", "s3cret")))
                .containsExactly("issuer is missing: without it " + BLOCK + "client-id means nothing");
        assertThat(mistakes(Map.of("issuer", "https://login.example")))
                .containsExactlyInAnyOrder(
                        "client-id is missing: what the provider calls this instance",
                        "allow is missing: nobody would be let in");
    }

    @Test
    void whatMeansNothingIsAMistake() {
        for (String issuer : List.of(
                "http://login.example",
                "login.example",
                "https://login.example?realm=1",
                "https://login.example#x",
                "https://user@login.example",
                "https:///realms",
                "https://login example")) {
            assertThat(mistakes(Map.of("issuer", issuer, "client-id", "d", "allow", "sub:1")))
                    .as(issuer)
                    .singleElement()
                    .asString()
                    .startsWith("issuer is not what a provider calls itself");
        }
        assertThat(read(Map.of(
                        "issuer", "http://localhost:9000",
                        "client-id", "d",
                        "allow", "sub:1",
                        "drawbridge.dev.loopback", "true")))
                .isPresent();
        assertThat(mistakes(Map.of(
                        "issuer", "https://login.example",
                        "client-id", "d",
                        "allow", "op, email:op, role:x, sub:, group:ok",
                        "scopes", "two words")))
                .hasSize(5)
                .anySatisfy(m -> assertThat(m).endsWith("group:…: op"))
                .anySatisfy(m -> assertThat(m).endsWith(": email:op"))
                .anySatisfy(m -> assertThat(m).endsWith(": role:x"))
                .anySatisfy(m -> assertThat(m).endsWith(": sub:"))
                .anySatisfy(m -> assertThat(m).endsWith("no scope: two words"));
    }

    @Test
    void theSecretIsInNoTextOfIt() {
        assertThat(read(Map.of(
                                "issuer",
                                "https://l.example",
                                "client-id",
                                "d",
                                "client-secret",
                                "s3cret",
                                "allow",
                                "sub:1"))
                        .orElseThrow()
                        .toString())
                .doesNotContain("s3cret");
    }
}
