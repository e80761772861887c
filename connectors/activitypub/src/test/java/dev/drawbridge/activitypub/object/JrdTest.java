package dev.drawbridge.activitypub.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JrdTest {
    @Test
    void whatIsWrittenIsReadAgain() {
        var jrd = new Jrd(
                "acct:alice@social.example",
                List.of("https://social.example/@alice"),
                List.of(
                        new Jrd.Link("self", "application/activity+json", "https://social.example/users/alice"),
                        new Jrd.Link("other", "", "https://social.example/")));
        assertThat(Jrd.read(Documents.parse(jrd.write()).found().orElseThrow())).contains(jrd);
        assertThat(jrd.self()).contains("https://social.example/users/alice");
    }

    @Test
    void withoutSubjectItIsNone() {
        assertThat(Jrd.read(Documents.parse("{\"links\":[]}").found().orElseThrow()))
                .isEmpty();
    }

    @Test
    void aSelfLinkToAWebPageIsNoActor() {
        var jrd = new Jrd("acct:a@b", List.of(), List.of(new Jrd.Link("self", "text/html", "https://b/")));
        assertThat(jrd.self()).isEmpty();
    }
}
