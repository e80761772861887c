package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.spi.PausedHost;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Who is behind a DID: where their repository is, and by which handle people know them.
public final class People {
    private final DidResolver dids;
    private final HandleResolver handles;
    private final HostClient hosts;
    private final boolean loopback;

    /// @param loopback whether a handle counts that the account's own host confirms, as names of tests are in no DNS
    public People(DidResolver dids, HandleResolver handles, HostClient hosts, boolean loopback) {
        this.dids = dids;
        this.handles = handles;
        this.hosts = hosts;
        this.loopback = loopback;
    }

    /// @throws Unavailable if nobody can tell now
    public Optional<DidDocument> document(Did did) {
        return dids.resolve(did);
    }

    /// As it is now, whatever is remembered.
    ///
    /// @throws Unavailable if nobody can tell now
    Optional<DidDocument> fresh(Did did) {
        return dids.fresh(did);
    }

    /// Hosts that are spared now, because they did not answer: the directory, and those of did:web.
    public List<PausedHost> paused() {
        return dids.paused();
    }

    /// Looks again next time.
    public void forget(Did did) {
        dids.forget(did);
    }

    /// The handle, if it names this DID back.
    public Optional<Handle> handle(DidDocument document) {
        return document.handle()
                .filter(handle -> handles.resolve(handle)
                        .or(() -> confirmed(document.pds(), handle))
                        .equals(Optional.of(document.did())));
    }

    /// The same.
    ///
    /// @throws Unavailable if the handle does not answer
    Optional<Handle> asked(DidDocument document) {
        return loopback ? handle(document) : document.handle().filter(handle -> handles.names(handle, document.did()));
    }

    private Optional<Did> confirmed(Optional<URI> pds, Handle handle) {
        try {
            return loopback ? pds.flatMap(host -> hosts.handle(host, handle)) : Optional.empty();
        } catch (Unavailable e) {
            return Optional.empty();
        }
    }
}
