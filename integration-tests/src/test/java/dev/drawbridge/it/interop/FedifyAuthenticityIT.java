package dev.drawbridge.it.interop;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.sides.Person;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom the bridge believes: both kinds of signatures on requests, signatures inside of activities, and forgeries of
/// each.
class FedifyAuthenticityIT extends FedifyFixture {
    @ParameterizedTest
    @ValueSource(strings = {"cavage", "rfc9421"})
    void bothKindsOfSignaturesAreTaken(String kind) {
        Person anna = author();
        String token = token();

        assertThat(raw(anna, note(anna, token), Map.of("spec", kind))).isEqualTo(202);
        eventually(() -> assertThat(copies(token)).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "spec, none",
        "tamper, body",
        "tamper, digest",
        "skewSeconds, -46800",
        "skewSeconds, 46800",
        "dropHeader, digest",
    })
    void aForgeryIsRefusedAndNothingComesOfIt(String how, String value) {
        Person anna = author();
        String forged = token();

        assertThat(raw(anna, note(anna, forged), Map.of(how, typed(value)))).isEqualTo(401);
        nothingCame(anna, forged);
    }

    /// It may be the new key of somebody who changed theirs, so it can be taken first and looked at afterwards.
    @Test
    void nothingComesOfASignatureByAnotherKey() {
        Person anna = author();
        String forged = token();

        assertThat(raw(anna, note(anna, forged), Map.of("wrongKey", true))).isIn(401, 202);
        nothingCame(anna, forged);
    }

    @Test
    void nobodySpeaksForSomebodyElse() {
        Person anna = author();
        Person mallory = author();
        String forged = token();

        raw(mallory, note(anna, forged), Map.of());
        nothingCame(anna, forged);
    }

    @Test
    void aNoteThatIsSaidToBeOnAnotherServerDoesNotCross() {
        Person anna = author();
        String forged = token();
        var create = note(anna, forged);
        var elsewhere = new LinkedHashMap<String, Object>(object(create));
        elsewhere.put("id", "https://elsewhere.example/notes/" + forged);
        create.put("object", elsewhere);

        raw(anna, create, Map.of());
        nothingCame(anna, forged);
    }

    @Test
    void whatIsSentTwiceCrossesOnce() {
        Person anna = author();
        String token = token();
        var create = note(anna, token);

        assertThat(raw(anna, create, Map.of())).isEqualTo(202);
        assertThat(raw(anna, create, Map.of("spec", "rfc9421"))).isEqualTo(202);
        String next = token();
        assertThat(raw(anna, note(anna, next), Map.of())).isEqualTo(202);
        eventually(() -> assertThat(copies(next)).hasSize(1));
        assertThat(copies(token)).hasSize(1);
    }

    @Test
    void aSignatureInsideIsEnough() {
        Person anna = author();
        String token = token();

        assertThat(raw(anna, note(anna, token), Map.of("spec", "none", "ldSignature", true)))
                .isEqualTo(202);
        eventually(() -> assertThat(copies(token)).hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cavage", "rfc9421"})
    void whatSomebodyElseBringsIsTakenWithASignatureInside(String kind) {
        Person anna = author();
        Person messenger = fediverse.join(name());
        String token = token();
        var signed = peer.signed(anna.name(), note(anna, token));

        assertThat(raw(messenger, signed, Map.of("spec", kind))).isEqualTo(202);
        eventually(() -> assertThat(copies(token)).hasSize(1));
    }

    @Test
    void aSignatureInsideThatDoesNotFitIsWorthNothing() {
        Person anna = author();
        Person messenger = fediverse.join(name());
        String forged = token();
        var signed = peer.signed(anna.name(), note(anna, "genuine"));
        var note = new LinkedHashMap<String, Object>(object(signed));
        note.put("content", "<p>" + forged + "</p>");
        signed.put("object", note);

        raw(messenger, signed, Map.of());
        raw(messenger, signed, Map.of("spec", "none"));
        raw(anna, note(anna, forged), Map.of("spec", "none", "ldSignature", true, "wrongKey", true));
        nothingCame(anna, forged);
    }

    @Test
    void aPostForFollowersIsNotMadePublicOnItsWay() {
        Person anna = author();
        String secret = token();
        var create = note(anna, secret);
        create.put("to", List.of(anna.id() + "/followers"));
        var narrowed = new LinkedHashMap<String, Object>(object(create));
        narrowed.put("to", List.of(anna.id() + "/followers"));
        create.put("object", narrowed);
        var signed = peer.signed(anna.name(), create);
        var widened = new LinkedHashMap<String, Object>(object(signed));
        widened.put("to", List.of(anna.id() + "/followers", "Public"));
        signed.put("object", widened);
        signed.put("to", List.of(anna.id() + "/followers", "Public"));

        assertThat(raw(anna, signed, Map.of("spec", "none"))).isEqualTo(202);
        nothingCame(anna, secret);
    }
}
