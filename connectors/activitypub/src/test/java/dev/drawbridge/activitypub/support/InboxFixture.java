package dev.drawbridge.activitypub.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// A bridge with an inbox on a local net, an author who writes to it and somebody who would like to be her.
@ExtendWith(TestMongo.class)
public abstract class InboxFixture {
    protected static final String INBOX = Bridge.BASE + "/ap/inbox";
    protected static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    protected static final RemoteServer MALLORY = new RemoteServer("evil.example", "mallory");
    protected final LocalNet net = new LocalNet();
    protected Bridge bridge;
    protected MongoDatabase database;

    @BeforeEach
    final void start(MongoDatabase shared) {
        database = shared;
        ALICE.on(net);
        MALLORY.on(net);
        restart();
    }

    /// A new bridge with the same store: what was in memory is forgotten.
    protected final void restart() {
        bridge = new Bridge(database, net);
        bridge.people.add(ap(ALICE.actor()));
    }

    /// Lets the bridge learn somebody's key.
    protected void meet(RemoteServer server) {
        bridge.people.add(ap(server.actor()));
        post(server, server.create(999, "hello"));
        assertThat(bridge.received).isNotEmpty();
        bridge.received.clear();
        net.requests.clear();
    }

    /// What is accepted, and then found to be nothing.
    protected void dropped(HttpReply reply) {
        assertThat(reply.status()).isEqualTo(202);
        bridge.background.run();
        assertThat(bridge.received).isEmpty();
    }

    protected HttpReply post(RemoteServer sender, String body) {
        return bridge.post(sender, INBOX, body);
    }

    protected void refused(HttpReply reply, int status) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(bridge.received).isEmpty();
    }

    protected static NativeId ap(String id) {
        return new NativeId(Network.ACTIVITYPUB, id);
    }
}
