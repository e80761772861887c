package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.plc.PlcOperation.Change;
import dev.drawbridge.atproto.record.plc.PlcOperation.Tombstone;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.CommitVerdict;
import dev.drawbridge.atproto.record.sync.CommitVerifier;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a DID says can change, and goes on after whatever interrupts it.
class AccountChangesTest extends AtprotoConnectorFixture {
    private static final Handle OTHER = new Handle("someone-else.ap.bridge.org");
    private final AccountChanges changes = changes(List.of());
    private final Ghost ghost = made(alice());
    private final Did did = new Did(ghost.id().value());
    private final int before = events().size();

    AccountChangesTest(MongoDatabase database) {
        super(database);
    }

    private Account account() {
        return pds.store.accounts().byDid(did).orElseThrow();
    }

    private Change atDirectory() {
        return (Change)
                java.util.Objects.requireNonNull(web.logs.get(did)).getLast().operation();
    }

    private List<SyncEvent> news() {
        List<SyncEvent> all = events();
        return all.subList(before, all.size());
    }

    private AccountUpkeep upkeep(AccountChanges changes) {
        return new AccountUpkeep(pds.store, pds.blobs, changes, Duration.ofDays(30), pds.clock);
    }

    @Test
    void anotherHandleIsKnownToTheDirectoryAndAnnounced() {
        assertThat(changes.rename(did, OTHER)).isEmpty();
        assertThat(changes.rename(did, OTHER)).isEmpty();
        assertThat(atDirectory().alsoKnownAs()).containsExactly("at://" + OTHER);
        assertThat(account().handle()).isEqualTo(OTHER);
        assertThat(account().pending()).isEmpty();
        assertThat(news())
                .singleElement()
                .isInstanceOfSatisfying(
                        IdentityEvent.class, event -> assertThat(event.handle()).contains(OTHER));
    }

    @Test
    void aHandleOfSomebodyElseIsNotTaken() {
        pds.account("bob");
        assertThat(changes.rename(did, TestPds.handle("bob")).orElseThrow()).contains("somebody else");
        assertThat(web.logs.get(did)).hasSize(1);
        assertThat(changes.rename(new Did("did:plc:zzzzzzzzzzzzzzzzzzzzzzzz"), OTHER))
                .isPresent();
    }

    @Test
    void anotherSigningKeySignsANewCommitAndEverythingAfterIt() {
        String old = account().keyRef();
        assertThat(changes.rotateKey(did)).isEmpty();
        assertThat(account().keyRef()).isEqualTo(old + "#2");
        assertThat(news()).hasExactlyElementsOfTypes(IdentityEvent.class, RepoSyncEvent.class);
        assertThat(atDirectory().verificationMethods())
                .containsEntry("atproto", key(old + "#2").toString());
        connector.deliver(draft(ghost, "3mfcb2bsk2k2a", post("hello")), REPO);
        assertThat(changes.rotateKey(did)).isEmpty();
        assertThat(account().keyRef()).isEqualTo(old + "#3");
    }

    @Test
    void whoLookedTheAccountUpBeforeTheKeyWasReplacedSignsWithTheNewOne() {
        Account old = account();
        assertThat(changes.rotateKey(did)).isEmpty();
        RepoPath path = RepoPath.parse("app.bsky.feed.post/3mfcb2bsk2k2a");
        pds.store.writer().write(old, List.of(new RepoWrite.Put(path, DataJson.parse(post("hello")))));
        assertThat(new CommitVerifier(pds.cryptography)
                        .verify(
                                (CommitEvent) news().getLast(),
                                key(old.keyRef() + "#2"),
                                Optional.empty(),
                                pds.clock.instant()))
                .isInstanceOf(CommitVerdict.Verified.class);
    }

    @Test
    void keysOfTheOwnerStayWhenTheSettingsChange() {
        DidKey owner = key("owner");
        DidKey backup = key("backup");
        DidKey operator = key("operator");
        DidKey instance = key(RotationKeys.INSTANCE);
        SignedPlcOperation last =
                java.util.Objects.requireNonNull(web.logs.get(did)).getLast();
        web.took(
                did,
                atDirectory()
                        .withRotationKeys(List.of(owner, instance, backup))
                        .after(last)
                        .sign(pds.signer, RotationKeys.INSTANCE));
        AccountChanges first = changes(List.of(operator));
        assertThat(first.align(did)).isEmpty();
        assertThat(atDirectory().rotationKeys()).containsExactly(owner, operator, instance, backup);
        assertThat(first.isDue(account())).isFalse();
        DidKey next = key("next operator");
        AccountChanges second = changes(List.of(next));
        assertThat(second.isDue(account())).isTrue();
        assertThat(second.align(did)).isEmpty();
        assertThat(atDirectory().rotationKeys())
                .as("without the operator's former one")
                .containsExactly(owner, next, instance, backup);
        assertThat(second.isDue(account())).isFalse();
    }

    private DidKey key(String ref) {
        return DidKey.of(
                DidKey.Curve.SECP256K1, pds.signer.ensure(ref, dev.drawbridge.model.port.KeyAlgorithm.SECP256K1));
    }

    @Test
    void everyDidGetsTheKeysAndTheHostOfTheSettings() {
        DidKey operator = key("operator");
        URI host = URI.create("https://other.bridge.org");
        AccountChanges moved = changes(List.of(operator), host);
        assertThat(changes.isDue(account())).isFalse();
        assertThat(moved.isDue(account())).isTrue();
        upkeep(moved).step();
        assertThat(moved.isDue(account())).isFalse();
        assertThat(atDirectory().rotationKeys()).first().isEqualTo(operator);
        assertThat(atDirectory().rotationKeys()).hasSize(2);
        assertThat(atDirectory().services().get("atproto_pds").endpoint()).isEqualTo(host.toString());
        upkeep(moved).step();
        assertThat(web.logs.get(did)).hasSize(2);
    }

