package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.atproto.store.blob.StoredBlob;
import dev.drawbridge.model.spi.HttpReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Files beside repositories, for those who copy or show them.
final class BlobMethods {
    private static final int LISTED = 500;
    private static final int MOST_LISTED = 1000;

    private final Repos repos;
    private final BlobStore blobs;
    private final Owners owners;

    BlobMethods(Repos repos, BlobStore blobs, Owners owners) {
        this.repos = repos;
        this.blobs = blobs;
        this.owners = owners;
    }

    Map<String, XrpcMethod> all() {
        XrpcMethod.Query get = this::blob;
        XrpcMethod.Query list = this::list;
        return Map.of("com.atproto.sync.getBlob", get, "com.atproto.sync.listBlobs", list);
    }

    /// Never shown as a page of ours, whatever is in it.
    private HttpReply blob(Params params) {
        Did did = repos.readable(params, owners).did();
        Cid cid = params.required("cid", Cid::tryParse, "cid");
        StoredBlob blob = blobs.find(did, cid).orElseThrow(() -> XrpcError.invalidRequest("Blob not found"));
        return HttpReply.stream(200, blob.mediaType(), out -> blobs.write(did, blob, out))
                .with("content-length", Long.toString(blob.size()))
                .with("content-security-policy", "default-src 'none'; sandbox")
                .with("x-content-type-options", "nosniff")
                .with("content-disposition", "attachment; filename=\"" + cid + "\"");
    }

    private HttpReply list(Params params) {
        Did did = repos.readable(params, owners).did();
        int limit = params.limit(LISTED, MOST_LISTED);
        Optional<Tid> since = params.optional("since", Tid::tryParse, "tid");
        List<String> page = blobs.list(did, since, params.optional("cursor", Cid::tryParse, "cursor"), limit).stream()
                .map(Cid::toString)
                .toList();
        DataMap.Builder body = DataMap.builder().put("cids", DataList.ofTexts(page));
        if (page.size() == limit) {
            body.put("cursor", page.getLast());
        }
        return Xrpc.json(body.build());
    }
}
