package dev.drawbridge.atproto.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What records of `org.user-intents.declaration` mean, by themselves and beside a profile.
class UserIntentsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String INTENTS = "org.user-intents.declaration";
    private final AtprotoTranslator translator = new AtprotoTranslator();

    private Translation<List<Activity>> read(String collection, String rkey, String record, String beside) {
        String document = """
            {"did":"did:plc:bbbbbbbbbbbbbbbbbbbbbbbb","collection":"%s","rkey":"%s","operation":"create",
             "cid":"bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq","time":"2026-03-01T11:59:59Z",
             "record":{"$type":"%s",%s}%s}\
            """.formatted(collection, rkey, collection, record, beside);
        var decoded = (Translation.Translated<NativeEvent>) translator.decode(document, NOW);
        return translator.toCanonical(decoded.value(), Resolved.NOTHING, NOW);
    }

    private Translation<List<Activity>> declared(String rkey, String bridging) {
        return read(INTENTS, rkey, "\"protocolBridging\":" + bridging, "");
    }

    private static Profile shown(Translation<List<Activity>> read) {
        var activities = ((Translation.Translated<List<Activity>>) read).value();
        return ((Activity.ProfileUpdate) activities.getFirst()).profile();
    }

    @Test
    void aDeclarationAgainstBridgingIsAProfileThatRefuses() {
        Profile refusing = shown(declared("self", "{\"allow\":false}"));
        assertThat(refusing.refusesBridging()).isTrue();
        assertThat(refusing.signals()).containsExactly(ConsentSignal.DECLARES_NO_BRIDGING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"allow\":true}", "{}", "{\"allow\":\"false\"}", "false", "[]"})
    void aDeclarationThatDoesNotRefuseSaysNothing(String bridging) {
        assertThat(declared("self", bridging)).isInstanceOf(Translation.Skipped.class);
    }

    @Test
    void whatIsDeclaredForAServiceOfOthersIsNotForUs() {
        assertThat(declared("did:web:others.example", "{\"allow\":false}")).isInstanceOf(Translation.Skipped.class);
    }

    @Test
    void besideAProfileItRefusesAndNeverAllows() {
        String no = ",\"intents\":{\"protocolBridging\":{\"allow\":false}}";
        String yes = no.replace("false", "true");
        String profile = "app.bsky.actor.profile";
        Profile refusing = shown(read(profile, "self", "\"displayName\":\"Bob\"", no));
        assertThat(refusing.displayName()).isEqualTo("Bob");
        assertThat(refusing.refusesBridging()).isTrue();
        assertThat(refusing.signals()).containsExactly(ConsentSignal.DECLARES_NO_BRIDGING);
        assertThat(shown(read(profile, "self", "\"displayName\":\"Bob\"", yes)).refusesBridging())
                .isFalse();
        assertThat(shown(read(profile, "self", "\"description\":\"#nobridge\"", yes))
                        .refusesBridging())
                .isTrue();
    }
}
