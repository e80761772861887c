package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.DeadLetters.DeadLetter;
import dev.drawbridge.model.port.DeadLetters.Stage;
import java.time.Instant;
import java.util.Optional;

/// A write that was put aside, as the operator sees it: one for each record.
///
/// @param before the version of the record that it was to replace or take back; empty if there was none
record AsideWrite(RepoWrite write, Optional<Cid> before) {
    private static final String PREFIX = "atproto write ";
    private static final String UNREADABLE = "unreadable";

    static String id(Did repo, RepoPath path) {
        return prefix(repo) + path;
    }

    /// How the ids of everything begin that was put aside for a repository.
    static String prefix(Did repo) {
        return PREFIX + repo + '/';
    }

    DeadLetter letter(Account account, String reason, Instant now) {
        DataMap.Builder body = body(account, write.path());
        before.ifPresent(cid -> body.put("before", cid.toString()));
        if (write instanceof RepoWrite.Put put) {
            body.put("record", put.record());
        }
        return letter(account, write.path(), body, reason, now);
    }

    /// A write that says nothing we understand; the operator can only look at it.
    static DeadLetter unreadable(Account account, RepoPath path, byte[] record, String reason, Instant now) {
        return letter(account, path, body(account, path).put(UNREADABLE, record), reason, now);
    }

    private static DataMap.Builder body(Account account, RepoPath path) {
        return DataMap.builder().put("repo", account.did().value()).put("path", path.key());
    }

    private static DeadLetter letter(Account account, RepoPath path, DataMap.Builder body, String reason, Instant now) {
        Destination repo =
                new Destination(Network.ATPROTO, "repo:" + account.origin().key());
        return new DeadLetter(
                id(account.did(), path), Stage.CONNECTOR, repo.key(), reason, DataJson.write(body.build()), now);
    }

    /// Whose write a letter is; empty if it is something else.
    static Optional<Did> repo(DeadLetter letter) {
        return body(letter).flatMap(body -> body.text("repo")).flatMap(Did::tryParse);
    }

    /// Reads what [#letter] wrote; empty if it is something else.
    static Optional<AsideWrite> of(DeadLetter letter) {
        return body(letter)
                .filter(body -> !body.has(UNREADABLE))
                .flatMap(body -> body.text("path")
                        .flatMap(RepoPath::tryParse)
                        .map(path -> new AsideWrite(
                                body.map("record")
                                        .<RepoWrite>map(record -> new RepoWrite.Put(path, record))
                                        .orElseGet(() -> new RepoWrite.Delete(path)),
                                body.text("before").flatMap(Cid::tryParse))));
    }

    private static Optional<DataMap> body(DeadLetter letter) {
        try {
            return letter.id().startsWith(PREFIX) ? Optional.of(DataJson.parse(letter.body())) : Optional.empty();
        } catch (MalformedData e) {
            return Optional.empty();
        }
    }
}
