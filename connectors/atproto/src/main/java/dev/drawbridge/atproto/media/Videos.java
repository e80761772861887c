package dev.drawbridge.atproto.media;

import dev.drawbridge.model.Media;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// Videos in MP4 files (ISO/IEC 14496-12), which are passed on as they are, but for the boxes in which cameras write
/// where they were: those are made empty ones of the same length.
final class Videos {
    /// What a video may have. The lexicon takes 300 MB; ours is in memory on its way.
    static final int MAX_BYTES = 50_000_000;

    private static final Set<String> ABOUT_THE_CAMERA = Set.of("udta", "meta", "uuid");
    private static final Set<String> HOLDING_OTHERS = Set.of("moov", "trak");
    /// Brands of pictures in the same kind of file (ISO/IEC 23008-12, AVIF).
    private static final Set<String> PICTURES =
            Set.of("avif", "avis", "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");

    private static final int HEADER = 8;
    private static final int BRAND = 4;
    /// The nine numbers of a track's matrix, which stands before its width and height.
    private static final int MATRIX = 36;

    private static final int MAX_DEPTH = 4;
    private static final byte[] FREE = "free".getBytes(StandardCharsets.US_ASCII);

    private final byte[] file;
    private Optional<Media.Dimensions> dimensions = Optional.empty();

    private Videos(byte[] file) {
        this.file = file;
    }

    static boolean isVideo(byte[] file) {
        return file.length >= HEADER + BRAND && name(file, 0).equals("ftyp") && !PICTURES.contains(name(file, BRAND));
    }

    /// @param source emptied of what is about the camera: a video is too large to be there twice
    /// @throws UnusableFile if its boxes make no sense
    static ShownFile pass(byte[] source) {
        if (source.length > MAX_BYTES) {
            throw new UnusableFile("the video has more than " + MAX_BYTES / 1_000_000 + " MB");
        }
        var video = new Videos(source);
        video.boxes(0, source.length, 0);
        return new ShownFile("video/mp4", video.file, video.dimensions, Optional.empty());
    }

    private void boxes(int from, int to, int depth) {
        int at = from;
        while (at <= to - HEADER) {
            long size = Integer.toUnsignedLong(ByteBuffer.wrap(file).getInt(at));
            int header = HEADER;
            if (size == 1 && at <= to - 2 * HEADER) {
                size = ByteBuffer.wrap(file).getLong(at + HEADER);
                header = 2 * HEADER;
            } else if (size == 0) {
                size = to - at;
            }
            if (size < header || size > to - at) {
                throw new UnusableFile("the video is damaged");
            }
            box(at, header, (int) size, depth);
            at += (int) size;
        }
    }

    private void box(int at, int header, int size, int depth) {
        String name = name(file, at);
        if (ABOUT_THE_CAMERA.contains(name)) {
            System.arraycopy(FREE, 0, file, at + 4, FREE.length);
            Arrays.fill(file, at + header, at + size, (byte) 0);
        } else if (name.equals("tkhd")) {
            dimensions = dimensions.or(() -> size(at + header, at + size));
        } else if (HOLDING_OTHERS.contains(name) && depth < MAX_DEPTH) {
            boxes(at + header, at + size, depth + 1);
        }
    }

    /// A track's header ends with its matrix, and width and height as 16.16 fixed-point numbers; a track of sound has
    /// none. Phones write what was filmed upright as lying, with a matrix that turns it.
    private Optional<Media.Dimensions> size(int from, int end) {
        int sides = end - HEADER;
        if (sides - MATRIX < from) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(file);
        int width = header.getInt(sides) >>> 16;
        int height = header.getInt(sides + HEADER / 2) >>> 16;
        if (width == 0 || height == 0) {
            return Optional.empty();
        }
        int matrix = sides - MATRIX;
        // Its first two rows are a, b, u and c, d, v: a quarter turn has nothing but b and c.
        boolean turned =
                header.getInt(matrix) == 0 && header.getInt(matrix + 16) == 0 && header.getInt(matrix + 4) != 0;
        return Optional.of(turned ? new Media.Dimensions(height, width) : new Media.Dimensions(width, height));
    }

    private static String name(byte[] file, int at) {
        return new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
    }
}
