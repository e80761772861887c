package dev.drawbridge.activitypub.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupAnnounceTest {
    private static final String CREATE = """
        {"type":"Create","id":"https://a.example/c/1","actor":"https://a.example/u/carl",
         "object":{"type":"Page","id":"https://a.example/post/1","name":"forged?"}}\
        """;

    private static As2 announce(String inner) {
        return Documents.parse("{\"type\":\"Announce\",\"id\":\"https://a.example/x/1\","
                        + "\"actor\":\"https://a.example/c/main\"," + "\"object\":" + inner + "}")
                .found()
                .orElseThrow();
    }

    @Test
    void whatAMemberMadeIsToBeConfirmedWhereItIs() {
        var found = GroupAnnounce.read(announce(CREATE)).orElseThrow();
        assertThat(found.confirmAt()).isEqualTo("https://a.example/post/1");
        assertThat(found.activity().ref("actor")).contains("https://a.example/u/carl");
        var gone = announce(CREATE.replace("Create", "Delete"));
        assertThat(GroupAnnounce.read(gone).orElseThrow().activity().type()).isEqualTo("Delete");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"https://a.example/post/1\"",
                "{\"type\":\"Note\",\"id\":\"https://a.example/post/1\"}",
                "{\"type\":\"Like\",\"actor\":\"https://a.example/u/carl\",\"object\":\"https://a.example/post/1\"}",
                "{\"type\":\"Update\",\"actor\":\"https://a.example/u/carl\",\"object\":\"https://a.example/post/1\"}",
                "{\"type\":\"Announce\",\"actor\":\"https://a.example/c\",\"object\":\"https://a.example/post/1\"}",
                "{\"type\":\"Create\",\"actor\":\"https://b.example/u/carl\",\"object\":\"https://a.example/post/1\"}",
                "{\"type\":\"Delete\",\"actor\":\"https://a.example/u/carl\",\"object\":\"https://a.example/u/carl\"}",
                "{\"type\":\"Create\",\"object\":\"https://a.example/post/1\"}",
                "{}"
            })
    void anythingElseIsNot(String inner) {
        assertThat(GroupAnnounce.read(announce(inner))).isEmpty();
    }

    @Test
    void onlyAnAnnounceWraps() {
        assertThat(GroupAnnounce.read(Documents.parse(CREATE).found().orElseThrow()))
                .isEmpty();
    }
}
