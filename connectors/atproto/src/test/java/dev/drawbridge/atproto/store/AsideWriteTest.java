package dev.drawbridge.atproto.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.Blob;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoOp;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.DeadLetters.DeadLetter;
import dev.drawbridge.model.port.DeadLetters.Stage;
import dev.drawbridge.testkit.TestMongo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Writes that were taken and cannot be committed.
@ExtendWith(TestMongo.class)
class AsideWriteTest {
    private static final RelayLimits FEW =
            new RelayLimits(Optional.of(100L), Optional.of(8L), Optional.of(100_000L), 100);

    private final Pds pds;

    /// Keys of records whose blocks the store does not take.
    private final Set<String> broken = new HashSet<>();

    AsideWriteTest(MongoDatabase database) {
        pds = new Pds(database);
        pds.limits = FEW;
        pds.startOn(this::failing);
        pds.create();
        pds.store
                .accounts()
                .insert(new Account(
                        Pds.ALICE,
                        new NativeId(Network.NOSTR, "alice"),
                        Pds.HANDLE,
                        Pds.KEY,
                        "{}",
                        true,
                        Instant.EPOCH));
        exhaust("before");
    }

    private void exhaust(String rkey) {
        for (int i = 0; pds.store.sequencer().budget().allows(); i++) {
            write(Pds.put(rkey + i, "one"));
        }
    }

    private Account account() {
        return pds.store.accounts().byDid(Pds.ALICE).orElseThrow();
    }

