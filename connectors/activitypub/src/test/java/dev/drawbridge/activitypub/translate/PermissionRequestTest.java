package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever asks for a permission asks for something of their own: a stamp for a stranger's note would be theirs to
/// show.
class PermissionRequestTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private final ActivityPubTranslator translator =
            new ActivityPubTranslator(new CopyIds("https://ap.bridge.example"));

    private Translation<List<Activity>> read(String type, String instrument) {
        String body = """
            {"id":"https://social.example/requests/1","type":"%s","actor":"https://social.example/users/alice",
             "object":"https://ap.bridge.example/ap/objects/nostr/x","instrument":"%s"}
            """.formatted(type, instrument);
        var event = ((Translation.Translated<NativeEvent>) translator.decode(body, NOW)).value();
        return translator.toCanonical(event, Resolved.NOTHING, NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"QuoteRequest", "ReplyRequest", "LikeRequest", "AnnounceRequest"})
    void nobodyAsksForAnothersNote(String type) {
        assertThat(read(type, "https://social.example/notes/1")).isInstanceOf(Translation.Translated.class);
        assertThat(read(type, "https://victim.example/notes/1"))
                .isInstanceOfSatisfying(
                        Translation.Malformed.class, m -> assertThat(m.field()).isEqualTo("instrument"));
    }
}
