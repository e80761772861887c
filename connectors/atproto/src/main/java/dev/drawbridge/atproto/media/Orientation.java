package dev.drawbridge.atproto.media;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a camera was held: tag 0x0112 of the EXIF data of a JPEG file (JEITA CP-3451, section 4.6.4). Cameras store what
/// the sensor saw and leave the turning to the viewer; once the EXIF data is gone, somebody has to have turned it.
enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    MIRRORED_UPSIDE_DOWN,
    MIRRORED_LEFT,
    RIGHT,
    MIRRORED_RIGHT,
    LEFT;

    private static final int START_OF_IMAGE = 0xFFD8;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final int APP1 = 0xFFE1;
    private static final int TAG = 0x0112;
    private static final int ENTRY = 12;

    /// Upright where nothing, or nothing sensible, is said.
    static Orientation of(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        if (in.remaining() < 4 || (in.getShort() & 0xFFFF) != START_OF_IMAGE) {
            return UPRIGHT;
        }
        while (in.remaining() >= 4) {
            int marker = in.getShort() & 0xFFFF;
            int length = (in.getShort() & 0xFFFF) - 2;
            if (marker == START_OF_SCAN || marker < 0xFF00 || length < 0 || length > in.remaining()) {
                return UPRIGHT;
            }
            if (marker == APP1 && length > 14 && in.getInt(in.position()) == 0x45786966) {
                return ofTiff(in.slice(in.position() + 6, length - 6));
            }
            in.position(in.position() + length);
        }
        return UPRIGHT;
    }

    private static Orientation ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return UPRIGHT;
        }
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY;
            if (entry > tiff.limit() - ENTRY) {
                return UPRIGHT;
            }
            if ((tiff.getShort(entry) & 0xFFFF) == TAG) {
                int value = tiff.getShort(entry + 8) & 0xFFFF;
                return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /// Whether width and height change places.
    boolean turned() {
        return ordinal() >= MIRRORED_LEFT.ordinal();
    }

    /// From the stored picture to the upright one.
    AffineTransform upright(int width, int height) {
        return switch (this) {
            case UPRIGHT -> new AffineTransform();
            case MIRRORED -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case UPSIDE_DOWN -> new AffineTransform(-1, 0, 0, -1, width, height);
            case MIRRORED_UPSIDE_DOWN -> new AffineTransform(1, 0, 0, -1, 0, height);
            case MIRRORED_LEFT -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case RIGHT -> new AffineTransform(0, 1, -1, 0, height, 0);
            case MIRRORED_RIGHT -> new AffineTransform(0, -1, -1, 0, height, width);
            case LEFT -> new AffineTransform(0, -1, 1, 0, 0, width);
        };
    }
}
