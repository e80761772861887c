package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.plc.PlcState;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.RepoArchive.StoredRecord;
import dev.drawbridge.model.spi.HttpReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `com.atproto.repo.*` and `com.atproto.identity.*`: single records and names.
final class RepoMethods {
    private static final int RECORDS = 50;
    private static final int MOST_RECORDS = 100;
    private final Repos repos;

    RepoMethods(Repos repos) {
        this.repos = repos;
    }

    Map<String, XrpcMethod> all() {
        return Map.of(
                "com.atproto.repo.getRecord", this::record,
                "com.atproto.repo.listRecords", this::records,
                "com.atproto.repo.describeRepo", this::describe,
                "com.atproto.identity.resolveHandle", this::resolveHandle);
    }

    private HttpReply record(Params params) {
        Did did = served(params).did();
        RepoPath path = new RepoPath(params.collection(), params.rkey());
        Optional<Cid> version = params.optional("cid", Cid::tryParse, "cid");
        StoredRecord found = repos.store()
                .archive()
                .record(did, path)
                .filter(record -> version.isEmpty() || version.get().equals(record.cid()))
                .orElseThrow(
                        () -> new XrpcError(400, "RecordNotFound", "Could not locate record: " + AtUri.of(did, path)));
        return Xrpc.json(shown(did, found));
    }

    private HttpReply records(Params params) {
        Did did = served(params).did();
        Nsid collection = params.collection();
        int limit = params.limit(RECORDS, MOST_RECORDS);
        Optional<RecordKey> cursor = params.optional("cursor", RecordKey::tryParse, "cursor");
        List<StoredRecord> page =
                repos.store().archive().records(did, collection, cursor, limit, !params.flag("reverse"));
        DataMap.Builder body = DataMap.builder()
                .put("records", page.stream().map(record -> shown(did, record)).toList());
        if (page.size() == limit) {
            body.put("cursor", page.getLast().path().rkey().value());
        }
        return Xrpc.json(body.build());
    }

    private static DataMap shown(Did did, StoredRecord record) {
        return DataMap.builder()
                .put("uri", AtUri.of(did, record.path()).toString())
                .put("cid", record.cid().toString())
                .put("value", record.value())
                .build();
    }

    private HttpReply describe(Params params) {
        Account account = served(params);
        SignedPlcOperation genesis = SignedPlcOperation.parse(DataJson.parse(account.genesis()));
        DidDocument document = PlcState.document(account.did(), genesis)
                .orElseThrow(() -> new IllegalStateException("the first operation of a DID cannot end it"));
        List<String> collections = repos.store().archive().collections(account.did()).stream()
                .map(Nsid::value)
                .toList();
        return Xrpc.json(DataMap.builder()
                .put("handle", account.handle().value())
                .put("did", account.did().value())
                .put("didDoc", document.toJson())
                .put("collections", DataList.ofTexts(collections))
                .put("handleIsCorrect", true)
                .build());
    }

    /// Only handles of ours: asking others on behalf of a stranger would make us a tool.
    private HttpReply resolveHandle(Params params) {
        Handle handle = params.required("handle", Handle::tryParse, "handle");
        return repos.store()
                .accounts()
                .byHandle(handle)
                .filter(Account::live)
                .map(account -> Xrpc.json(
                        DataMap.builder().put("did", account.did().value()).build()))
                .orElseThrow(() -> new XrpcError(400, "HandleNotFound", "Unable to resolve handle"));
    }

    private Account served(Params params) {
        Account account = repos.account(params.repo());
        repos.served(account.did());
        return account;
    }
}
