package dev.drawbridge.atproto.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.Media;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VideosTest {
    static byte[] box(String name, byte[]... inside) {
        var body = new ByteArrayOutputStream();
        for (byte[] each : inside) {
            body.writeBytes(each);
        }
        return ByteBuffer.allocate(8 + body.size())
                .putInt(8 + body.size())
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(body.toByteArray())
                .array();
    }

    private static byte[] track(int width, int height) {
        return track(width, height, 1, 0);
    }

    /// @param a the first number of the matrix
    /// @param b the second
    private static byte[] track(int width, int height, int a, int b) {
        return box(
                "trak",
                box(
                        "tkhd",
                        ByteBuffer.allocate(84)
                                .putInt(40, a << 16)
                                .putInt(44, b << 16)
                                .putInt(52, -b << 16)
                                .putInt(56, a << 16)
                                .putInt(76, width << 16)
                                .putInt(80, height << 16)
                                .array()),
                box("udta", text("GPS of the track")));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] video() {
        return together(
                box("ftyp", text("isom")),
                box(
                        "moov",
                        track(0, 0),
                        track(1280, 720),
                        box("udta", text("+52.5+13.4/")),
                        box("meta", text("camera"))),
                box("mdat", text("pictures and sound")));
    }

    private static byte[] together(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void aVideoIsPassedOnWithItsSize() {
        ShownFile shown = Videos.pass(video());
        assertThat(Videos.isVideo(video())).isTrue();
        assertThat(shown.mediaType()).isEqualTo("video/mp4");
        assertThat(shown.dimensions()).contains(new Media.Dimensions(1280, 720));
        assertThat(shown.bytes()).hasSameSizeAs(video());
    }

    @Test
    void whatWasFilmedUprightIsUpright() {
        byte[] upright = together(box("ftyp", text("isom")), box("moov", track(1920, 1080, 0, 1)));
        assertThat(Videos.pass(upright).dimensions()).contains(new Media.Dimensions(1080, 1920));
        byte[] upsideDown = together(box("ftyp", text("isom")), box("moov", track(1920, 1080, -1, 0)));
        assertThat(Videos.pass(upsideDown).dimensions()).contains(new Media.Dimensions(1920, 1080));
    }

    @Test
    void picturesInTheSameKindOfFileAreNoVideos() {
        for (String brand : new String[] {"avif", "heic", "mif1"}) {
            assertThat(Videos.isVideo(box("ftyp", text(brand)))).as(brand).isFalse();
        }
    }

    @Test
    void whereTheCameraWasIsGoneAndTheRestIsNot() {
        String shown = new String(Videos.pass(video()).bytes(), StandardCharsets.ISO_8859_1);
        assertThat(shown)
                .contains("ftyp", "moov", "tkhd", "pictures and sound", "free")
                .doesNotContain("+52.5")
                .doesNotContain("GPS")
                .doesNotContain("camera");
    }

    @Test
    void boxesThatMakeNoSenseAreRefused() {
        byte[] tooLong = video();
        ByteBuffer.wrap(tooLong).putInt(0, 1_000_000);
        byte[] tooShort = video();
        ByteBuffer.wrap(tooShort).putInt(0, 3);
        byte[] cut = Arrays.copyOf(video(), video().length - 5);
        for (byte[] bad : new byte[][] {tooLong, tooShort, cut, new byte[Videos.MAX_BYTES + 1]}) {
            assertThatThrownBy(() -> Videos.pass(bad)).isInstanceOf(UnusableFile.class);
        }
    }

    @Test
    void longAndOpenBoxesAreRead() {
        byte[] open = box("mdat", text("to the end"));
        ByteBuffer.wrap(open).putInt(0, 0);
        byte[] large = ByteBuffer.allocate(20)
                .putInt(1)
                .put(text("free"))
                .putLong(20)
                .putInt(7)
                .array();
        byte[] file = together(box("ftyp", text("isom")), large, open);
        assertThat(Videos.pass(file).bytes()).isEqualTo(file);
    }

    @Test
    void somethingElseIsNoVideo() {
        assertThat(Videos.isVideo(new byte[0])).isFalse();
        assertThat(Videos.isVideo(text("GIF89a and more"))).isFalse();
    }
}
