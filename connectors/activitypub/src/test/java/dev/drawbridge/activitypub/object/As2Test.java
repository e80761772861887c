package dev.drawbridge.activitypub.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class As2Test {
    private static As2 read(String json) {
        return Documents.parse(json.replace('\'', '"')).found().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'to':'https://a.example/1'}",
                "{'to':['https://a.example/1']}",
                "{'to':{'id':'https://a.example/1','type':'Person'}}",
                "{'to':[{'id':'https://a.example/1'}]}",
                "{'to':[null,{'@id':'https://a.example/1'}]}",
                "{'to':{'type':'Link','href':'https://a.example/1'}}",
            })
    void aReferenceIsReadInEveryShape(String json) {
        assertThat(read(json).refs("to")).containsExactly("https://a.example/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'to':null}", "{'to':[]}", "{'to':[null]}", "{'to':{}}", "{'to':1}", "{'to':''}"})
    void whatIsNotThereIsEmpty(String json) {
        assertThat(read(json).refs("to")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'Note'}",
                "{'type':['Note']}",
                "{'@type':'as:Note'}",
                "{'type':'https://www.w3.org/ns/activitystreams#Note'}",
                "{'type':['Note','Other']}",
            })
    void aTypeIsReadInEveryShape(String json) {
        assertThat(read(json).type()).isEqualTo("Note");
        assertThat(read(json).isA("Note", "Article")).isTrue();
        assertThat(read(json).isA("Article")).isFalse();
    }

    @Test
    void nullIdsAreNoIds() {
        assertThat(read("{'id':null}").id()).isEmpty();
        assertThat(read("{'id':''}").id()).isEmpty();
        assertThat(read("{'id':['https://a.example/1']}").id()).contains("https://a.example/1");
    }

    @Test
    void textComesFromTheMapIfItIsOnlyThere() {
        As2 note = read("{'contentMap':{'de':'<p>hallo</p>','en':'<p>hello</p>'}}");
        assertThat(note.naturalText("content")).contains("<p>hallo</p>");
        assertThat(note.languages("content").keySet()).containsExactly("de", "en");
        assertThat(read("{'content':'plain','contentMap':{'de':'hallo'}}").naturalText("content"))
                .contains("plain");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T12:00:00Z, 2026-11-01T12:00:00Z",
        "2026-11-01T12:00:00.000000Z, 2026-11-01T12:00:00Z",
        "2026-10-05T15:00:00+0000, 2026-10-05T15:00:00Z",
        "2026-10-05T15:00:00+02:00, 2026-10-05T13:00:00Z",
        "2026-10-05T15:00:00, 2026-10-05T15:00:00Z",
        "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    })
    void timesAreReadAsServersWriteThem(String written, Instant meant) {
        assertThat(read("{'published':'" + written + "'}").instant("published")).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13-01T10:00:00Z",
                "2026-00-01T10:00:00Z",
                "2026-01-00T10:00:00Z",
                "2026-01-01T25:00:00Z",
                "2026-01-01T10:60:00Z",
                "2026-01-01T10:00:60Z",
                "0000-01-01T10:00:00Z",
                "2026-01-01 10:00:00Z",
                "2026-01-01T10:00:0xZ",
                "٢٠٢٦-01-01T10:00:00Z"
            })
    void daysAndHoursThatDoNotExistAreEmpty(String written) {
        assertThat(read("{'published':'" + written + "'}").instant("published")).isEmpty();
    }

    @Test
    void timesThatAreNoneAreEmpty() {
        assertThat(read("{'published':'yesterday'}").instant("published")).isEmpty();
        assertThat(read("{'published':'+999999999-12-31T23:59:59Z'}").instant("published"))
                .isEmpty();
        assertThat(read("{'published':'-999999999-01-01T00:00:00Z'}").instant("published"))
                .isEmpty();
        assertThat(read("{'published':5}").instant("published")).isEmpty();
    }

    @Test
    void flagsAreOnlyBooleans() {
        assertThat(read("{'sensitive':true}").flag("sensitive")).contains(true);
        assertThat(read("{'sensitive':null}").flag("sensitive")).isEmpty();
        assertThat(read("{'sensitive':'true'}").flag("sensitive")).isEmpty();
    }
}
