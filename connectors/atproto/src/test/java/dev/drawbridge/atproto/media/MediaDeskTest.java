package dev.drawbridge.atproto.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.atproto.wire.FakeWeb;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.FileOutcome;
import dev.drawbridge.model.spi.HostedFile;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.VirtualClock;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestMongo.class)
class MediaDeskTest {
    private static final Did ALICE = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final URI BOAT = URI.create("https://files.example/boat.png");
    private static final String GET = "GET " + BOAT;
    private final VirtualClock clock = new VirtualClock();
    private final FakeWeb web = new FakeWeb();
    private final MongoDatabase database;
    private final BlobStore blobs;
    private final MediaDesk desk;

    MediaDeskTest(MongoDatabase database) {
        this.database = database;
        blobs = BlobStore.open(this::resource);
        desk = new MediaDesk(web, blobs, clock);
    }

    private <T> T resource(Class<T> type) {
        return type.cast(database);
    }

    private static byte[] boat() throws IOException {
        return PicturesTest.file(PicturesTest.flag(60, 40, BufferedImage.TYPE_INT_RGB), "png");
    }

    private FileOutcome host() {
        return desk.host(Media.of(BOAT, Media.Kind.IMAGE), ALICE);
    }

    private HostedFile hosted() {
        return ((FileOutcome.Ready) host()).file();
    }

    @Test
    void aPictureIsFetchedOnceAndKept() throws IOException {
        web.has(GET, 200, boat());
        HostedFile file = hosted();
        assertThat(file.mediaType()).isEqualTo("image/jpeg");
        assertThat(file.dimensions()).contains(new Media.Dimensions(60, 40));
        assertThat(blobs.find(ALICE, Cid.parse(file.id())))
                .hasValueSatisfying(blob -> assertThat(blob.size()).isEqualTo(file.bytes()));
        assertThat(hosted()).isEqualTo(file);
        assertThat(web.requests).hasSize(1);
    }

    @Test
    void anotherAccountHasItsOwn() throws IOException {
        web.has(GET, 200, boat());
        hosted();
        Did bob = new Did("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
        FileOutcome other = desk.host(Media.of(BOAT, Media.Kind.IMAGE), bob);
        assertThat(blobs.find(bob, Cid.parse(((FileOutcome.Ready) other).file().id())))
                .isPresent();
    }

    @Test
    void afterADayItIsLookedAtAgain() throws IOException {
        web.has(GET, 200, boat());
        HostedFile before = hosted();
        web.has(GET, 200, PicturesTest.file(PicturesTest.flag(20, 20, BufferedImage.TYPE_INT_RGB), "png"));
        clock.advance(Duration.ofHours(23));
        assertThat(hosted()).isEqualTo(before);
        clock.advance(Duration.ofHours(2));
        assertThat(hosted()).isNotEqualTo(before);
    }

    @Test
    void aVideoIsKnownByItsBytes() {
        web.has(GET, 200, VideosTest.video());
        assertThat(hosted().mediaType()).isEqualTo("video/mp4");
    }

    @Test
    void soundIsNotShownHere() {
        assertThat(desk.host(Media.of(BOAT, Media.Kind.AUDIO), ALICE)).isInstanceOf(FileOutcome.Refused.class);
        assertThat(web.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 410})
    void whatIsNotThereIsRefused(int status) {
        web.has(GET, status, "");
        assertThat(host()).isEqualTo(new FileOutcome.Refused("its server answers " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aServerInTroubleIsAskedAgain(int status) throws IOException {
        web.has(GET, status, "");
        assertThat(host()).isInstanceOf(FileOutcome.Retry.class);
        web.has(GET, 200, boat());
        assertThat(host()).isInstanceOf(FileOutcome.Ready.class);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void noAnswerIsRefusedOrTriedAgain(Failure failure) {
        web.fails(GET, failure);
        boolean forGood = failure == Failure.FORBIDDEN_ADDRESS || failure == Failure.TOO_LARGE;
        assertThat(host()).isInstanceOf(forGood ? FileOutcome.Refused.class : FileOutcome.Retry.class);
    }

    @Test
    void whatIsNoPictureIsRefusedAndNotKept() {
        web.has(GET, 200, "<html>");
        assertThat(host()).isInstanceOf(FileOutcome.Refused.class);
        assertThat(database.getCollection("atproto_blobs").countDocuments()).isZero();
    }
}
