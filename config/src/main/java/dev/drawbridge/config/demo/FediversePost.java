package dev.drawbridge.config.demo;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.object.signature.CavageSignature;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.SignatureScheme;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Takes signed activities to inboxes, in order, and again until they are taken.
final class FediversePost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FediversePost.class);
    private static final long PAUSE_MILLIS = 500;

    private final World world;
    private final Plug plug;
    private final String keyId;
    private final String keyRef;
    private final BlockingQueue<Letter> waiting = new LinkedBlockingQueue<>();
    private final Thread postman;

    private record Letter(URI inbox, byte[] body) {}

    FediversePost(World world, Plug plug, String keyId, String keyRef) {
        this.world = world;
        this.plug = plug;
        this.keyId = keyId;
        this.keyRef = keyRef;
        this.postman = Thread.ofVirtual().name("sandbox-fediverse").start(this::run);
    }

    void to(URI inbox, ObjectNode activity) {
        waiting.add(new Letter(inbox, Documents.write(activity).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        postman.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Letter letter = waiting.take();
                while (plug.pulled() || !taken(letter)) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the sandbox Fediverse is over");
        }
    }

    /// @return false if it has to be brought again
    private boolean taken(Letter letter) {
        var headers = new LinkedHashMap<>(CavageSignature.sign(
                "POST",
                letter.inbox,
                Vocabulary.ACTIVITY_JSON,
                letter.body,
                keyId,
                world.clock().instant(),
                message -> world.signer().sign(keyRef, SignatureScheme.RSA_SHA256, message)));
        // The client writes it itself, from the same address.
        headers.remove("Host");
        try {
            var answer = world.http().send(OutboundHttp.Request.post(letter.inbox, headers, letter.body));
            if (answer.status() / 100 != 2) {
                LOG.warn(
                        "{} answered {}: {}",
                        letter.inbox,
                        answer.status(),
                        new String(answer.body(), StandardCharsets.UTF_8));
            }
            return answer.status() < 500;
        } catch (OutboundHttp.OutboundException e) {
            LOG.warn("{} does not answer: {}", letter.inbox, e.getMessage());
            return false;
        }
    }
}
