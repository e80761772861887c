package dev.drawbridge.atproto.record.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {
    @ParameterizedTest
    @ValueSource(strings = {"did:plc:ewvi7nxzyoun6zhxrhs64oiz", "did:web:bridge.example", "did:x:a%20b"})
    void aDidIsAccepted(String text) {
        assertThat(new Did(text).value()).isEqualTo(text);
        assertThat(Did.tryParse(text)).contains(new Did(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "did:",
                "did:plc",
                "did:plc:",
                "did::x",
                "DID:plc:x",
                "did:plc:x/y",
                "did:plc:x#y",
                "did:plc:ü"
            })
    void somethingElseIsNoDid(String text) {
        assertThat(Did.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> new Did(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyTwoMethodsAreSupported() {
        assertThat(new Did("did:plc:ewvi7nxzyoun6zhxrhs64oiz").isSupported()).isTrue();
        assertThat(new Did("did:web:bridge.example").isSupported()).isTrue();
        assertThat(new Did("did:plc:short").isSupported()).isFalse();
        assertThat(new Did("did:web:bridge.example:users:alice").isSupported()).isFalse();
        assertThat(new Did("did:key:zQ3s").isSupported()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice.example", "ALICE.Example", "a-b.example.com", "xn--ls8h.test", "8.cn"})
    void aHandleIsKeptInLowerCase(String text) {
        assertThat(new Handle(text).value()).isEqualTo(text.toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "alice.",
                ".alice.example",
                "a_b.example",
                "-a.example",
                "a-.example",
                "a..b",
                "127.0.0.1",
                "ä.example"
            })
    void somethingElseIsNoHandle(String text) {
        assertThat(Handle.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> new Handle(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHandleMayHave253Characters() {
        String label = "a".repeat(62) + ".";
        String longest = label.repeat(4) + "x";
        assertThat(longest).hasSize(253);
        assertThat(Handle.tryParse(longest)).isPresent();
        assertThat(Handle.tryParse("b" + longest)).isEmpty();
    }

    @Test
    void reservedTopLevelDomainsNeverResolve() {
        assertThat(new Handle("alice.local").isResolvable()).isFalse();
        assertThat(new Handle("alice.test").isResolvable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.bsky.feed.post", "a.b.c", "com.example.fooBar2"})
    void anNsidIsAccepted(String text) {
        assertThat(new Nsid(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a.b.", "a..c", "1a.b.c", "a.b.2c", "a.b.c-d", "a.b.c#d", "a.b-.c"})
    void somethingElseIsNoNsid(String text) {
        assertThat(Nsid.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> new Nsid(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRecordKeyHasItsOwnCharactersAndLength() {
        assertThat(RecordKey.tryParse("~1.2-3_:")).isPresent();
        assertThat(RecordKey.tryParse("...")).isPresent();
        assertThat(RecordKey.tryParse("o".repeat(512))).isPresent();
        assertThat(RecordKey.tryParse("o".repeat(513))).isEmpty();
        for (String bad : new String[] {"", ".", "..", "a/b", "a b", "a#b", "é"}) {
            assertThat(RecordKey.tryParse(bad)).as(bad).isEmpty();
            assertThatThrownBy(() -> new RecordKey(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anAtUriGoesBothWays() {
        String text = "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3lrnqk7qs222b";
        AtUri uri = AtUri.parse(text);
        assertThat(uri).hasToString(text);
        assertThat(uri.did()).contains(new Did("did:plc:ewvi7nxzyoun6zhxrhs64oiz"));
        assertThat(uri.path()).map(RepoPath::key).contains("app.bsky.feed.post/3lrnqk7qs222b");
        assertThat(AtUri.of(uri.authority(), uri.path().orElseThrow())).isEqualTo(uri);
    }

    @Test
    void anAtUriMayEndEarly() {
        assertThat(AtUri.parse("at://alice.example").did()).isEmpty();
        assertThat(AtUri.parse("at://alice.example/app.bsky.feed.post").path()).isEmpty();
        assertThat(AtUri.parse("at://alice.example/app.bsky.feed.post"))
                .hasToString("at://alice.example/app.bsky.feed.post");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "at://",
                "http://alice.example",
                "at://alice",
                "at://alice.example/",
                "at://alice.example/app.bsky.feed.post/",
                "at://alice.example/app.bsky.feed.post/a/b",
                "at://alice.example?x",
                "at://alice.example#x",
                "at://alice.example/post/a"
            })
    void somethingElseIsNoAtUri(String text) {
        assertThat(AtUri.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> AtUri.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAtUriNeverHasARecordKeyAlone() {
        assertThatThrownBy(
                        () -> new AtUri(new Handle("alice.example"), Optional.empty(), Optional.of(new RecordKey("a"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRepoPathNeedsBothParts() {
        assertThat(RepoPath.tryParse("app.bsky.feed.post/self")).isPresent();
        assertThat(RepoPath.tryParse("app.bsky.feed.post")).isEmpty();
        assertThat(RepoPath.tryParse("app.bsky.feed.post/")).isEmpty();
        assertThat(RepoPath.tryParse("app.bsky.feed.post/a/b")).isEmpty();
        assertThatThrownBy(() -> RepoPath.parse("x/y")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anErrorMessageShowsNoControlCharactersAndStaysShort() {
        assertThatThrownBy(() -> new Did("x\n\u001b[31m" + "y".repeat(5000)))
                .hasMessageNotContainingAny("\n", "\u001b")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(120));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1985-04-12T23:20:50.123Z",
                "1985-04-12T23:20:50Z",
                "1985-04-12T23:20:50.123456789012Z",
                "1985-04-12T23:20:50+01:45",
                "0000-01-01T00:00:00.000Z"
            })
    void aDatetime(String text) {
        assertThat(Datetime.tryParse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1985-04-12",
                "1985-04-12T23:20:50",
                "1985-04-12t23:20:50Z",
                "1985-04-12T23:20:50-00:00",
                "1985-13-12T23:20:50Z",
                "1985-02-30T23:20:50Z",
                "1985-04-12T25:20:50Z",
                "1985-04-12T23:20:50.Z",
                "1985-04-12T23:20:50.123456789012345678901Z",
                "0000-01-01T00:00:00+01:00"
            })
    void somethingElseIsNoDatetime(String text) {
        assertThat(Datetime.hasSyntax(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ja", "pt-BR", "zh-Hant", "i-navajo", "de-CH-1901", "x-my-own", "en-a-foo-b-foo", "de-x-a-a"})
    void aLanguageTag(String text) {
        assertThat(LanguageTag.hasSyntax(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "en_US", "JA", "jaja", "a-DE", "de-", "de-DE-1901-1901", "en-a-foo-a-bar", "de-toolongpart"})
    void somethingElseIsNoLanguageTag(String text) {
        assertThat(LanguageTag.hasSyntax(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "dns:example.com", "did:key:z6Mk", "at://alice.example/a.b.c/d"})
    void aUri(String text) {
        assertThat(WebUri.hasSyntax(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "http:",
                "://x",
                "-http://x",
                "https://a b",
                "https://a\u00a0b",
                "https://a\tb"
            })
    void somethingElseIsNoUri(String text) {
        assertThat(WebUri.hasSyntax(text)).isFalse();
    }

    @Test
    void aUriHasAtMostEightKilobytes() {
        assertThat(WebUri.hasSyntax("a:" + "x".repeat(8190))).isTrue();
        assertThat(WebUri.hasSyntax("a:" + "x".repeat(8191))).isFalse();
        assertThat(WebUri.hasSyntax("a:" + "ü".repeat(4096))).isFalse();
    }
}
