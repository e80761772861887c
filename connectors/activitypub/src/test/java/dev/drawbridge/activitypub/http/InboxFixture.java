package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// A bridge with an inbox on a local net, an author who writes to it and somebody who would like to be her.
@ExtendWith(TestMongo.class)
abstract class InboxFixture {
    static final String INBOX = Bridge.BASE + "/ap/inbox";
    static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    static final RemoteServer MALLORY = new RemoteServer("evil.example", "mallory");
    final LocalNet net = new LocalNet();
    Bridge bridge;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, net);
        bridge.people.add(ap(ALICE.actor()));
        ALICE.on(net);
        MALLORY.on(net);
    }

    /// Lets the bridge learn somebody's key.
    void meet(RemoteServer server) {
        bridge.people.add(ap(server.actor()));
        post(server, server.create(999, "hello"));
        assertThat(bridge.received).isNotEmpty();
        bridge.received.clear();
        net.requests.clear();
    }

    /// What is accepted, and then found to be nothing.
    void dropped(HttpReply reply) {
        assertThat(reply.status()).isEqualTo(202);
        bridge.background.run();
        assertThat(bridge.received).isEmpty();
    }

    HttpReply post(RemoteServer sender, String body) {
        return bridge.post(sender, INBOX, body);
    }

    void refused(HttpReply reply, int status) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(bridge.received).isEmpty();
    }

    static NativeId ap(String id) {
        return new NativeId(Network.ACTIVITYPUB, id);
    }
}
