package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RecordKey;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.RepoArchive.StoredRecord;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.model.spi.HttpReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `com.atproto.repo.*`: single records.
final class RepoMethods {
    private static final int RECORDS = 50;
    private static final int MOST_RECORDS = 100;
    private final Repos repos;

    RepoMethods(Repos repos) {
        this.repos = repos;
    }

    Map<String, XrpcMethod> all() {
        return Map.of(
                "com.atproto.repo.getRecord",
                (XrpcMethod.Query) this::record,
                "com.atproto.repo.listRecords",
                (XrpcMethod.Query) this::records,
                "com.atproto.repo.describeRepo",
                (XrpcMethod.Query) this::describe);
    }

    private HttpReply record(Params params) {
        RepoPath path = new RepoPath(params.collection(), params.rkey());
        Optional<Cid> version = params.optional("cid", Cid::tryParse, "cid");
        Did did = repos.find(params.repo())
                .map(Account::did)
                .filter(repo -> repos.store()
                        .archive()
                        .state(repo)
                        .filter(RepoState::active)
                        .isPresent())
                .orElseThrow(() -> XrpcError.invalidRequest("Could not locate record"));
        StoredRecord found = repos.store()
                .archive()
                .record(did, path)
                .filter(record -> version.isEmpty() || version.get().equals(record.cid()))
                .orElseThrow(
                        () -> new XrpcError(400, "RecordNotFound", "Could not locate record: " + AtUri.of(did, path)));
        return Xrpc.json(shown(did, found));
    }

    private HttpReply records(Params params) {
        Did did = repos.served(params.repo()).did();
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
        Account account = repos.served(params.repo());
        DidDocument document = Identities.document(account);
        List<String> collections = repos.store().archive().collections(account.did()).stream()
                .map(Nsid::value)
                .toList();
        return Xrpc.json(DataMap.builder()
                .put("handle", account.handle().value())
                .put("did", account.did().value())
                .put("didDoc", document.toJson())
                .put("collections", DataList.ofTexts(collections))
                .put("handleIsCorrect", document.handle().equals(Optional.of(account.handle())))
                .build());
    }
}
