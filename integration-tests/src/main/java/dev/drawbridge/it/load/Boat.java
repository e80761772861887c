package dev.drawbridge.it.load;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/// A picture.
final class Boat {
    private Boat() {}

    static byte[] draw() throws IOException {
        var drawn = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", drawn);
        return drawn.toByteArray();
    }
}
