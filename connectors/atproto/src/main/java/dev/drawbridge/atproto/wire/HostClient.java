package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.PrivateKeys;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks other hosts of repositories.
///
/// Spec: lexicons `com.atproto.repo.getRecord`, `com.atproto.sync.getRecord`, `com.atproto.identity.resolveHandle`,
/// `com.atproto.sync.requestCrawl`, `com.atproto.sync.getRepoStatus`
public final class HostClient {
    private static final int MAX_PROOF = 2_000_000;
    /// The most records that hosts give at once.
    static final int PAGE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// What a host answers that has no such account or record (`com.atproto.repo.getRecord`,
    /// `com.atproto.sync.getRecord`,
    /// `getRepoStatus`).
    private static final Set<String> NOT_THERE = Set.of("RepoNotFound", "RecordNotFound");
    /// What it answers where an account is closed, by whomever (`com.atproto.sync.getRecord`).
    private static final Set<String> CLOSED = Set.of("RepoDeactivated", "RepoTakendown", "RepoSuspended");

    private final Json json;

    public HostClient(OutboundHttp http) {
        this.json = new Json(http);
    }

    /// A record as its host shows it, without proof; empty if the host says that there is none.
    ///
    /// @throws Unavailable if the host does not answer, or not in a way that says either
    public Optional<DataMap> record(URI pds, Did repo, RepoPath path) {
        URI at = URI.create(origin(pds) + "/xrpc/com.atproto.repo.getRecord?repo=" + encoded(repo.value())
                + "&collection=" + path.collection() + "&rkey="
                + encoded(path.rkey().value()));
        Answer answer = json.send(Request.get(at, Map.of("accept", "application/json")));
        if (answer.status() == 200) {
            Optional<String> uri = Optional.of(AtUri.of(repo, path).toString());
            return Optional.of(Json.object(answer)
                    .filter(found -> found.text("uri").equals(uri))
                    .orElseThrow(() -> somethingElse(at)));
        }
        if (answer.status() == 404 || saysNothingIsThere(answer)) {
            return Optional.empty();
        }
        throw notSaid(at, answer);
    }

    /// A CAR file that proves a record; empty if the host says that it has none.
    ///
    /// @throws Unavailable if the host does not answer, or not in a way that says either
    public Optional<byte[]> proof(URI pds, Did repo, RepoPath path) {
        URI at = URI.create(
                origin(pds) + "/xrpc/com.atproto.sync.getRecord?did=" + encoded(repo.value()) + "&collection="
                        + path.collection() + "&rkey=" + encoded(path.rkey().value()));
        Map<String, String> accept = Map.of("accept", "application/vnd.ipld.car");
        Answer answer = json.send(new Request("GET", at, accept, new byte[0], MAX_PROOF, PATIENCE, 0));
        if (answer.status() == 200) {
            return Optional.of(answer.body());
        }
        if (answer.status() == 404 || saysNothingIsThere(answer)) {
            return Optional.empty();
        }
        throw notSaid(at, answer);
    }

    /// Whether an answer means that there is no such thing. Whoever does not let us ask, or has closed an account for
    /// now, does not say so.
    private static boolean saysNothingIsThere(Answer answer) {
        return says(answer, NOT_THERE);
    }

    private static boolean says(Answer answer, Set<String> errors) {
        return answer.status() == 400
                && Json.object(answer)
                        .flatMap(body -> body.text("error"))
                        .filter(errors::contains)
                        .isPresent();
    }

    private static Unavailable somethingElse(URI at) {
        return new Unavailable(PrivateKeys.place(at) + " answers something else", Optional.empty());
    }

    private static Unavailable notSaid(URI at, Answer answer) {
        return new Unavailable(PrivateKeys.place(at) + " answers " + answer.status(), says(answer, CLOSED));
    }

    /// Whose a handle is, as a host says.
    ///
    /// @throws Unavailable if the host does not answer
    public Optional<Did> handle(URI pds, Handle handle) {
        return json.get(URI.create(origin(pds) + "/xrpc/com.atproto.identity.resolveHandle?handle=" + handle))
                .flatMap(found -> found.text("did"))
                .flatMap(Did::tryParse);
    }

    private static URI listing(URI pds, Did repo, String collection, int limit, Optional<String> cursor) {
        return URI.create(origin(pds) + "/xrpc/com.atproto.repo.listRecords?repo=" + encoded(repo.value())
                + "&collection=" + collection + "&limit=" + limit
                + cursor.map(from -> "&cursor=" + encoded(from)).orElse(""));
    }

    /// A page of at most `limit` records.
    ///
    /// @return empty if the host has no such account
    /// @throws Unavailable if the host does not answer, or with more than is read, or does not say
    /// either, as while the account is closed
    Optional<RecordPage> page(URI pds, Did repo, String collection, int limit, Optional<String> cursor) {
        URI at = listing(pds, repo, collection, limit, cursor);
        Answer answer = json.send(Request.get(at, Map.of("accept", "application/json")));
        if (answer.status() == 200) {
            return Optional.of(RecordPage.read(answer.body())
                    .orElseThrow(() -> new Unavailable(
                            PrivateKeys.place(at) + " lists what is not a page of records", Optional.empty())));
        }
        // Hosts have no common word for it here; of its status they have.
        boolean none = answer.status() == 400
                && !says(answer, CLOSED)
                && (says(answer, NOT_THERE) || status(pds, repo).isEmpty());
        if (none) {
            return Optional.empty();
        }
        throw notSaid(at, answer);
    }

    /// Whether a host still has an account, be it closed for now.
    ///
    /// @throws Unavailable if the host does not answer, or not in a way that says either
    public boolean serves(URI pds, Did repo) {
        return status(pds, repo)
                .filter(status -> isOpen(status)
                        || status.text("status")
                                .filter(why -> !why.equals(AccountEvent.DELETED))
                                .isPresent())
                .isPresent();
    }

    private static boolean isOpen(DataMap status) {
        return status.bool("active").orElse(false);
    }

    /// Empty if there is no such account.
    private Optional<DataMap> status(URI pds, Did repo) {
        URI at = URI.create(origin(pds) + "/xrpc/com.atproto.sync.getRepoStatus?did=" + encoded(repo.value()));
        Answer answer = json.send(Request.get(at, Map.of("accept", "application/json")));
        if (answer.status() == 200) {
            return Optional.of(Json.object(answer).orElseThrow(() -> somethingElse(at)));
        }
        if (saysNothingIsThere(answer)) {
            return Optional.empty();
        }
        throw notSaid(at, answer);
    }

    /// Asks a relay to read our event stream.
    ///
    /// @return why it will not; empty if it will
    /// @throws Unavailable if the relay does not answer
    public Optional<String> requestCrawl(URI relay, String hostname) {
        Answer answer = json.post(
                URI.create(origin(relay) + "/xrpc/com.atproto.sync.requestCrawl"),
                DataMap.builder().put("hostname", hostname).build());
        return answer.status() / 100 == 2 ? Optional.empty() : Optional.of(answer.status() + " " + Json.text(answer));
    }

    private static String origin(URI host) {
        return host.getScheme() + "://" + host.getRawAuthority();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
