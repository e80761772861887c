package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an actor document says about being asked and carried.
class ProfileReaderTest {
    private static Profile read(String type, String more) {
        String document = """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"https://social.example/users/carol",
             "type":"%s","preferredUsername":"carol","inbox":"https://social.example/users/carol/inbox"%s}\
            """.formatted(type, more);
        return ProfileReader.read(Actor.read(Documents.parse(document).found().orElseThrow())
                .found()
                .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"memorial", "suspended"})
    void behindAnAccountThatIsOverStandsNobody(String flag) {
        assertThat(read("Person", ",\"" + flag + "\":true").signals()).containsExactly(ConsentSignal.NOBODY);
        assertThat(read("Person", ",\"" + flag + "\":false").signals()).isEmpty();
    }

    @Test
    void behindAGroupStandsNobodyAndBehindAPersonSomebody() {
        assertThat(read("Group", "").signals()).containsExactly(ConsentSignal.NOBODY);
        assertThat(read("Person", "").signals()).isEmpty();
    }

    @Test
    void aFactRefusesAsTheSelfDescriptionDoes() {
        Profile refusing = read(
                "Person",
                ",\"attachment\":[{\"type\":\"PropertyValue\",\"name\":\"Bridges\",\"value\":\"<p>#nobridge</p>\"},"
                        + "{\"type\":\"PropertyValue\",\"name\":\"#nobot\",\"value\":\"yes\"}]");
        assertThat(refusing.refusesBridging()).isTrue();
        assertThat(refusing.signals()).containsExactly(ConsentSignal.NO_BOTS);
        assertThat(read("Person", ",\"summary\":\"<p><a href='x'>#<span>NoBridge</span></a></p>\"")
                        .refusesBridging())
                .isTrue();
        assertThat(read("Person", ",\"bridgeable\":false").refusesBridging()).isTrue();
    }

    @Test
    void aFactThatIsNotShownRefusesToo() {
        String fact = "{\"type\":\"PropertyValue\",\"name\":\"%s\",\"value\":\"%s\"}";
        Profile nameless = read("Person", ",\"attachment\":[" + fact.formatted(" ", "<b>#nobridge</b>") + "]");
        assertThat(nameless.fields()).isEmpty();
        assertThat(nameless.refusesBridging()).isTrue();
        String many = (fact.formatted("Pronouns", "she") + ",").repeat(50);
        Profile last = read("Person", ",\"attachment\":[" + many + fact.formatted("Bots", "#nobot") + "]");
        assertThat(last.fields()).hasSize(50);
        assertThat(last.signals()).containsExactly(ConsentSignal.NO_BOTS);
        assertThat(last.refusesBridging()).isFalse();
    }
}
