package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Translator;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What streams say about accounts as such. Nobody signs it: that somebody is gone for good is believed only if the
/// host that their DID names does not serve them any more.
final class AccountNews {
    private static final Logger LOG = LoggerFactory.getLogger(AccountNews.class);

    private final People people;
    private final HostClient hosts;
    private final Asking asking;
    private final Handover handover;
    private final Translator translator;
    private final Acquaintances known;
    private final InstantSource clock;

    AccountNews(
            People people,
            HostClient hosts,
            Asking asking,
            Handover handover,
            Translator translator,
            Acquaintances known,
            InstantSource clock) {
        this.people = people;
        this.hosts = hosts;
        this.asking = asking;
        this.handover = handover;
        this.translator = translator;
        this.known = known;
        this.clock = clock;
    }

    /// @return whether the engine stored anything
    boolean handle(Did did, Instant time, boolean active, Optional<String> status, EventSink sink, Pauses pauses)
            throws InterruptedException {
        people.forget(did);
        boolean deleted = !active && status.equals(Optional.of(AccountEvent.DELETED));
        boolean matters = !known.ours(did) && (deleted ? known.everCarried(did) : known.person(did));
        if (!matters || (deleted && !isGone(did, pauses))) {
            return false;
        }
        ObjectNode document =
                JsonNodeFactory.instance.objectNode().put("did", did.value()).put("time", time.toString());
        ObjectNode account = document.putObject("account").put("active", active);
        status.ifPresent(why -> account.put("status", why));
        return translator.decode(document.toString(), clock.instant())
                        instanceof Translation.Translated<NativeEvent>(NativeEvent event, var _)
                && handover.push(event, sink, pauses);
    }

    private boolean isGone(Did did, Pauses pauses) throws InterruptedException {
        try {
            Optional<URI> host = asking.document(did, false, pauses).flatMap(DidDocument::pds);
            if (host.isPresent() && asking.host(false, pauses, () -> hosts.serves(host.get(), did))) {
                LOG.warn("{} is said to be gone, and its host serves it", did);
                return false;
            }
            return true;
        } catch (Unavailable e) {
            LOG.warn("{} is said to be gone, and nobody tells whether it is: {}", did, e.getMessage());
            return false;
        }
    }
}
