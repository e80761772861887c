package dev.drawbridge.model.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.moderation.Subject.Kind;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleBookTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final NativeId ANN = new NativeId(Network.ACTIVITYPUB, "https://a.spam.example/users/Ann");
    private static final NativeId BOB = new NativeId(Network.ATPROTO, "did:plc:bob");

    private final List<Rule> rules = new ArrayList<>();

    private void rule(Kind kind, String value, Effect effect, String source) {
        rules.add(new Rule(new Subject(kind, value), effect, "because", source, NOON, Optional.empty()));
    }

    private void own(Kind kind, String value, Effect effect) {
        rule(kind, value, effect, Rule.OPERATOR);
    }

    private Optional<Effect> on(NativeId person, String handle) {
        return new RuleBook(rules).onPerson(person, Optional.of(handle), NOON).map(Rule::effect);
    }

    @Test
    void withoutRulesEverythingIsAllowed() {
        assertThat(RuleBook.EMPTY.isEmpty()).isTrue();
        assertThat(on(ANN, "@ann@a.spam.example")).isEmpty();
        assertThat(RuleBook.EMPTY.onHost("a.example", NOON)).isEmpty();
        assertThat(RuleBook.EMPTY.onPost(post("hello"), NOON)).isEmpty();
    }

    @Test
    void aDomainStandsForEverythingBelowItAndNothingBeside() {
        own(Kind.DOMAIN, "Spam.example.", Effect.DENY);
        assertThat(on(ANN, "@ann@a.spam.example")).contains(Effect.DENY);
        assertThat(on(BOB, "bob.spam.example")).contains(Effect.DENY);
        assertThat(on(BOB, "bob.notspam.example")).isEmpty();
        assertThat(on(new NativeId(Network.ACTIVITYPUB, "https://user@SPAM.example:8443/x"), ""))
                .contains(Effect.DENY);
        assertThat(on(new NativeId(Network.ACTIVITYPUB, "https://good.example/spam.example"), ""))
                .isEmpty();
        assertThat(new RuleBook(rules).onHost("a.SPAM.example:443", NOON)).isPresent();
        assertThat(new RuleBook(rules).onHost("example", NOON)).isEmpty();
    }

    @Test
    void theNarrowestRuleCounts() {
        own(Kind.DOMAIN, "*", Effect.DENY);
        own(Kind.DOMAIN, "spam.example", Effect.HIDE);
        own(Kind.DOMAIN, "a.spam.example", Effect.FREEZE);
        assertThat(on(ANN, "")).contains(Effect.FREEZE);
        assertThat(on(new NativeId(Network.ACTIVITYPUB, "https://b.spam.example/x"), ""))
                .contains(Effect.HIDE);
        assertThat(on(BOB, "bob.bsky.social")).contains(Effect.DENY);
        assertThat(new RuleBook(rules).onPerson(BOB, Optional.empty(), NOON))
                .as("their domain may be named, once it is known")
                .hasValueSatisfying(found ->
                        assertThat(new RuleBook(rules).mayGiveWay(found)).isTrue());
        assertThat(new RuleBook(rules).onHost("elsewhere.example", NOON)).isPresent();
        own(Kind.ACTOR, "HTTPS://a.spam.example/users/ann", Effect.ALLOW);
        assertThat(on(ANN, "")).isEmpty();
        own(Kind.ACTOR, "@bob.bsky.social", Effect.ALLOW);
        assertThat(on(BOB, "bob.bsky.social")).isEmpty();
        assertThat(on(BOB, "bob2.bsky.social")).contains(Effect.DENY);
    }

    @Test
    void theOperatorsWordWinsOverListsAndThenTheStricterOne() {
        rule(Kind.DOMAIN, "spam.example", Effect.DENY, Rule.LIST + "x");
        rule(Kind.DOMAIN, "spam.example", Effect.HIDE, Rule.LIST + "y");
        assertThat(on(ANN, "")).contains(Effect.DENY);
        own(Kind.DOMAIN, "spam.example", Effect.ALLOW);
        assertThat(on(ANN, "")).isEmpty();
    }

    @Test
    void whoHasTwoDomainsIsTreatedAsTheStricterButNotForBeingUnknownElsewhere() {
        own(Kind.DOMAIN, "spam.example", Effect.FREEZE);
        own(Kind.DOMAIN, "names.example", Effect.DENY);
        assertThat(on(ANN, "@ann@names.example")).contains(Effect.DENY);
        assertThat(on(ANN, "@ann@other.example")).contains(Effect.FREEZE);
        rules.clear();
        own(Kind.DOMAIN, "*", Effect.DENY);
        own(Kind.DOMAIN, "names.example", Effect.ALLOW);
        assertThat(on(ANN, "@ann@names.example")).isEmpty();
    }

    @Test
    void aRuleEndsWhenItSays() {
        rules.add(new Rule(
                new Subject(Kind.DOMAIN, "spam.example"),
                Effect.DENY,
                "",
                Rule.OPERATOR,
                NOON,
                Optional.of(NOON.plusSeconds(1))));
        var book = new RuleBook(rules);
        assertThat(book.onPerson(ANN, Optional.empty(), NOON)).isPresent();
        assertThat(book.domains(NOON)).hasSize(1);
        assertThat(book.onPerson(ANN, Optional.empty(), NOON.plusSeconds(1))).isEmpty();
        assertThat(book.domains(NOON.plusSeconds(1))).isEmpty();
        assertThat(book.endedSince(NOON, NOON.plusMillis(999))).isFalse();
        assertThat(book.endedSince(NOON, NOON.plusSeconds(1))).isTrue();
        assertThat(book.endedSince(NOON.plusSeconds(1), NOON.plusSeconds(2))).isFalse();
    }

    @Test
    void wordsAreFoundWholeAndHoweverTheyAreWritten() {
        own(Kind.WORD, "Ass", Effect.DENY);
        own(Kind.WORD, "buy  now", Effect.DENY);
        own(Kind.WORD, "c++", Effect.DENY);
        own(Kind.WORD, "#Spam", Effect.DENY);
        own(Kind.WORD, "bad.example", Effect.DENY);
        own(Kind.WORD, "naïve", Effect.DENY);
        own(Kind.WORD, "広告", Effect.DENY);
        for (String text : List.of(
                "you ASS!",
                "Ｂｕｙ\nnow.",
                "I write C++, daily",
                "a #spam post",
                "see bad.example/x",
                "na\u0069\u0308ve",
                "これは広告です")) {
            assertThat(denied(text)).as(text).isTrue();
        }
        for (String text : List.of(
                "the class", "assess", "buy it now", "vitamin c", "spam", "#spammer", "notbad.example", "告広", "")) {
            assertThat(denied(text)).as(text).isFalse();
        }
    }

    private boolean denied(String text) {
        return new RuleBook(rules).onPost(post(text), NOON).isPresent();
    }

    private static Post post(String text) {
        return Post.builder(new NativeId(Network.NOSTR, "p"), ANN, NOON)
                .text(RichText.plain(text))
                .build();
    }

    @Test
    void everythingThatIsReadOfAPostIsLookedAt() {
        own(Kind.WORD, "spam", Effect.DENY);
        own(Kind.WORD, "bad.example", Effect.DENY);
        Post plain = post("hello");
        var book = new RuleBook(rules);
        assertThat(book.onPost(plain, NOON)).isEmpty();
        var media = Media.of(URI.create("https://x.example/1.png"), Media.Kind.IMAGE);
        var link = new Facet.Link(0, 5, URI.create("https://www.bad.example/x"));
        for (Post post : List.of(
                plain.toBuilder()
                        .warning(Optional.of(new ContentWarning("Spam")))
                        .build(),
                plain.toBuilder().media(List.of(media.withAlt("more spam"))).build(),
                plain.toBuilder().text(new RichText("hello", List.of(link))).build())) {
            assertThat(book.onPost(post, NOON)).isPresent();
        }
    }

    @Test
    void aFileIsKnownByItsBytes() {
        String digest = "ab".repeat(32);
        own(Kind.MEDIA, digest.toUpperCase(java.util.Locale.ROOT), Effect.DENY);
        var file = Media.of(URI.create("https://x.example/1.png"), Media.Kind.IMAGE);
        var book = new RuleBook(rules);
        assertThat(book.onPost(post("x").toBuilder().media(List.of(file)).build(), NOON))
                .isEmpty();
        assertThat(book.onPost(
                        post("x").toBuilder()
                                .media(List.of(file.withSha256(digest)))
                                .build(),
                        NOON))
                .isPresent();
        assertThat(book.onPost(
                        post("x").toBuilder()
                                .media(List.of(file.withSha256("cd".repeat(32))))
                                .build(),
                        NOON))
                .isEmpty();
    }

    @Test
    void anExceptionForAWordHoldsAgainstTheListsOfOthers() {
        rule(Kind.WORD, "crypto", Effect.DENY, Rule.LIST + "x");
        assertThat(denied("crypto")).isTrue();
        own(Kind.WORD, "crypto", Effect.ALLOW);
        assertThat(denied("crypto")).isFalse();
    }

    @Test
    void whatIsPublishedAreDomainsAndNobodysName() {
        own(Kind.DOMAIN, "z.example", Effect.DENY);
        own(Kind.DOMAIN, "a.example", Effect.FREEZE);
        own(Kind.DOMAIN, "b.example", Effect.ALLOW);
        own(Kind.ACTOR, "c.example", Effect.DENY);
        assertThat(new RuleBook(rules).domains(NOON))
                .extracting(rule -> rule.subject().value())
                .containsExactly("a.example", "z.example");
    }

    @Test
    void whatCannotBeASubjectIsRefusedWithWhatItShouldBe() {
        assertThat(new Subject(Kind.DOMAIN, "*.Bücher.example").value()).isEqualTo("xn--bcher-kva.example");
        assertThatThrownBy(() -> new Subject(Kind.DOMAIN, "spam.*"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a domain: spam.*");
        for (String domain : List.of("", " ", "a b", "https://x.example", "a..b", "x".repeat(64))) {
            assertThatThrownBy(() -> new Subject(Kind.DOMAIN, domain)).hasMessageContaining("not a domain");
        }
        for (String actor : List.of("", "@", "a b", "a*", "x".repeat(2_001))) {
            assertThatThrownBy(() -> new Subject(Kind.ACTOR, actor)).hasMessageContaining("not an id or a handle");
        }
        for (String word : List.of("", "!?", "x".repeat(101))) {
            assertThatThrownBy(() -> new Subject(Kind.WORD, word)).hasMessageContaining("not one or more words");
        }
        assertThatThrownBy(() -> new Subject(Kind.MEDIA, "ab")).hasMessageContaining("SHA-256");
        assertThatThrownBy(() -> own(Kind.WORD, "x", Effect.FREEZE)).hasMessageContaining("denied or allowed");
        assertThatThrownBy(() -> new Rule(
                        new Subject(Kind.WORD, "x"), Effect.DENY, "a\nb", Rule.OPERATOR, NOON, Optional.empty()))
                .hasMessageContaining("one line");
    }
}