    @Test
    void aDirectoryThatIsDownIsToldLater() {
        changes.rename(did, OTHER);
        web.down = true;
        assertThatThrownBy(() -> changes.rotateKey(did)).isInstanceOf(Unavailable.class);
        web.down = false;
        assertThat(changes.rotateKey(did)).isEmpty();
    }

    @Test
    void whatTheDirectoryHadAlreadyIsFinishedAfterARestart() {
        SignedPlcOperation last =
                java.util.Objects.requireNonNull(web.logs.get(did)).getLast();
        SignedPlcOperation renamed =
                atDirectory().withHandle(OTHER).after(last).sign(pds.signer, RotationKeys.INSTANCE);
        pds.store
                .accounts()
                .pending(
                        did,
                        new Account.Pending(
                                DataJson.write(renamed.toJson()),
                                OTHER,
                                account().keyRef()));
        web.took(did, renamed);
        assertThat(changes.isDue(account())).isTrue();
        upkeep(changes).step();
        assertThat(account().pending()).isEmpty();
        assertThat(account().handle()).isEqualTo(OTHER);
        assertThat(web.logs.get(did)).hasSize(2);
        assertThat(news()).hasExactlyElementsOfTypes(IdentityEvent.class);
    }

    @Test
    void aRefusalChangesNothing() {
        web.refusing = true;
        assertThat(changes.rename(did, OTHER).orElseThrow()).contains("400");
        assertThat(account().pending()).isEmpty();
        assertThat(account().handle().value()).isEqualTo(ghost.handle());
        assertThat(news()).isEmpty();
    }

    @Test
    void whoTookTheirDidElsewhereIsLeftAlone() {
        SignedPlcOperation last =
                java.util.Objects.requireNonNull(web.logs.get(did)).getLast();
        web.took(
                did,
                atDirectory()
                        .withPds(URI.create("https://elsewhere.org"))
                        .after(last)
                        .sign(pds.signer, RotationKeys.INSTANCE));
        assertThat(changes.rename(did, OTHER).orElseThrow()).contains("another host");
        assertThat(changes.rename(did, OTHER).orElseThrow()).contains("another host");
        assertThat(changes.align(did).orElseThrow()).contains("another host");
        assertThat(web.logs.get(did)).hasSize(2);
    }

    @Test
    void aDidThatWasEndedStaysEnded() {
        SignedPlcOperation last =
                java.util.Objects.requireNonNull(web.logs.get(did)).getLast();
        web.took(did, new Tombstone(last.cid()).sign(pds.signer, RotationKeys.INSTANCE));
        assertThat(changes.rename(did, OTHER).orElseThrow()).contains("ended");
    }

    @Test
    void aForgedLogIsNotBelieved() {
        SignedPlcOperation last =
                java.util.Objects.requireNonNull(web.logs.get(did)).getLast();
        key("stranger");
        web.took(did, atDirectory().withHandle(OTHER).after(last).sign(pds.signer, "stranger"));
        assertThat(changes.rename(did, OTHER).orElseThrow()).contains("does not hold together");
        assertThat(account().handle().value()).isEqualTo(ghost.handle());
    }

    @Test
    void whoLeftLongAgoIsRemovedAndMayComeBack() {
        connector.deliver(draft(ghost, "3mfcb2bsk2k2a", post("hello")), REPO);
        pds.blobs.put(did, "image/png", new byte[] {1}, Optional.empty(), Optional.empty(), pds.clock.instant());
        NativeDraft leave =
                new NativeDraft(Optional.of(ghost.id()), Optional.empty(), List.of("{\"account\":\"deactivated\"}"));
        assertThat(connector.deliver(leave, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        pds.clock.advance(Duration.ofDays(29));
        upkeep(changes).step();
        assertThat(pds.store.archive().state(did).orElseThrow().status()).isEqualTo(AccountEvent.DEACTIVATED);
        pds.clock.advance(Duration.ofDays(2));
        upkeep(changes).step();
        assertThat(events().getLast())
                .isInstanceOfSatisfying(
                        AccountEvent.class, event -> assertThat(event.status()).contains(AccountEvent.DELETED));
        assertThat(database.getCollection("atproto_blocks").countDocuments()).isZero();
        assertThat(database.getCollection("atproto_records").countDocuments()).isZero();
        assertThat(database.getCollection("atproto_blobs").countDocuments()).isZero();
        assertThat(database.getCollection("atproto_blob_chunks").countDocuments())
                .isZero();
        int said = events().size();
        NativeDraft delete = new NativeDraft(
                Optional.of(ghost.id()),
                Optional.empty(),
                List.of("{\"collection\":\"app.bsky.feed.post\",\"rkey\":\"3mfcb2bsk2k2a\",\"delete\":true}"));
        assertThat(connector.deliver(delete, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(connector.deliver(leave, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(events()).hasSize(said);
        assertThat(made(alice())).isEqualTo(ghost);
        assertThat(events()).anyMatch(RepoSyncEvent.class::isInstance);
        assertThat(connector.deliver(draft(ghost, "3mfcb2bsk2k2b", post("back")), REPO))
                .isInstanceOf(DeliveryOutcome.Delivered.class);
        pds.clock.advance(Duration.ofDays(60));
        upkeep(changes).step();
        assertThat(pds.store.archive().state(did).orElseThrow().active()).isTrue();
    }
}
