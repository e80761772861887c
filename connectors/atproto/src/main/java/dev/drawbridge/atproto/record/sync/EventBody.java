package dev.drawbridge.atproto.record.sync;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataList;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Bodies of stream events as objects of the data model.
///
/// Spec: lexicon `com.atproto.sync.subscribeRepos`
final class EventBody {
    private static final long MAX_SEQ = (1L << 53) - 1;
    private static final int MAX_OPS = 200;
    private static final int MAX_BLOCKS = 2_000_000;
    private static final int MAX_SYNC_BLOCKS = 10_000;

    private EventBody() {}

    static DataMap of(CommitEvent event) {
        DataMap.Builder body = DataMap.builder()
                .put("seq", event.seq())
                .put("repo", event.did().value())
                .put("time", event.time().toString())
                .put("rev", event.rev().value())
                .put(
                        "since",
                        event.since().<Data>map(tid -> Data.of(tid.value())).orElse(new Data.Null()))
                .put("commit", event.commit())
                .put("blocks", event.blocks())
                .put("ops", event.ops().stream().map(EventBody::op).toList())
                // Fields that nobody reads any more, and that consumers still ask for.
                .put("blobs", DataList.of())
                .put("rebase", false)
                .put("tooBig", false);
        // Absent on the first commit: null would break the lexicon.
        return body.putIfPresent("prevData", event.prevData().map(Data::of)).build();
    }

    private static DataMap op(RepoOp op) {
        String action = switch (op) {
            case RepoOp.Create _ -> "create";
            case RepoOp.Update _ -> "update";
            case RepoOp.Delete _ -> "delete";
        };
        return DataMap.builder()
                .put("action", action)
                .put("path", op.path().key())
                .put("cid", op.cid().<Data>map(Data::of).orElse(new Data.Null()))
                .putIfPresent("prev", op.prev().map(Data::of))
                .build();
    }

    static DataMap of(RepoSyncEvent event) {
        return common(event)
                .put("rev", event.rev().value())
                .put("blocks", event.blocks())
                .build();
    }

    static DataMap of(IdentityEvent event) {
        return common(event)
                .putIfPresent("handle", event.handle().map(handle -> Data.of(handle.value())))
                .build();
    }

    static DataMap of(AccountEvent event) {
        return common(event)
                .put("active", event.active())
                .putIfPresent("status", event.status().map(Data::of))
                .build();
    }

    /// A name and perhaps a message: the body of notices and errors.
    static DataMap of(String field, String name, Optional<String> message) {
        return DataMap.builder()
                .put(field, name)
                .putIfPresent("message", message.map(Data::of))
                .build();
    }

    private static DataMap.Builder common(SyncEvent event) {
        return DataMap.builder()
                .put("seq", event.seq())
                .put("did", event.did().value())
                .put("time", event.time().toString());
    }

    static CommitEvent commit(DataMap body) {
        for (String flag : List.of("rebase", "tooBig")) {
            if (body.bool(flag).orElse(false)) {
                throw new MalformedData("event: " + flag);
            }
        }
        if (body.list("ops").size() > MAX_OPS) {
            throw new MalformedData("event: more than " + MAX_OPS + " ops");
        }
        List<RepoOp> ops = new ArrayList<>();
        for (Data op : items(body, "ops")) {
            ops.add(op(op));
        }
        return new CommitEvent(
                seq(body),
                did(body, "repo"),
                time(body),
                rev(body),
                since(body),
                body.link("commit").orElseThrow(() -> new MalformedData("event: commit")),
                optionalLink(body, "prevData"),
                ops,
                blocks(body, MAX_BLOCKS));
    }

    static RepoSyncEvent sync(DataMap body) {
        return new RepoSyncEvent(seq(body), did(body, "did"), time(body), rev(body), blocks(body, MAX_SYNC_BLOCKS));
    }

    static IdentityEvent identity(DataMap body) {
        return new IdentityEvent(
                seq(body), did(body, "did"), time(body), body.text("handle").flatMap(Handle::tryParse));
    }

    static AccountEvent account(DataMap body) {
        boolean active = body.bool("active").orElseThrow(() -> new MalformedData("event: active"));
        return new AccountEvent(seq(body), did(body, "did"), time(body), active, body.text("status"));
    }

    static String required(DataMap map, String field) {
        return map.text(field).orElseThrow(() -> new MalformedData("frame: no " + field));
    }

    private static RepoOp op(Data data) {
        if (!(data instanceof DataMap op)) {
            throw new MalformedData("event: op is not an object");
        }
        RepoPath path = RepoPath.tryParse(required(op, "path")).orElseThrow(() -> new MalformedData("event: path"));
        Optional<Cid> cid = optionalLink(op, "cid");
        Optional<Cid> prev = optionalLink(op, "prev");
        return switch (required(op, "action")) {
            case "create" -> {
                if (prev.isPresent()) {
                    throw new MalformedData("event: create with prev");
                }
                yield new RepoOp.Create(path, needed(cid, "cid"));
            }
            case "update" -> {
                if (cid.equals(prev)) {
                    throw new MalformedData("event: update changes nothing");
                }
                yield new RepoOp.Update(path, needed(cid, "cid"), needed(prev, "prev"));
            }
            case "delete" -> {
                if (cid.isPresent()) {
                    throw new MalformedData("event: delete with cid");
                }
                yield new RepoOp.Delete(path, needed(prev, "prev"));
            }
            default -> throw new MalformedData("event: action");
        };
    }

    private static Cid needed(Optional<Cid> cid, String field) {
        return cid.orElseThrow(() -> new MalformedData("event: op without " + field));
    }

    private static long seq(DataMap body) {
        long seq = body.integer("seq").orElse(0);
        if (seq < 1 || seq > MAX_SEQ) {
            throw new MalformedData("event: seq");
        }
        return seq;
    }

    private static Did did(DataMap body, String field) {
        return body.text(field).flatMap(Did::tryParse).orElseThrow(() -> new MalformedData("event: " + field));
    }

    private static Tid rev(DataMap body) {
        return body.text("rev").flatMap(Tid::tryParse).orElseThrow(() -> new MalformedData("event: rev"));
    }

    private static Optional<Tid> since(DataMap body) {
        if (absent(body, "since")) {
            return Optional.empty();
        }
        return Optional.of(
                body.text("since").flatMap(Tid::tryParse).orElseThrow(() -> new MalformedData("event: since")));
    }

    private static Instant time(DataMap body) {
        try {
            return OffsetDateTime.parse(required(body, "time")).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedData("event: time", e);
        }
    }

    private static byte[] blocks(DataMap body, int limit) {
        byte[] blocks = body.bytes("blocks").orElseThrow(() -> new MalformedData("event: blocks"));
        if (blocks.length == 0 || blocks.length > limit) {
            throw new MalformedData("event: blocks of " + blocks.length + " bytes, limit " + limit);
        }
        return blocks;
    }

    private static List<Data> items(DataMap body, String field) {
        if (body.fields().get(field) instanceof DataList list) {
            return list.items();
        }
        throw new MalformedData("event: " + field);
    }

    private static Optional<Cid> optionalLink(DataMap map, String field) {
        if (absent(map, field)) {
            return Optional.empty();
        }
        return Optional.of(map.link(field).orElseThrow(() -> new MalformedData("event: " + field)));
    }

    private static boolean absent(DataMap map, String field) {
        return map.get(field).map(Data.Null.class::isInstance).orElse(true);
    }
}
