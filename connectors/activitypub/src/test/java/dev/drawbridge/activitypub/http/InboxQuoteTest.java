package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.Resolved;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// A quote crosses as a quote if the quoted author's own server says that it may; else it is a link.
class InboxQuoteTest extends InboxFixture {
    private static final String QUOTED = "https://third.example/notes/9";
    private static final String AUTHOR = "https://third.example/users/carol";
    private static final String STAMP = "https://third.example/stamps/1";
    private List<Loss> losses = List.of();

    @BeforeEach
    void thereIsAPostAndAStamp() {
        net.document(QUOTED, post(AUTHOR));
        net.document(STAMP, stamp(AUTHOR, ALICE.note(1), QUOTED));
    }

    private static String post(String author) {
        return """
            {"id":"%s","type":"Note","attributedTo":"%s","content":"<p>x</p>"}
            """.formatted(QUOTED, author);
    }

    private static String stamp(String author, String quoting, String quoted) {
        return """
            {"id":"%s","type":"QuoteAuthorization","attributedTo":"%s","interactingObject":"%s",
             "interactionTarget":"%s"}
            """.formatted(STAMP, author, quoting, quoted);
    }

    private static String quoting(String quoted, String stamp) {
        As2 create = Documents.parse(ALICE.create(1, "look")).found().orElseThrow();
        var note = (ObjectNode) create.object("object").orElseThrow().node();
        note.put("quote", quoted);
        if (!stamp.isEmpty()) {
            note.put("quoteAuthorization", stamp);
        }
        return Documents.write(create.node());
    }

    private Post crossed(String body) {
        bridge.received.clear();
        assertThat(post(ALICE, body).status()).isEqualTo(202);
        var event = bridge.received.getFirst();
        bridge.received.clear();
        var read = bridge.connector.translator().toCanonical(event, Resolved.NOTHING, bridge.clock.instant());
        var translated = (Translation.Translated<List<Activity>>) read;
        losses = translated.losses();
        return ((Activity.Publish) translated.value().getFirst()).post();
    }

    private void isALink(String body) {
        Post post = crossed(body);
        assertThat(post.quote()).isEmpty();
        assertThat(post.text().text()).isEqualTo("look\n\nRE: " + QUOTED);
        assertThat(losses).extracting(Loss::field).containsExactly("quote");
    }

    @Test
    void withAStampThatHoldsItIsAQuote() {
        Post post = crossed(quoting(QUOTED, STAMP));
        assertThat(post.quote().orElseThrow().target().id()).isEqualTo(ap(QUOTED));
        assertThat(post.text().text()).isEqualTo("look");
        assertThat(losses).isEmpty();
        assertThat(net.asked(STAMP)).isEqualTo(1);
    }

    @Test
    void withoutAStampItIsALink() {
        isALink(quoting(QUOTED, ""));
        assertThat(net.asked(STAMP)).isZero();
    }

    @Test
    void aStampForSomethingElseIsNone() {
        for (String other : List.of(
                stamp(AUTHOR, ALICE.note(2), QUOTED),
                stamp(AUTHOR, ALICE.note(1), "https://third.example/notes/10"),
                stamp("https://third.example/users/mallory", ALICE.note(1), QUOTED),
                stamp(AUTHOR, ALICE.note(1), QUOTED).replace("QuoteAuthorization", "LikeAuthorization"),
                stamp(AUTHOR, ALICE.note(1), QUOTED).replace(STAMP, STAMP + "0"),
                "{\"id\":\"" + STAMP + "\",\"type\":\"Tombstone\"}",
                "{}")) {
            net.document(STAMP, other);
            isALink(quoting(QUOTED, STAMP));
        }
    }

    @Test
    void aStampOfAnotherHostIsNoneAndNotAskedFor() {
        String elsewhere = "https://evil.example/stamps/1";
        net.document(elsewhere, stamp(AUTHOR, ALICE.note(1), QUOTED).replace(STAMP, elsewhere));
        isALink(quoting(QUOTED, elsewhere));
        assertThat(net.asked(elsewhere)).isZero();
    }

    @Test
    void aStampByWhoDidNotWriteTheQuotedPostIsNone() {
        net.document(QUOTED, post("https://third.example/users/somebody-else"));
        isALink(quoting(QUOTED, STAMP));
        net.fix(QUOTED, HttpReply.of(404));
        isALink(quoting(QUOTED, STAMP));
    }

    @Test
    void aStampThatIsGoneOrOutOfReachHoldsNothingUp() {
        net.fix(STAMP, HttpReply.of(410));
        isALink(quoting(QUOTED, STAMP));
        net.fail(STAMP, Failure.TIMEOUT);
        isALink(quoting(QUOTED, STAMP));
    }

    @Test
    void aStampInsideTheNoteIsNotBelieved() {
        net.document(STAMP, "{}");
        String inside = quoting(QUOTED, STAMP)
                .replace(
                        "\"quoteAuthorization\":\"" + STAMP + "\"",
                        "\"quoteAuthorization\":"
                                + stamp(AUTHOR, ALICE.note(1), QUOTED).strip());
        assertThat(inside).contains("interactingObject");
        isALink(inside);
    }

    @Test
    void whatIsFetchedIsCheckedToo() {
        var note = Documents.parse(quoting(QUOTED, STAMP))
                .found()
                .flatMap(c -> c.object("object"))
                .orElseThrow();
        net.document(ALICE.note(1), Documents.write(note.node()));
        assertThat(bridge.connector
                        .fetch(ap(ALICE.note(1)))
                        .orElseThrow()
                        .body()
                        .text())
                .contains("quoteAuthorization");
        net.document(STAMP, stamp(AUTHOR, ALICE.note(2), QUOTED));
        assertThat(bridge.connector
                        .fetch(ap(ALICE.note(1)))
                        .orElseThrow()
                        .body()
                        .text())
                .doesNotContain("quoteAuthorization");
    }

    @Test
    void aQuoteOfOneOfOursAsksNobody() {
        String ours = Bridge.BASE + "/ap/objects/nostr/abc";
        post(ALICE, quoting(ours, Bridge.BASE + "/ap/stamps/bridge/abc"));
        assertThat(bridge.received)
                .singleElement()
                .satisfies(e -> assertThat(e.body().text()).contains("quoteAuthorization"));
        assertThat(net.requests).allSatisfy(r -> assertThat(r.uri().getHost()).isNotEqualTo("ap.bridge.example"));
    }
}
