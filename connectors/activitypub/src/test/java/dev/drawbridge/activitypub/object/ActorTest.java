package dev.drawbridge.activitypub.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.support.RemoteServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ActorTest {
    private static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    private final ObjectNode json = ALICE.document();

    private Reading<Actor> read() {
        return Actor.read(new As2(json));
    }

    private void unreadable(String field) {
        assertThat(read())
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class, u -> assertThat(u.field()).isEqualTo(field));
    }

    @Test
    void anActorHasAnInboxAndKeys() {
        Actor actor = read().found().orElseThrow();
        assertThat(actor.inbox()).isEqualTo(ALICE.inbox());
        assertThat(actor.preferredInbox()).isEqualTo(ALICE.sharedInbox());
        assertThat(actor.username()).contains("alice");
        assertThat(actor.key(ALICE.keyId()).orElseThrow().bytes())
                .isEqualTo(ALICE.keys.getPublic().getEncoded());
        assertThat(actor.key(ALICE.actor() + "#other")).isEmpty();
    }

    @Test
    void withoutSharedInboxItsOwnIsUsed() {
        json.remove("endpoints");
        assertThat(read().found().orElseThrow().preferredInbox()).isEqualTo(ALICE.inbox());
    }

    @Test
    void aSharedInboxElsewhereIsNotUsed() {
        json.putObject("endpoints").put("sharedInbox", "https://victim.example/inbox");
        assertThat(read().found().orElseThrow().preferredInbox()).isEqualTo(ALICE.inbox());
    }

    @Test
    void anInboxElsewhereIsRefused() {
        json.put("inbox", "https://victim.example/inbox");
        unreadable("inbox");
    }

    @Test
    void anActorNeedsTypeIdAndInbox() {
        json.put("type", "Note");
        unreadable("type");
        json.put("type", "Person").remove("inbox");
        unreadable("inbox");
        json.put("id", "did:plc:x");
        unreadable("id");
    }

    @Test
    void aKeyOfSomebodyElseIsNotTheirs() {
        ((ObjectNode) json.path("publicKey")).put("owner", "https://evil.example/users/mallory");
        assertThat(read().found().orElseThrow().keys()).isEmpty();
    }

    @Test
    void keysThatCannotBeReadAreLeftOut() {
        ((ObjectNode) json.path("publicKey")).put("publicKeyPem", "-----BEGIN PUBLIC KEY-----\n\n");
        assertThat(read().found().orElseThrow().keys()).isEmpty();
    }
}
