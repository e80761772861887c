package dev.drawbridge.atproto.http;

import static java.util.stream.Collectors.joining;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.atproto.store.RepoArchive;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.model.spi.HttpReply;
import java.io.BufferedOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `com.atproto.sync.*`: repositories for those who copy them.
final class SyncMethods {
    private static final String CAR = "application/vnd.ipld.car";
    private static final int REPOS = 500;
    private static final int MOST_REPOS = 1000;
    private static final int MOST_BLOCKS = 1000;
    private static final int BUFFER = 64 * 1024;

    private final Repos repos;
    private final RepoArchive archive;
    private final Owners owners;

    SyncMethods(Repos repos, Owners owners) {
        this.repos = repos;
        this.owners = owners;
        this.archive = repos.store().archive();
    }

    Map<String, XrpcMethod> all() {
        Map<String, XrpcMethod.Query> queries = Map.of(
                "getRepoStatus", this::repoStatus,
                "getLatestCommit", this::latestCommit,
                "listRepos", this::listRepos,
                "getRepo", this::repo,
                "getCheckout", this::checkout,
                "getHead", this::head,
                "getBlocks", this::blocks,
                "getRecord", this::record);
        Map<String, XrpcMethod> all = new HashMap<>();
        queries.forEach((name, query) -> all.put("com.atproto.sync." + name, query));
        return all;
    }

    private HttpReply repoStatus(Params params) {
        RepoState state = repos.state(params.did());
        DataMap.Builder body = DataMap.builder().put("did", state.did().value()).put("active", state.active());
        if (state.active()) {
            body.put("rev", state.head().rev().value());
        } else {
            body.put("status", state.status());
        }
        return Xrpc.json(body.build());
    }

    private HttpReply latestCommit(Params params) {
        RepoState state = repos.readable(params, owners);
        return Xrpc.json(DataMap.builder()
                .put("cid", state.head().commit().toString())
                .put("rev", state.head().rev().value())
                .build());
    }

    private HttpReply listRepos(Params params) {
        int limit = params.limit(REPOS, MOST_REPOS);
        List<RepoState> page = archive.states(params.optional("cursor", Did::tryParse, "cursor"), limit);
        DataMap.Builder body = DataMap.builder()
                .put("repos", page.stream().map(SyncMethods::listed).toList());
        if (page.size() == limit) {
            body.put("cursor", page.getLast().did().value());
        }
        return Xrpc.json(body.build());
    }

    private static Data listed(RepoState state) {
        DataMap.Builder repo = DataMap.builder()
                .put("did", state.did().value())
                .put("head", state.head().commit().toString())
                .put("rev", state.head().rev().value())
                .put("active", state.active());
        return (state.active() ? repo : repo.put("status", state.status())).build();
    }

    private HttpReply repo(Params params) {
        Did did = params.did();
        boolean owned = owners.owns(params.call(), did);
        RepoState state = repos.readable(did, owned);
        Optional<Tid> since = params.optional("since", Tid::tryParse, "tid");
        // A copy is one only once it went out whole.
        return exported(did, since, () -> {
            if (owned) {
                owners.copied(did, state.head().rev().value());
            }
        });
    }

    /// What `getRepo` was called before.
    private HttpReply checkout(Params params) {
        return exported(repos.served(params.did()).did(), Optional.empty(), () -> {});
    }

    /// @param sent runs once everything is sent
    private HttpReply exported(Did did, Optional<Tid> since, Runnable sent) {
        return HttpReply.stream(200, CAR, out -> {
            BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
            archive.export(did, since, buffered);
            buffered.flush();
            sent.run();
        });
    }

    /// What `getLatestCommit` was called before.
    private HttpReply head(Params params) {
        RepoState state = repos.served(params.did());
        return Xrpc.json(
                DataMap.builder().put("root", state.head().commit().toString()).build());
    }

    private HttpReply blocks(Params params) {
        Did did = repos.served(params.did()).did();
        List<Cid> cids = params.list("cids", MOST_BLOCKS, Cid::tryParse, "cid");
        return archive.blocks(did, cids)
                .map(car -> HttpReply.bytes(200, CAR, car))
                .orElseThrow(() -> XrpcError.invalidRequest("Could not find cids: "
                        + archive.missing(did, cids).stream().map(Cid::toString).collect(joining(","))));
    }

    private HttpReply record(Params params) {
        Did did = repos.served(params.did()).did();
        RepoPath path = new RepoPath(params.collection(), params.rkey());
        return archive.proof(did, path)
                .map(car -> HttpReply.bytes(200, CAR, car))
                .orElseThrow(() -> new XrpcError(400, "RepoNotFound", "Could not find repo for DID: " + did));
    }
}
