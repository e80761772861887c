package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.http.Negotiation.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Servers.
                "application/activity+json | ACTIVITY",
                "application/activity+json, application/ld+json | ACTIVITY",
                "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\" | LINKED_DATA",
                "application/ld+json;profile=\"https://www.w3.org/ns/activitystreams\";q=0.9,application/json;q=0.1"
                        + " | LINKED_DATA",
                "application/ld+json | LINKED_DATA",
                "application/json | ACTIVITY",
                "APPLICATION/Activity+JSON | ACTIVITY",
                "*/* | ACTIVITY",
                "application/* | ACTIVITY",
                "application/activity+json, text/html;q=0.1 | ACTIVITY",
                "text/html, application/activity+json | ACTIVITY",
                // Browsers.
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8 | PAGE",
                "text/html | PAGE",
                "text/* | PAGE",
                "application/xhtml+xml | PAGE",
                "text/html;q=0.9, application/activity+json;q=0.8 | PAGE",
                "text/html; q=1.0, */*; q=0.1 | PAGE",
                "application/activity+json;q=0, */* | LINKED_DATA",
                "application/*;q=0, text/html;q=0.001 | PAGE",
            })
    void theFormLikedMostIsServed(String accept, Form form) {
        assertThat(Negotiation.form(accept)).isEqualTo(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                ";;;",
                "/",
                "image/png",
                "text/html;q=0",
                "text/html;q=2",
                "text/html;q=-1",
                "\"",
                "a\"b,c",
                "application/ld+json; profile=\"https://other.example/\"",
            })
    void whateverElseIsAskedTheDocumentIsServedOrAPageIfItIsNamed(String accept) {
        Form form = Negotiation.form(accept);
        assertThat(form).isEqualTo(accept.matches("text/html;q=(2|-1)") ? Form.PAGE : Form.ACTIVITY);
    }

    @Test
    void aListWithoutEndIsNotReadToItsEnd() {
        assertThat(Negotiation.form("a/b,".repeat(100) + "text/html")).isEqualTo(Form.ACTIVITY);
        assertThat(Negotiation.form("text/html," + "x".repeat(10_000))).isEqualTo(Form.ACTIVITY);
        assertThat(Negotiation.form("text/html," + "a/b,".repeat(60))).isEqualTo(Form.PAGE);
    }
}
