package dev.drawbridge.config.demo;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.util.List;
import java.util.Optional;

/// What a host answers about its account.
///
/// Spec: [XRPC](https://atproto.com/specs/xrpc), lexicons `com.atproto.repo`, `com.atproto.sync`,
/// `com.atproto.identity`
final class PdsMethods {
    private static final String XRPC = "/xrpc/com.atproto.";
    private static final String CAR = "application/vnd.ipld.car";
    private static final int MAX_MESSAGE = 1_024;

    private final SandboxPds pds;

    PdsMethods(SandboxPds pds) {
        this.pds = pds;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get(XRPC + "repo.getRecord", this::record),
                Endpoint.Http.get(XRPC + "sync.getRecord", this::proof),
                Endpoint.Http.get(XRPC + "sync.getRepo", this::repository),
                Endpoint.Http.get(XRPC + "sync.getLatestCommit", this::latest),
                Endpoint.Http.get(XRPC + "sync.getBlob", this::file),
                Endpoint.Http.get(XRPC + "identity.resolveHandle", this::resolve),
                new Endpoint.Socket(XRPC + "sync.subscribeRepos", MAX_MESSAGE, pds::open));
    }

    private HttpReply record(HttpCall call) {
        boolean ours = call.query("repo")
                .filter(r ->
                        r.equals(pds.did().value()) || r.equals(pds.handle().value()))
                .isPresent();
        return path(call)
                .filter(_ -> ours)
                .flatMap(pds::record)
                .map(found -> json(DataMap.builder()
                        .put("uri", AtUri.of(pds.did(), found.path()).toString())
                        .put("cid", found.cid().toString())
                        .put("value", found.value())
                        .build()))
                .orElseGet(() -> error("RecordNotFound", "no such record"));
    }

    private HttpReply proof(HttpCall call) {
        return path(call)
                .filter(_ -> ours(call))
                .map(path -> HttpReply.bytes(200, CAR, pds.proof(path)))
                .orElseGet(() -> error("RepoNotFound", "no such repository"));
    }

    private HttpReply repository(HttpCall call) {
        return ours(call) ? HttpReply.stream(200, CAR, pds::export) : error("RepoNotFound", "no such repository");
    }

    private HttpReply latest(HttpCall call) {
        if (!ours(call)) {
            return error("RepoNotFound", "no such repository");
        }
        var head = pds.head();
        return json(DataMap.builder()
                .put("cid", head.commit().toString())
                .put("rev", head.rev().value())
                .build());
    }

    private HttpReply file(HttpCall call) {
        return call.query("cid")
                .filter(_ -> ours(call))
                .flatMap(Cid::tryParse)
                .flatMap(pds::file)
                .map(file -> HttpReply.bytes(200, file.mimeType(), file.bytes()))
                .orElseGet(() -> error("BlobNotFound", "no such file"));
    }

    private HttpReply resolve(HttpCall call) {
        return call.query("handle").filter(pds.handle().value()::equals).isPresent()
                ? json(DataMap.builder().put("did", pds.did().value()).build())
                : error("HandleNotFound", "nobody here has this handle");
    }

    private boolean ours(HttpCall call) {
        return call.query("did").filter(pds.did().value()::equals).isPresent();
    }

    private static Optional<RepoPath> path(HttpCall call) {
        return call.query("collection")
                .flatMap(collection -> call.query("rkey").flatMap(rkey -> RepoPath.tryParse(collection + "/" + rkey)));
    }

    private static HttpReply json(DataMap body) {
        return HttpReply.json(200, DataJson.write(body));
    }

    private static HttpReply error(String error, String message) {
        return HttpReply.json(
                400,
                DataJson.write(DataMap.builder()
                        .put("error", error)
                        .put("message", message)
                        .build()));
    }
}
