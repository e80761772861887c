package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.Vectors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class CanonicalFormTest {
    private static final PublicKey KEY = new PublicKey("ab".repeat(32));

    @Test
    void escapesOnlyWhatNip01Names() {
        var event = new UnsignedEvent(
                KEY, 7, 1, List.of(Tag.of("t", "x\"y\\z"), Tag.of("-")), "a\"b\\c\n\r\t\b\f/\u007f\u2028é\u0001");

        assertThat(event.canonicalForm())
                .isEqualTo("[0,\"" + KEY.hex() + "\",7,1,[[\"t\",\"x\\\"y\\\\z\"],[\"-\"]],"
                        + "\"a\\\"b\\\\c\\n\\r\\t\\b\\f/\u007f\u2028é\\u0001\"]");
    }

    @Test
    void idIsTheHashOfTheCanonicalForm() {
        var event = new UnsignedEvent(
                new PublicKey("f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9"),
                1_700_000_000,
                1,
                List.of(),
                "hello");

        assertThat(event.id().hex()).isEqualTo("a9d53fee641fe563de947fa330a3b4902e52e249894660aaa521cd039e896128");
    }

    @TestFactory
    Stream<DynamicTest> agreesWithOthersOnOddText() {
        return Vectors.nostr("canonical-serialisation-own.json")
                .get("vectors")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest(v.get("name").asString(), () -> reads(v.get("event"))));
    }

    @TestFactory
    Stream<DynamicTest> acceptsTheSignedEventsOfTheNips() {
        return Vectors.nostr("nip-signed-events.json")
                .get("valid")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest("NIP-" + v.get("nip").asString(), () -> reads(v.get("event"))));
    }

    @TestFactory
    Stream<DynamicTest> refusesTheMisprintedEventsOfTheNips() {
        return Vectors.nostr("nip-signed-events.json")
                .get("invalid_as_printed")
                .valueStream()
                .map(v -> DynamicTest.dynamicTest("NIP-" + v.get("nip").asString(), () -> {
                    var problem =
                            EventReader.read(v.get("event").toString()).found().map(People.VERIFIER::problem);
                    assertThat(problem.isEmpty() || problem.get().isPresent()).isTrue();
                }));
    }

    private static void reads(JsonNode json) {
        Event event = EventReader.read(json.toString()).found().orElseThrow();
        assertThat(event.unsigned().id()).isEqualTo(event.id());
        assertThat(People.VERIFIER.problem(event)).isEmpty();
        assertThat(EventReader.read(event.json()).found()).contains(event);
    }
}
