package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeEvent;
import org.junit.jupiter.api.Test;

/// Groups that pass on what their members do (FEP-1b12): believed as far as the member's own server says the same.
class InboxGroupTest extends InboxFixture {
    private static String bare(String activity) {
        var object = Documents.parse(activity).found().orElseThrow().object("object");
        return Documents.write(object.orElseThrow().node());
    }

    @Test
    void whatAMemberWroteIsTakenFromTheMembersServer() {
        net.document(ALICE.note(1), bare(ALICE.create(1, "what alice wrote")));
        var reply = post(MALLORY, MALLORY.activity("Announce", ALICE.create(1, "what mallory made of it")));
        assertThat(reply.status()).isEqualTo(202);
        assertThat(bridge.received).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(NativeEvent.Kind.POST);
            assertThat(event.author()).isEqualTo(ap(ALICE.actor()));
            assertThat(event.body().text()).contains("what alice wrote").doesNotContain("mallory");
        });
    }

    @Test
    void whatTheMembersServerDoesNotKnowIsForged() {
        net.fix(ALICE.note(1), HttpReply.of(404));
        dropped(post(MALLORY, MALLORY.activity("Announce", ALICE.create(1, "forged"))));
    }

    @Test
    void likesThatAGroupPassesOnAreAcceptedAndIgnored() {
        String like = ALICE.activity("Like", "\"https://ap.bridge.example/ap/objects/nostr/x\"");
        assertThat(post(MALLORY, MALLORY.activity("Announce", like)).status()).isEqualTo(202);
        assertThat(bridge.received).isEmpty();
    }
}
