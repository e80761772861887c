package dev.drawbridge.activitypub.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionSynchronizationTest {
    private static final String ACTOR = "https://social.example/users/alice";
    private static final String DIGEST = "c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f";
    private static final String HEADER =
            "collectionId=\"%s/followers\", url=\"%s/followers_synchronization\", digest=\"%s\""
                    .formatted(ACTOR, ACTOR, DIGEST);

    @Test
    void theDigestIsThatOfTheProposal() {
        var ids = List.of("https://testing.example.org/users/1", "https://testing.example.org/users/2");
        assertThat(CollectionSynchronization.digestOf(ids)).isEqualTo(DIGEST);
        assertThat(CollectionSynchronization.digestOf(ids.reversed())).isEqualTo(DIGEST);
        assertThat(CollectionSynchronization.digestOf(List.of())).isEqualTo("0".repeat(64));
    }

    @Test
    void whatIsWrittenIsRead() {
        var read = CollectionSynchronization.read(HEADER, ACTOR).orElseThrow();
        assertThat(read)
                .isEqualTo(new CollectionSynchronization(
                        ACTOR + "/followers", ACTOR + "/followers_synchronization", DIGEST));
        assertThat(read.header()).isEqualTo(HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "collectionId=\"https://social.example/f\", url=\"https://social.example/f\"",
                "collectionId=\"https://social.example/f\", url=\"https://evil.example/f\", digest=\"D\"",
                "collectionId=\"https://evil.example/f\", url=\"https://social.example/f\", digest=\"D\"",
                "collectionId=\"https://social.example/f\", url=\"javascript:alert(1)\", digest=\"D\"",
                "collectionId=\"https://social.example/f\", url=\"https://social.example/f\", digest=\"zz\"",
            })
    void whatIsNotTheActorsIsIgnored(String header) {
        assertThat(CollectionSynchronization.read(header.replace("\"D\"", '"' + DIGEST + '"'), ACTOR))
                .isEmpty();
    }
}