    private Blocks failing(Blocks real) {
        return (Blocks) Proxy.newProxyInstance(
                Blocks.class.getClassLoader(), new Class<?>[] {Blocks.class}, (_, method, arguments) -> {
                    if (method.getName().equals("put")
                            && ((List<?>) arguments[3]).stream().anyMatch(op -> broken.contains(key((RepoOp) op)))) {
                        throw new IllegalStateException("the disk is odd there");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static String key(RepoOp op) {
        return op.path().rkey().value();
    }

    private void write(RepoWrite... writes) {
        pds.clock.advance(Duration.ofMillis(5));
        pds.store.writer().write(pds.store.accounts().byDid(Pds.ALICE).orElseThrow(), List.of(writes));
    }

    private void after(Duration time) {
        pds.clock.advance(time);
        pds.store.writer().look();
        pds.store.writer().drain();
    }

    /// A record that an older version let in.
    private void letIn(String rkey, DataMap record) {
        new MongoWriteQueue(pds.database)
                .put(Pds.ALICE, new RepoWrite.Put(Pds.path(rkey), record), pds.clock.instant());
    }

    private static DataMap ofAnotherType() {
        return Pds.record("two").toBuilder().put("$type", "app.bsky.feed.like").build();
    }

    private void putAside(String rkey, RepoWrite write) {
        broken.add(rkey);
        write(write);
        for (int attempt = 0; attempt < WaitingWrites.MOST_ATTEMPTS; attempt++) {
            after(Duration.ofHours(9));
        }
        assertThat(letters()).hasSize(1);
        broken.clear();
    }

    private List<DeadLetter> letters() {
        return pds.deadLetters.newest(100);
    }

    @Test
    void whatCanNeverBeStoredIsPutAsideAtOnceAndTheOthersGoInTheirOrder() {
        write(Pds.put("a", "one"));
        pds.clock.advance(Duration.ofSeconds(1));
        letIn("b", ofAnotherType());
        pds.clock.advance(Duration.ofSeconds(1));
        write(Pds.put("c", "three"));
        after(Duration.ofMinutes(66));
        assertThat(pds.listed())
                .containsEntry("a", "one")
                .containsEntry("c", "three")
                .doesNotContainKey("b");
        assertThat(pds.store.writer().backlog().writes()).isZero();
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.stage()).isEqualTo(Stage.CONNECTOR);
            assertThat(letter.destination()).isEqualTo("atproto|repo:nostr|alice");
            assertThat(letter.reason()).contains("attempt 1").contains("$type of the record");
            assertThat(letter.body()).contains("app.bsky.feed.post/b");
        });
        assertThat(pds.complaints()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsPutAsideAndOnlyLookedAt() {
        write(Pds.put("a", "one"));
        letIn("b", Pds.record("x".repeat(3_000_000)));
        after(Duration.ofMinutes(66));
        assertThat(pds.listed()).containsEntry("a", "one").doesNotContainKey("b");
        assertThat(pds.store.writer().backlog().writes()).isZero();
        DeadLetter letter = letters().getFirst();
        assertThat(letter.reason()).contains("MalformedData");
        assertThat(pds.store.writer().resume(letter)).isFalse();
        assertThat(letters()).hasSize(1);
    }

    @Test
    void whatFailsIsTriedAgainAndHoldsNobodyUp() {
        broken.add("b");
        write(Pds.put("a", "one"));
        write(Pds.put("b", "two"));
        write(Pds.put("c", "three"));
        after(Duration.ofMinutes(66));
        assertThat(pds.listed()).containsKeys("a", "c").doesNotContainKey("b");
        assertThat(pds.store.writer().backlog().writes()).isEqualTo(1);
        assertThat(letters()).isEmpty();
        write(Pds.put("d", "four"));
        assertThat(pds.listed()).as("behind it, and not held up").containsEntry("d", "four");
        broken.clear();
        after(Duration.ofSeconds(50));
        assertThat(pds.listed()).as("not before its time").doesNotContainKey("b");
        after(Duration.ofSeconds(20));
        assertThat(pds.listed()).containsEntry("b", "two");
        assertThat(pds.store.writer().backlog().writes()).isZero();
        assertThat(pds.complaints()).isEmpty();
    }

    @Test
    void whatFailsTooOftenIsPutAsideAndCanBeTriedOnceMore() {
        broken.add("b");
        write(Pds.put("b", "two"));
        for (int attempt = 1; attempt < WaitingWrites.MOST_ATTEMPTS; attempt++) {
            after(Duration.ofHours(9));
            assertThat(letters()).as("after attempt " + attempt).isEmpty();
        }
        after(Duration.ofHours(9));
        assertThat(pds.store.writer().backlog().writes()).isZero();
        DeadLetter letter = letters().getFirst();
        assertThat(letter.reason()).contains("attempt 10").contains("the disk is odd there");
        assertThat(pds.store.writer().resume(letter)).isTrue();
        assertThat(letters()).isEmpty();
        assertThat(pds.store.writer().backlog().writes())
                .as("it failed, and waits")
                .isEqualTo(1);
        broken.clear();
        after(Duration.ofHours(9));
        assertThat(pds.listed()).containsEntry("b", "two");
    }

    @Test
    void aDeleteIsPutAsideTooAndWorksOnceMore() {
        putAside("before0", Pds.delete("before0"));
        assertThat(pds.listed()).containsKey("before0");
        assertThat(pds.store.writer().resume(letters().getFirst())).isTrue();
        assertThat(pds.listed()).doesNotContainKey("before0");
    }

    @Test
    void whatWasSaidAnewOrTakenBackSinceDoesNotComeBack() {
        putAside("b", Pds.put("b", "old"));
        DeadLetter letter = letters().getFirst();
        write(Pds.put("b", "new"));
        assertThat(pds.store.writer().resume(letter)).isFalse();
        assertThat(pds.listed()).containsEntry("b", "new");
        write(Pds.delete("b"));
        assertThat(letters()).as("forgotten with what it said").isEmpty();
        assertThat(pds.listed()).doesNotContainKey("b");
    }

    @Test
    void anOlderWordNeitherOverwritesANewerThatWaitsNorComesBackOnceTheLetterIsGone() {
        putAside("b", Pds.put("b", "old"));
        DeadLetter letter = letters().getFirst();
        exhaust("more");
        write(Pds.put("b", "new"));
        assertThat(letters()).as("something newer is said").isEmpty();
        // As if another process had put it aside just now.
        pds.deadLetters.put(letter);
        assertThat(pds.store.writer().resume(letter)).isFalse();
        after(Duration.ofHours(2));
        assertThat(pds.listed()).containsEntry("b", "new");
    }

    @Test
    void aLetterThatIsGoneOrAnotherByNowIsNotTriedAgain() {
        putAside("b", Pds.put("b", "old"));
        DeadLetter letter = letters().getFirst();
        var later = new DeadLetter(
                letter.id(), letter.stage(), letter.destination(), "anew", letter.body(), pds.clock.instant());
        pds.deadLetters.put(later);
        assertThat(pds.store.writer().resume(letter)).isFalse();
        pds.deadLetters.remove(letter.id());
        assertThat(pds.store.writer().resume(letter)).as("taken back meanwhile").isFalse();
        assertThat(pds.listed()).doesNotContainKey("b");
    }

    @Test
    void whatIsAsideStaysUntilTheNewerWordIsTaken() {
        putAside("before0", Pds.delete("before0"));
        broken.add("before0");
        assertThatThrownBy(() -> write(Pds.delete("before0"))).hasMessageContaining("the disk is odd");
        assertThat(letters()).hasSize(1);
    }

    @Test
    void whatIsAsideGoesWithTheRepository() {
        putAside("b", Pds.put("b", "two"));
        DeadLetter letter = letters().getFirst();
        var ofAnother = new DeadLetter(
                AsideWrite.id(new dev.drawbridge.atproto.record.syntax.Did(Pds.ALICE + "a"), Pds.path("b")),
                Stage.CONNECTOR,
                "",
                "",
                "{}",
                Instant.EPOCH);
        pds.deadLetters.put(ofAnother);
        pds.store.writer().forget(Pds.ALICE);
        assertThat(letters()).containsExactly(ofAnother);
        pds.deadLetters.put(letter);
        pds.store.accounts().elsewhere(Pds.ALICE);
        assertThat(pds.store.writer().resume(letter)).isFalse();
    }

    @Test
    void comingBackWaitsForEveryDeleteAndTriesItNoMoreOftenThanOtherwise() {
        pds.store.repositories().close(Pds.ALICE, AccountEvent.DEACTIVATED);
        broken.add("before0");
        write(Pds.delete("before0"));
        for (int i = 0; i <= WaitingWrites.MOST_ATTEMPTS; i++) {
            assertThat(pds.store.writer().reopen(account()).orElseThrow()).contains("cannot be committed yet");
        }
        assertThat(letters()).isEmpty();
        assertThat(pds.store.archive().state(Pds.ALICE).map(RepoState::active)).contains(false);
        broken.clear();
        pds.clock.advance(Duration.ofDays(1));
        assertThat(pds.store.writer().reopen(account())).isEmpty();
        assertThat(pds.listed()).doesNotContainKey("before0").containsKey("before1");
    }

    @Test
    void aDeleteThatKeepsSomebodyFromComingBackIsShownAndGoesWhenItIsTriedAgain() {
        pds.store.repositories().close(Pds.ALICE, AccountEvent.DEACTIVATED);
        broken.add("before0");
        write(Pds.delete("before0"));
        for (int i = 0; i < WaitingWrites.MOST_ATTEMPTS; i++) {
            pds.clock.advance(Duration.ofDays(1));
            assertThat(pds.store.writer().reopen(account())).isPresent();
        }
        DeadLetter letter = letters().getFirst();
        assertThat(pds.store.writer().reopen(account()).orElseThrow()).contains("waits for the operator");
        assertThat(pds.store.archive().state(Pds.ALICE).map(RepoState::active)).contains(false);
        broken.clear();
        assertThat(pds.store.writer().resume(letter)).isTrue();
        assertThat(pds.store.writer().reopen(account())).isEmpty();
        assertThat(letters()).isEmpty();
        assertThat(pds.listed()).doesNotContainKey("before0").containsKey("before1");
    }

    @Test
    void whatWasPutAsideBeforeSomebodyLeftIsStillTakenBack() {
        putAside("before0", Pds.delete("before0"));
        pds.store.repositories().close(Pds.ALICE, AccountEvent.DEACTIVATED);
        assertThat(pds.store.writer().reopen(account()).orElseThrow()).contains("waits for the operator");
        broken.clear();
        assertThat(pds.store.writer().resume(letters().getFirst())).isTrue();
        assertThat(pds.store.writer().reopen(account())).isEmpty();
        assertThat(pds.listed()).doesNotContainKey("before0");
    }

    @Test
    void nothingIsSaidAgainForWhoLeftOrIsNotThere() {
        putAside("b", Pds.put("b", "two"));
        DeadLetter letter = letters().getFirst();
        var foreign = new DeadLetter("other", Stage.CONNECTOR, "atproto|x", "", "{}", Instant.EPOCH);
        var unreadable = new DeadLetter(letter.id(), Stage.CONNECTOR, letter.destination(), "", "{", Instant.EPOCH);
        assertThat(pds.store.writer().resume(foreign)).isFalse();
        assertThat(pds.store.writer().resume(unreadable)).isFalse();
        pds.store.repositories().close(Pds.ALICE, AccountEvent.DEACTIVATED);
        assertThat(pds.store.writer().resume(letter)).isFalse();
        assertThat(letters()).hasSize(1);
    }

    @Test
    void theFilesOfWhatIsPutAsideAreLetGoAndItDoesNotComeBackWithoutThem() {
        BlobStore blobs = BlobStore.open(pds.database);
        Cid file = blobs.put(
                        Pds.ALICE, "image/png", new byte[] {1}, Optional.empty(), Optional.empty(), pds.clock.instant())
                .cid();
        DataMap picture = Pds.record("look").toBuilder()
                .put("file", new Blob(file, "image/png", 1).toData())
                .build();
        putAside("b", new RepoWrite.Put(Pds.path("b"), picture));
        pds.clock.advance(Duration.ofDays(2));
        assertThat(blobs.sweep(pds.clock.instant())).isEqualTo(1);
        assertThat(pds.store.writer().resume(letters().getFirst())).isFalse();
        assertThat(pds.listed()).doesNotContainKey("b");
    }

    @Test
    void whoLeavesTakesBackTheRestWhenOneDeleteFails() {
        write(Pds.delete("before0"), Pds.delete("before1"));
        broken.add("before0");
        pds.store.writer().leave(pds.store.accounts().byDid(Pds.ALICE).orElseThrow());
        assertThat(pds.listed()).containsKey("before0").doesNotContainKey("before1");
        assertThat(pds.store.writer().backlog().writes()).isEqualTo(1);
    }
}
