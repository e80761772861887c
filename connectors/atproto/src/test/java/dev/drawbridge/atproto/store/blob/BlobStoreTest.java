package dev.drawbridge.atproto.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;
import dev.drawbridge.model.Media;
import dev.drawbridge.testkit.TestMongo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class BlobStoreTest {
    private static final Did ALICE = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final Did BOB = new Did("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
    private static final RepoPath ONE = RepoPath.parse("app.bsky.feed.post/3mfcb2bsk2k2a");
    private static final RepoPath TWO = RepoPath.parse("app.bsky.feed.post/3mfcb2bsk2k2b");
    private static final Tid REV = new Tid("3mfcb2bsk2k2a");
    private static final Tid LATER = new Tid("3mfcb2bsk2k2b");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NIGHT = NOON.plus(Duration.ofHours(12));
    private final BlobStore blobs;
    private final MongoDatabase database;

    BlobStoreTest(MongoDatabase database) {
        this.database = database;
        blobs = BlobStore.open(this::resource);
    }

    private <T> T resource(Class<T> type) {
        return type.cast(database);
    }

    private StoredBlob put(Did repo, String text, Instant now) {
        return blobs.put(
                repo,
                "image/png",
                text.getBytes(StandardCharsets.UTF_8),
                Optional.of(new Media.Dimensions(4, 3)),
                Optional.of("note"),
                now);
    }

    private byte[] bytes(Did repo, StoredBlob blob) throws IOException {
        var out = new ByteArrayOutputStream();
        blobs.write(repo, blob, out);
        return out.toByteArray();
    }

    private long pieces() {
        return database.getCollection("atproto_blob_chunks").countDocuments();
    }

    @Test
    void aFileIsFoundByTheCidOfItsBytes() throws IOException {
        StoredBlob blob = put(ALICE, "boat", NOON);
        assertThat(blob.cid()).isEqualTo(Cid.ofRaw("boat".getBytes(StandardCharsets.UTF_8)));
        assertThat(blobs.find(ALICE, blob.cid())).contains(blob);
        assertThat(bytes(ALICE, blob)).asString().isEqualTo("boat");
        assertThat(blobs.find(BOB, blob.cid())).as("files are kept apart").isEmpty();
        assertThat(put(ALICE, "boat", NOON)).isEqualTo(blob);
        assertThat(pieces()).isEqualTo(1);
    }

    @Test
    void aLargeFileComesBackWhole() throws IOException {
        byte[] large = new byte[2_500_000];
        new Random(1).nextBytes(large);
        StoredBlob blob = blobs.put(ALICE, "video/mp4", large, Optional.empty(), Optional.empty(), NOON);
        assertThat(pieces()).isEqualTo(3);
        assertThat(bytes(ALICE, blob)).isEqualTo(large);
    }

    @Test
    void onlyFilesOfRecordsAreListed() {
        StoredBlob boat = put(ALICE, "boat", NOON);
        StoredBlob sea = put(ALICE, "sea", NOON);
        put(BOB, "boat", NOON);
        assertThat(blobs.list(ALICE, Optional.empty(), Optional.empty(), 10)).isEmpty();
        blobs.refer(ALICE, ONE, List.of(boat.cid()), REV, NOON);
        blobs.refer(ALICE, TWO, List.of(sea.cid(), boat.cid()), LATER, NOON);
        List<Cid> both = blobs.list(ALICE, Optional.empty(), Optional.empty(), 10);
        assertThat(both).containsExactlyInAnyOrder(boat.cid(), sea.cid()).isSorted();
        assertThat(blobs.list(ALICE, Optional.of(REV), Optional.empty(), 10)).containsExactly(sea.cid());
        assertThat(blobs.list(ALICE, Optional.empty(), Optional.empty(), 1)).containsExactly(both.getFirst());
        assertThat(blobs.list(ALICE, Optional.empty(), Optional.of(both.getFirst()), 10))
                .containsExactly(both.getLast());
        assertThat(blobs.list(BOB, Optional.empty(), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void whatNoRecordRefersToGoesAfterAWhile() {
        StoredBlob used = put(ALICE, "used", NOON);
        StoredBlob orphan = put(ALICE, "orphan", NOON);
        blobs.refer(ALICE, ONE, List.of(used.cid()), REV, NOON);
        assertThat(blobs.sweep(NOON)).as("not yet").isZero();
        assertThat(blobs.sweep(NIGHT)).isEqualTo(1);
        assertThat(blobs.find(ALICE, orphan.cid())).isEmpty();
        assertThat(blobs.find(ALICE, used.cid())).isPresent();
        assertThat(pieces()).isEqualTo(1);
    }

    @Test
    void aFileGoesWithTheLastRecordThatShowsIt() {
        StoredBlob boat = put(ALICE, "boat", NOON);
        blobs.refer(ALICE, ONE, List.of(boat.cid()), REV, NOON);
        blobs.refer(ALICE, TWO, List.of(boat.cid()), REV, NOON);
        blobs.refer(ALICE, ONE, List.of(), LATER, NOON);
        blobs.refer(ALICE, ONE, List.of(), LATER, NOON);
        assertThat(blobs.sweep(NIGHT)).isZero();
        assertThat(blobs.list(ALICE, Optional.empty(), Optional.empty(), 10)).containsExactly(boat.cid());
        StoredBlob sea = put(ALICE, "sea", NIGHT);
        blobs.refer(ALICE, TWO, List.of(sea.cid()), LATER, NIGHT);
        assertThat(blobs.list(ALICE, Optional.empty(), Optional.empty(), 10)).containsExactly(sea.cid());
        assertThat(blobs.sweep(NIGHT)).as("unused since now").isZero();
        assertThat(blobs.sweep(NIGHT.plusSeconds(1))).isEqualTo(1);
        assertThat(blobs.find(ALICE, boat.cid())).isEmpty();
        assertThat(database.getCollection("atproto_blob_uses").countDocuments()).isEqualTo(1);
    }

    @Test
    void whatIsStoredAgainStays() {
        StoredBlob boat = put(ALICE, "boat", NOON);
        put(ALICE, "boat", NIGHT);
        assertThat(blobs.sweep(NIGHT)).isZero();
        assertThat(blobs.find(ALICE, boat.cid())).isPresent();
        assertThat(blobs.sweep(NIGHT.plusSeconds(1))).isEqualTo(1);
        assertThat(put(ALICE, "boat", NIGHT)).as("and may come back").isEqualTo(boat);
        assertThat(blobs.find(ALICE, boat.cid())).isPresent();
    }

    @Test
    void whatCameFromAnAddressIsKnownForAWhile() {
        StoredBlob boat = put(ALICE, "boat", NOON);
        blobs.cameFrom(ALICE, "https://a.example/1", boat.cid(), NOON);
        assertThat(blobs.from(ALICE, "https://a.example/1", NOON, NIGHT)).contains(boat);
        assertThat(blobs.from(ALICE, "https://a.example/1", NOON.plusSeconds(1), NIGHT))
                .as("too long ago")
                .isEmpty();
        assertThat(blobs.from(BOB, "https://a.example/1", NOON, NIGHT)).isEmpty();
        assertThat(blobs.sweep(NIGHT)).as("asking for it renewed it").isZero();
        assertThat(blobs.from(ALICE, "https://a.example/1", NOON, NIGHT))
                .as("addresses are forgotten sooner")
                .isEmpty();
    }

    @Test
    void aHalfWrittenFileIsNotThere() {
        StoredBlob boat = put(ALICE, "boat", NOON);
        database.getCollection("atproto_blobs").updateOne(Filters.empty(), Updates.set("whole", false));
        assertThat(blobs.find(ALICE, boat.cid())).isEmpty();
        assertThatThrownBy(() -> blobs.write(ALICE, boat, new ByteArrayOutputStream()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(put(ALICE, "boat", NOON)).isEqualTo(boat);
        assertThat(blobs.find(ALICE, boat.cid())).isPresent();
    }

    @Test
    void everythingOfOneAccountGoesAndNothingOfAnother() {
        StoredBlob hers = put(ALICE, "hers", NOON);
        StoredBlob his = put(BOB, "hers", NOON);
        blobs.refer(ALICE, ONE, List.of(hers.cid()), REV, NOON);
        blobs.refer(BOB, ONE, List.of(his.cid()), REV, NOON);
        blobs.cameFrom(ALICE, "https://a.example/1.png", hers.cid(), NOON);
        blobs.cameFrom(BOB, "https://a.example/1.png", his.cid(), NOON);
        blobs.remove(ALICE);
        blobs.remove(ALICE);
        assertThat(blobs.find(ALICE, hers.cid())).isEmpty();
        assertThat(blobs.list(ALICE, Optional.empty(), Optional.empty(), 10)).isEmpty();
        assertThat(blobs.find(BOB, his.cid())).isPresent();
        assertThat(blobs.list(BOB, Optional.empty(), Optional.empty(), 10)).containsExactly(his.cid());
        for (String collection :
                List.of("atproto_blobs", "atproto_blob_chunks", "atproto_blob_uses", "atproto_blob_sources")) {
            assertThat(database.getCollection(collection).countDocuments())
                    .as(collection)
                    .isEqualTo(1);
        }
    }
}
