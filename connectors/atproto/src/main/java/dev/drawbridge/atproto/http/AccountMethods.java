package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.NotPublishing;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What somebody who signed in asks about their account, and what they cannot do with it: a stand-in says what its
/// owner says on their own network, and nothing else.
final class AccountMethods {
    private static final int PAGE = 1000;

    private static final XrpcError MIRRORS = XrpcError.invalidRequest(
            "This account shows what its owner writes on another network. Write there, or move it to a server of your"
                    + " own");

    private final Repos repos;
    private final BlobStore blobs;
    private final Owners owners;
    private final Ownership ownership;

    AccountMethods(Repos repos, BlobStore blobs, Owners owners, Ownership ownership) {
        this.repos = repos;
        this.blobs = blobs;
        this.owners = owners;
        this.ownership = ownership;
    }

    Map<String, XrpcMethod> all() {
        Map<String, XrpcMethod> all = new HashMap<>();
        all.put("com.atproto.server.checkAccountStatus", (XrpcMethod.Query) this::status);
        all.put("com.atproto.server.deactivateAccount", (XrpcMethod.Action) this::deactivate);
        all.put("com.atproto.server.activateAccount", (XrpcMethod.Action) this::activate);
        all.put("com.atproto.repo.listMissingBlobs", (XrpcMethod.Query) this::missing);
        all.put("app.bsky.actor.getPreferences", (XrpcMethod.Query) this::preferences);
        for (String write :
                List.of("createRecord", "putRecord", "deleteRecord", "applyWrites", "uploadBlob", "importRepo")) {
            all.put("com.atproto.repo." + write, (XrpcMethod.Action) this::refuse);
        }
        return all;
    }

    private HttpReply status(Params params) {
        Account account = owners.of(params.call());
        RepoState state = repos.state(account.did());
        long records = repos.store().archive().recordCount(account.did());
        long files = files(account);
        return Xrpc.json(DataMap.builder()
                .put("activated", state.active())
                .put("validDid", !account.elsewhere())
                .put("repoCommit", state.head().commit().toString())
                .put("repoRev", state.head().rev().value())
                .put("repoBlocks", repos.store().archive().blockCount(account.did()))
                .put("indexedRecords", records)
                .put("privateStateValues", 0)
                .put("expectedBlobs", files)
                .put("importedBlobs", files)
                .build());
    }

    /// No record is committed whose files are not here.
    private long files(Account account) {
        long count = 0;
        Optional<Cid> after = Optional.empty();
        while (true) {
            List<Cid> page = blobs.list(account.did(), Optional.empty(), after, PAGE);
            count += page.size();
            if (page.size() < PAGE) {
                return count;
            }
            after = Optional.of(page.getLast());
        }
    }

    private HttpReply deactivate(HttpCall call) {
        Account account = owners.of(call);
        try {
            ownership.leave(account);
            return HttpReply.of(200);
        } catch (Unavailable e) {
            throw new XrpcError(502, "UpstreamFailure", "The DID directory is not available");
        } catch (NotPublishing e) {
            throw new XrpcError(503, "ServiceUnavailable", "Try again in a minute");
        } catch (IllegalArgumentException e) {
            throw XrpcError.invalidRequest(String.valueOf(e.getMessage()));
        }
    }

    private HttpReply activate(HttpCall call) {
        Account account = owners.of(call);
        if (repos.state(account.did()).active()) {
            return HttpReply.of(200);
        }
        throw XrpcError.invalidRequest(
                "An account of a bridge is there as long as its owner is carried: ask the bot for it");
    }

    private HttpReply missing(Params params) {
        owners.of(params.call());
        return Xrpc.json(DataMap.builder().put("blobs", List.of()).build());
    }

    /// Programs that move accounts take these along; nobody ever set one here.
    private HttpReply preferences(Params params) {
        owners.of(params.call());
        return Xrpc.json(DataMap.builder().put("preferences", List.of()).build());
    }

    private HttpReply refuse(HttpCall call) {
        owners.of(call);
        throw MIRRORS;
    }
}
