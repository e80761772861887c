package dev.drawbridge.atproto;

import dev.drawbridge.atproto.record.MalformedData;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.lexicon.LexiconCatalog;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.store.NotPublishing;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.RepoArchive;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.atproto.store.blob.RecordFiles;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Applies a draft to the ghost's repository: as one commit, or together with others when relays take more of us.
final class RepoDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(RepoDelivery.class);

    /// When another instance that publishes may have stopped.
    private static final Duration LATER = Duration.ofSeconds(30);

    private final PdsStore store;
    private final RecordFiles files;
    private final Gates gates;
    private final InstantSource clock;

    RepoDelivery(PdsStore store, RecordFiles files, Gates gates, InstantSource clock) {
        this.store = store;
        this.files = files;
        this.gates = gates;
        this.clock = clock;
    }

    /// What a draft asks for.
    private record Plan(List<RepoWrite> writes, Optional<String> close) {
        boolean adds() {
            return writes.stream().anyMatch(RepoWrite.Put.class::isInstance);
        }
    }

    /// @throws IllegalArgumentException if nobody speaks
    DeliveryOutcome deliver(NativeDraft draft) {
        Did ghost = draft.ghost()
                .flatMap(id -> Did.tryParse(id.value()))
                .orElseThrow(() -> new IllegalArgumentException("a draft without a ghost cannot be delivered"));
        Optional<Account> account = store.accounts().byDid(ghost).filter(Account::live);
        Optional<RepoState> before = store.archive().state(ghost);
        if (account.isEmpty() || before.isEmpty()) {
            return new DeliveryOutcome.Refused("there is no account " + ghost + " here");
        }
        try {
            Plan plan = plan(ghost, draft);
            if (account.get().elsewhere()) {
                return elsewhere(plan, draft);
            }
            if (plan.adds() && !before.get().active()) {
                return new DeliveryOutcome.Refused("the account " + ghost + " is closed");
            }
            if (!plan.adds() && before.get().status().equals(AccountEvent.DELETED)) {
                // Everything it said is gone already, and it is closed.
                return new DeliveryOutcome.Delivered(draft.copy());
            }
            Optional<DeliveryOutcome> objection = gates.objection(account.get(), plan.writes);
            return objection.isPresent() ? objection.get() : apply(plan, account.get(), draft);
        } catch (NotPublishing e) {
            return DeliveryOutcome.Retry.notAsked(LATER, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | MalformedData e) {
            LOG.warn("not stored for {}: {}", ghost, e.getMessage());
            return new DeliveryOutcome.Refused("the record cannot be stored: " + e.getMessage());
        }
    }

    /// What was said here belongs to its owner now, wherever it is; nobody would believe us that it is gone.
    private static DeliveryOutcome elsewhere(Plan plan, NativeDraft draft) {
        return plan.adds()
                ? new DeliveryOutcome.Refused("its owner took the account to another host")
                : new DeliveryOutcome.Delivered(draft.copy());
    }

    private DeliveryOutcome apply(Plan plan, Account account, NativeDraft draft) {
        Optional<Cid> missing = files.missing(account.did(), plan.writes);
        if (missing.isPresent()) {
            return new DeliveryOutcome.Refused("the file " + missing.get() + " of the record is not here");
        }
        if (!plan.writes.isEmpty()) {
            store.writer().write(account, plan.writes);
        }
        plan.close.ifPresent(status -> {
            store.writer().leave(account);
            store.accounts().closed(account.did(), clock.instant());
            store.repositories().close(account.did(), status);
        });
        return new DeliveryOutcome.Delivered(draft.copy().map(copy -> versioned(copy, plan)));
    }

    /// The copy with the id of the version that was written.
    private static ObjectRef versioned(ObjectRef copy, Plan plan) {
        Optional<RepoPath> path = AtUri.tryParse(copy.id().value()).flatMap(AtUri::path);
        for (RepoWrite write : plan.writes) {
            if (write instanceof RepoWrite.Put put && path.equals(Optional.of(put.path()))) {
                Cid cid = DagCbor.cid(put.record());
                return ObjectRef.of(copy.id(), cid.toString());
            }
        }
        return copy;
    }

    private Plan plan(Did ghost, NativeDraft draft) {
        List<RepoWrite> writes = new ArrayList<>();
        Optional<String> close = Optional.empty();
        for (String document : draft.documents()) {
            JsonNode json = JsonMapper.shared().readTree(document);
            if (json.has("account")) {
                close = Optional.of(json.path("account").asString());
            } else {
                write(ghost, json).ifPresent(write -> {
                    writes.add(write);
                    if (write instanceof RepoWrite.Delete gone) {
                        Gates.of(gone.path()).forEach(gate -> writes.add(new RepoWrite.Delete(gate)));
                    }
                });
            }
        }
        return new Plan(writes, close);
    }

    /// @return empty for a change that changes nothing, which is not worth a commit
    private Optional<RepoWrite> write(Did ghost, JsonNode json) {
        RepoPath path = RepoPath.parse(
                json.path("collection").asString("") + '/' + json.path("rkey").asString(""));
        if (json.path("delete").asBoolean(false)) {
            return Optional.of(new RepoWrite.Delete(path));
        }
        Optional<DataMap> before = json.has("change") ? now(ghost, path) : Optional.empty();
        DataMap data = DataJson.map(record(before, path, json));
        if (before.filter(data::equals).isPresent()) {
            return Optional.empty();
        }
        LexiconCatalog.bundled().check(path, data).stream().findFirst().ifPresent(finding -> {
            throw new IllegalArgumentException(path + ": " + finding);
        });
        return Optional.of(new RepoWrite.Put(path, data));
    }

    /// @param before what a change is made to
    private static ObjectNode record(Optional<DataMap> before, RepoPath path, JsonNode json) {
        if (json.get("change") instanceof ObjectNode change) {
            ObjectNode record = before.map(DataJson::toNode)
                    .orElseThrow(() -> new IllegalArgumentException("nothing is there to change: " + path));
            change.properties().forEach(field -> {
                if (field.getValue().isNull()) {
                    record.remove(field.getKey());
                } else {
                    record.set(field.getKey(), field.getValue());
                }
            });
            return record;
        }
        if (json.get("record") instanceof ObjectNode record) {
            return record;
        }
        throw new IllegalArgumentException("a write without a record: " + path);
    }

    /// A record as it was last written, be it there or on its way.
    private Optional<DataMap> now(Did ghost, RepoPath path) {
        return store.writer()
                .waiting(ghost, path)
                .or(() -> store.archive().record(ghost, path).map(RepoArchive.StoredRecord::value));
    }
}
