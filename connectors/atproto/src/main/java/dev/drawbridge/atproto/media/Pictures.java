package dev.drawbridge.atproto.media;

import dev.drawbridge.model.Media;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Draws a picture anew: upright, small enough for a record, and with nothing of what cameras and editors wrote into
/// the file, the place it was taken at among it. The same file always becomes the same bytes.
final class Pictures {
    /// The smallest limit of any field that takes a picture.
    static final int MAX_BYTES = 1_000_000;

    /// A picture has to fit into memory before anybody knows what it shows.
    static final long MAX_PIXELS = 50_000_000;

    /// Larger ones are not taken into memory whole.
    private static final long WHOLE_PIXELS = 16_000_000;

    private static final int MAX_SIDE = 2000;
    private static final int MIN_SIDE = 16;
    private static final float BEST = 0.9f;
    private static final float WORST = 0.5f;
    private static final float STEP = 0.1f;
    private static final double SHRINK = 0.75;

    private Pictures() {}

    /// @throws UnusableFile if it is no picture that can be read here
    static ShownFile redraw(byte[] file) {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new UnusableFile("not a picture in a form that can be read here");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, false, true);
                return redraw(reader, Orientation.of(file));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof UnusableFile unusable) {
                throw unusable;
            }
            // Decoders throw all sorts of things over what strangers made.
            throw new UnusableFile("the picture is damaged: " + e.getMessage());
        }
    }

    private static ShownFile redraw(ImageReader reader, Orientation orientation) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MAX_PIXELS) {
            throw new UnusableFile("the picture has more than " + MAX_PIXELS / 1_000_000 + " million pixels");
        }
        // Every second pixel of a huge picture is still more than is shown, and a quarter of the memory.
        int every = (long) width * height > WHOLE_PIXELS ? 2 : 1;
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(every, every, 0, 0);
        BufferedImage drawn = drawn(reader.read(0, param), orientation, MAX_SIDE);
        boolean moving = reader.getFormatName().toLowerCase(Locale.ROOT).equals("gif") && reader.getNumImages(true) > 1;
        return fitted(drawn, moving ? Optional.of("of the moving picture the first frame is shown") : Optional.empty());
    }

    private static BufferedImage drawn(BufferedImage source, Orientation orientation, int side) {
        boolean turned = orientation.turned();
        int width = turned ? source.getHeight() : source.getWidth();
        int height = turned ? source.getWidth() : source.getHeight();
        double scale = Math.min(1.0, (double) side / Math.max(width, height));
        int type = source.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        BufferedImage target = new BufferedImage(
                Math.max(1, (int) Math.round(width * scale)), Math.max(1, (int) Math.round(height * scale)), type);
        AffineTransform place = AffineTransform.getScaleInstance(scale, scale);
        place.concatenate(orientation.upright(source.getWidth(), source.getHeight()));
        paint(target, source, place);
        return target;
    }

    private static void paint(BufferedImage target, BufferedImage source, AffineTransform place) {
        Graphics2D graphics = target.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
            graphics.drawImage(source, place, null);
        } finally {
            graphics.dispose();
        }
    }

    /// First worse, then smaller. What can be seen through stays so if it fits.
    private static ShownFile fitted(BufferedImage drawn, Optional<String> note) throws IOException {
        if (drawn.getColorModel().hasAlpha()) {
            byte[] png = png(drawn);
            if (png.length <= MAX_BYTES) {
                return shown("image/png", png, drawn, note);
            }
        }
        BufferedImage opaque = opaque(drawn);
        do {
            for (float quality = BEST; quality >= WORST - STEP / 2; quality -= STEP) {
                byte[] jpeg = jpeg(opaque, quality);
                if (jpeg.length <= MAX_BYTES) {
                    return shown("image/jpeg", jpeg, opaque, note);
                }
            }
            int side = (int) (Math.max(opaque.getWidth(), opaque.getHeight()) * SHRINK);
            opaque = drawn(opaque, Orientation.UPRIGHT, side);
        } while (Math.max(opaque.getWidth(), opaque.getHeight()) >= MIN_SIDE);
        throw new UnusableFile("the picture cannot be made small enough");
    }

    private static ShownFile shown(String type, byte[] bytes, BufferedImage image, Optional<String> note) {
        return new ShownFile(type, bytes, Optional.of(new Media.Dimensions(image.getWidth(), image.getHeight())), note);
    }

    private static BufferedImage opaque(BufferedImage image) {
        if (!image.getColorModel().hasAlpha()) {
            return image;
        }
        BufferedImage white = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = white.createGraphics();
        try {
            graphics.drawImage(image, 0, 0, Color.WHITE, null);
        } finally {
            graphics.dispose();
        }
        return white;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        return written(writer, writer.getDefaultWriteParam(), image);
    }

    private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
        return written(writer, param, image);
    }

    private static byte[] written(ImageWriter writer, ImageWriteParam param, BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
