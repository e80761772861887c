package dev.drawbridge.config.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
    @Test
    void aFixedPathMatchesItselfAlone() {
        var template = new PathTemplate("/.well-known/webfinger");
        assertThat(template.match("/.well-known/webfinger")).contains(Map.of());
        assertThat(template.match("/.well-known/webfinger/")).isEmpty();
        assertThat(template.match("/.well-known/webfingers")).isEmpty();
        assertThat(template.match("/")).isEmpty();
    }

    @Test
    void theRootMatchesTheRootAlone() {
        var template = new PathTemplate("/");
        assertThat(template.match("/")).contains(Map.of());
        assertThat(template.match("/a")).isEmpty();
    }

    @Test
    void aVariableIsOneSegmentDecoded() {
        var template = new PathTemplate("/ap/{actor}/inbox");
        assertThat(template.match("/ap/at%3A%2F%2Fdid%3Aplc%3Aa+b/inbox"))
                .contains(Map.of("actor", "at://did:plc:a+b"));
        assertThat(template.match("/ap//inbox")).isEmpty();
        assertThat(template.match("/ap/a/b/inbox")).isEmpty();
    }

    @Test
    void aRestTakesSlashesToo() {
        var template = new PathTemplate("/files/{*rest}");
        assertThat(template.match("/files/a/b%20c")).contains(Map.of("rest", "a/b c"));
        assertThat(template.match("/files/")).contains(Map.of("rest", ""));
        assertThat(template.match("/other/a")).isEmpty();
    }

    @Test
    void aBrokenEscapeIsTakenAsItIs() {
        assertThat(new PathTemplate("/a/{b}").match("/a/100%")).contains(Map.of("b", "100%"));
    }

    @Test
    void ourOwnMistakesAreLoud() {
        assertThatThrownBy(() -> new PathTemplate("no-slash")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PathTemplate("/{*rest}/more")).isInstanceOf(IllegalArgumentException.class);
    }
}
