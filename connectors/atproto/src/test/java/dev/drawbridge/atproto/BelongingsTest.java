package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.FileOutcome;
import dev.drawbridge.model.spi.HostedFile;
import dev.drawbridge.testkit.ReadShelf;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// What somebody takes along of the repository of their stand-in.
class BelongingsTest extends AtprotoConnectorFixture {
    private final MongoDatabase database;

    BelongingsTest(MongoDatabase database) {
        super(database);
        this.database = database;
    }

    private ReadShelf taken(NativeId ghost) {
        return ReadShelf.of(shelf -> connector.archive(ghost, shelf));
    }

    private HostedFile picture(Ghost ghost) throws IOException {
        URI source = URI.create("https://files.example/boat.png");
        var png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB), "png", png);
        web.web.has("GET " + source, 200, png.toByteArray());
        HostedFile file = ((FileOutcome.Ready) connector.host(Media.of(source, Media.Kind.IMAGE), ghost.id())).file();
        String record = "{\"$type\":\"app.bsky.feed.post\",\"text\":\"a\",\"createdAt\":\"2026-03-01T12:00:00.000Z\","
            + "\"embed\":{\"$type\":\"app.bsky.embed.images\",\"images\":[{\"alt\":\"\",\"image\":{\"$type\":\"blob\","
            + "\"ref\":{\"$link\":\"" + file.id() + "\"},\"mimeType\":\"image/jpeg\",\"size\":" + file.bytes()
                + "}}]}}";
        connector.deliver(draft(ghost, "3mfyouv3wnpf7", record), REPO);
        return file;
    }

    @Test
    void theRepositoryAndItsFilesAreThereByteByByte() throws IOException {
        Ghost ghost = made(alice());
        Did did = new Did(ghost.id().value());
        HostedFile file = picture(ghost);
        ReadShelf taken = taken(ghost.id());
        assertThat(taken.names()).containsExactly("repository.car", "files.ndjson", "files/" + file.id());
        var car = new ByteArrayOutputStream();
        pds.store.archive().export(did, Optional.empty(), car);
        assertThat(taken.bytes("repository.car")).isEqualTo(car.toByteArray());
        assertThat(taken.lines("files.ndjson"))
                .containsExactly("{\"cid\":\"" + file.id() + "\",\"mediaType\":\"" + file.mediaType() + "\",\"size\":"
                        + file.bytes() + "}");
        assertThat(dev.drawbridge.atproto.record.cbor.Cid.ofRaw(taken.bytes("files/" + file.id()))
                        .toString())
                .as("its name is its digest")
                .isEqualTo(file.id());
    }

    @Test
    void aFileThatGoesMeanwhileLeavesTheOthersThere() throws IOException {
        Ghost ghost = made(alice());
        HostedFile file = picture(ghost);
        Map<String, byte[]> taken = new LinkedHashMap<>();
        connector.archive(ghost.id(), (name, content) -> {
            if (name.startsWith("files/")) {
                database.getCollection("atproto_blobs").deleteMany(new Document());
            }
            var out = new ByteArrayOutputStream();
            content.writeTo(out);
            taken.put(name, out.toByteArray());
        });
        assertThat(taken).containsOnlyKeys("repository.car", "files.ndjson", "files/" + file.id());
        assertThat(taken.get("files/" + file.id())).isEmpty();
    }

    @Test
    void withoutFilesThereIsTheRepositoryAlone() {
        Ghost ghost = made(alice());
        connector.deliver(draft(ghost, "3mfyouv3wnpf7", post("hello")), REPO);
        assertThat(taken(ghost.id()).names()).containsExactly("repository.car");
    }

    @Test
    void nobodyElsesIsHandedOut() {
        assertThat(taken(new NativeId(Network.ATPROTO, "did:plc:zzzzzzzzzzzzzzzzzzzzzzzz"))
                        .names())
                .isEmpty();
        assertThat(taken(new NativeId(Network.ATPROTO, "no did")).names()).isEmpty();
    }
}
