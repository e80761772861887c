package dev.drawbridge.atproto.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.Media;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {
    /// Red on the left, blue on the right.
    static BufferedImage flag(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        return image;
    }

    static byte[] file(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    /// A JPEG file with EXIF data: how the camera was held, and where it was.
    private static byte[] photo(int orientation) throws IOException {
        byte[] jpeg = file(flag(40, 20, BufferedImage.TYPE_INT_RGB), "jpeg");
        byte[] place = "GPS 52.5 N 13.4 E".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 12 + 4 + place.length);
        exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.putShort((short) 0x4D4D).putShort((short) 42).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        exif.putShort((short) orientation).putShort((short) 0).putInt(0).put(place);
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + 4 + exif.capacity());
        file.put(jpeg, 0, 2)
                .putShort((short) 0xFFE1)
                .putShort((short) (2 + exif.capacity()))
                .put(exif.array());
        file.put(jpeg, 2, jpeg.length - 2);
        return file.array();
    }

    private static BufferedImage read(ShownFile file) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file.bytes()));
    }

    private static boolean red(int rgb) {
        return (rgb >> 16 & 0xFF) > 180 && (rgb & 0xFF) < 80;
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
    void everyFormTheJdkReadsIsDrawnAnew(String format) throws IOException {
        ShownFile shown = Pictures.redraw(file(flag(60, 40, BufferedImage.TYPE_INT_RGB), format));
        assertThat(shown.mediaType()).isEqualTo("image/jpeg");
        assertThat(shown.dimensions()).contains(new Media.Dimensions(60, 40));
        assertThat(shown.note()).isEmpty();
        assertThat(red(read(shown).getRGB(5, 20))).isTrue();
        assertThat(red(read(shown).getRGB(55, 20))).isFalse();
    }

    @Test
    void theSameFileBecomesTheSameBytes() throws IOException {
        byte[] file = file(flag(600, 400, BufferedImage.TYPE_INT_RGB), "png");
        assertThat(Pictures.redraw(file).bytes())
                .isEqualTo(Pictures.redraw(file).bytes());
    }

    @Test
    void whatCamerasWriteIntoTheFileIsGone() throws IOException {
        byte[] photo = photo(1);
        assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains("GPS", "Exif");
        assertThat(new String(Pictures.redraw(photo).bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("GPS")
                .doesNotContain("Exif");
    }

    /// Where the red half of a picture lies that was red on the left when it was stored.
    @ParameterizedTest
    @CsvSource({"1, left", "2, right", "3, right", "4, left", "5, top", "6, top", "7, bottom", "8, bottom", "9, left"})
    void aPictureStandsUpright(int orientation, String red) throws IOException {
        BufferedImage image = read(Pictures.redraw(photo(orientation)));
        boolean turned = red.equals("top") || red.equals("bottom");
        assertThat(image.getWidth()).isEqualTo(turned ? 20 : 40);
        assertThat(image.getHeight()).isEqualTo(turned ? 40 : 20);
        int x = red.equals("left") ? 4 : red.equals("right") ? 35 : 10;
        int y = red.equals("top") ? 4 : red.equals("bottom") ? 35 : 10;
        assertThat(red(image.getRGB(x, y))).isTrue();
        assertThat(red(image.getRGB(image.getWidth() - 1 - x, image.getHeight() - 1 - y)))
                .isFalse();
    }

    @Test
    void whatCanBeSeenThroughStaysSo() throws IOException {
        BufferedImage image = new BufferedImage(30, 30, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(3, 3, 0xFFFF0000);
        ShownFile shown = Pictures.redraw(file(image, "png"));
        assertThat(shown.mediaType()).isEqualTo("image/png");
        assertThat(read(shown).getRGB(20, 20) >>> 24).isZero();
        assertThat(read(shown).getRGB(3, 3)).isEqualTo(0xFFFF0000);
    }

    @Test
    void aLargePictureIsMadeSmallEnough() throws IOException {
        BufferedImage noise = new BufferedImage(2600, 1300, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < noise.getHeight(); y++) {
            for (int x = 0; x < noise.getWidth(); x++) {
                noise.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        ShownFile shown = Pictures.redraw(file(noise, "png"));
        assertThat(shown.bytes().length).isLessThanOrEqualTo(Pictures.MAX_BYTES).isGreaterThan(100_000);
        Media.Dimensions size = shown.dimensions().orElseThrow();
        assertThat(size.width()).isLessThanOrEqualTo(2000).isEqualTo(size.height() * 2);
    }

    @Test
    void aPictureThatWouldFillTheMemoryIsNotRead() throws IOException {
        byte[] png = file(flag(8, 8, BufferedImage.TYPE_INT_RGB), "png");
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        assertThatThrownBy(() -> Pictures.redraw(png))
                .isInstanceOf(UnusableFile.class)
                .hasMessageContaining("million pixels");
    }

    @Test
    void whatIsNoPictureIsSaidToBeNone() throws IOException {
        byte[] whole = file(flag(60, 40, BufferedImage.TYPE_INT_RGB), "png");
        for (byte[] bad :
                new byte[][] {{}, {1, 2, 3}, "<svg/>".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(whole, 40)}) {
            assertThatThrownBy(() -> Pictures.redraw(bad)).isInstanceOf(UnusableFile.class);
        }
    }

    @Test
    void oddExifDataIsPassedOver() {
        for (byte[] file : new byte[][] {
            {},
            {(byte) 0xFF, (byte) 0xD8},
            {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE1, 0, 0},
            {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE1, (byte) 0xFF, (byte) 0xFF}
        }) {
            assertThat(Orientation.of(file)).isEqualTo(Orientation.UPRIGHT);
        }
    }
}
