package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandleNamesTest {
    private static InstanceInfo at(String domain) {
        return new InstanceInfo(URI.create("https://at." + domain), domain, "drawbridge", "1", "", false);
    }

    private static HandleDomains domains(Map<String, String> settings, String domain) {
        return HandleDomains.of(new ConnectorSettings(settings), at(domain));
    }

    private static List<String> names(Network network, String id, String handle) {
        NativeId origin = new NativeId(network, id);
        return new HandleNames(domains(Map.of(), "bridge.org"))
                .candidates(new GhostRequest(origin, Profile.bare(origin, handle))).stream()
                        .map(Handle::value)
                        .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "activitypub, @alice@social.example,      alice-social-example.ap.bridge.org",
        "activitypub, @alice_b.c@Social.Example,  alice-b-c-social-example.ap.bridge.org",
        "activitypub, @__a__@b.example,           a-b-example.ap.bridge.org",
        "activitypub, @jo@münchen.example,        jo-xn-mnchen-3ya-example.ap.bridge.org",
        "activitypub, https://b.example/users/x,  b-example-users-x.ap.bridge.org",
        "nostr,       carol@site.example,         carol-site-example.nostr.bridge.org",
        "nostr,       _@site.example,             site-example.nostr.bridge.org",
        "nostr,       ___,                        somebody.nostr.bridge.org",
        "nostr, npub1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq,"
                + " npub1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq.nostr.bridge.org",
    })
    void aHandleBecomesOneLabel(String network, String handle, String expected) {
        assertThat(names(new Network(network), "x", handle).getFirst()).isEqualTo(expected);
    }

    @Test
    void whatIsTakenGetsPartOfAHashThatIsAlwaysTheSame() {
        List<String> names = names(Network.ACTIVITYPUB, "https://b.example/a_b", "@a_b@b.example");
        assertThat(names).hasSize(3).doesNotHaveDuplicates();
        assertThat(names.get(1)).matches("a-b-b-example-[a-z2-7]{6}\\.ap\\.bridge\\.org");
        assertThat(names.get(2)).matches("a-b-b-example-[a-z2-7]{16}\\.ap\\.bridge\\.org");
        assertThat(names(Network.ACTIVITYPUB, "https://b.example/a_b", "@a_b@b.example"))
                .isEqualTo(names);
        assertThat(names(Network.ACTIVITYPUB, "https://b.example/a-b", "@a-b@b.example")
                        .get(1))
                .isNotEqualTo(names.get(1));
    }

    @Test
    void whatIsTooLongForALabelIsShortened() {
        String handle = "@" + "a".repeat(100) + "@b.example";
        assertThat(names(Network.ACTIVITYPUB, "x", handle))
                .allSatisfy(
                        name -> assertThat(name.substring(0, name.indexOf('.')).length())
                                .isLessThanOrEqualTo(63));
    }

    @Test
    void botsAreNamedForWhereTheyLead() {
        NativeId origin = Ghost.botOrigin(Network.NOSTR);
        assertThat(new HandleNames(domains(Map.of(), "bridge.org"))
                        .candidates(new GhostRequest(origin, Profile.bare(origin, "nostr"))))
                .containsExactly(new Handle("nostr-bot.bridge.org"));
    }

    @Test
    void domainsAreSettings() {
        HandleDomains one = domains(Map.of("handle-domain", "People.Example.org"), "bridge.org");
        assertThat(one.of(Network.NOSTR)).isEqualTo("people.example.org");
        assertThat(one.bots()).isEqualTo("people.example.org");
        HandleDomains mixed = domains(Map.of("handle-domains.nostr", "n.example.org"), "bridge.org");
        assertThat(mixed.of(Network.NOSTR)).isEqualTo("n.example.org");
        assertThat(mixed.of(Network.ACTIVITYPUB)).isEqualTo("ap.bridge.org");
        assertThat(mixed.covers("x.n.example.org")).isTrue();
        assertThat(mixed.covers("x.ap.bridge.org")).isTrue();
        assertThat(mixed.covers("nostr-bot.bridge.org")).isTrue();
        assertThat(mixed.covers("bridge.org")).isFalse();
        assertThat(mixed.covers("evilbridge.org")).isFalse();
    }

    @Test
    void anInstanceOnLocalhostHasHandlesForTests() {
        assertThat(domains(Map.of(), "localhost:8080").of(Network.NOSTR)).isEqualTo("drawbridge.test");
        assertThat(domains(Map.of(), "127.0.0.1:8080").bots()).isEqualTo("drawbridge.test");
    }
}
